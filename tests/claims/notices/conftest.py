"""Words do not depend on the kind of database: one is enough."""

import pytest


@pytest.fixture
def backend() -> str:
    return "sqlite"
