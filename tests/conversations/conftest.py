"""One stack with a stand-in for every provider, for all tests that need channels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from evaluation.stack import Stack
from tests.conversations.channels import Providers


@pytest.fixture(scope="session")
def providers() -> Iterator[Providers]:
    made = Providers()
    yield made
    for server in made.servers:
        server.stop()


@pytest.fixture(scope="session")
def house(providers: Providers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A stack whose providers are stand-ins, started when the first test asks for it."""
    at_any_hour = {"LIPEI_QUIET_HOURS": "false"}  # tests run at night, too
    with Stack(tmp_path_factory.mktemp("channels"), more={**providers.settings, **at_any_hour}) as stack:
        yield stack


@pytest.fixture
def fresh_house(house: Stack) -> Stack:
    house.reset()
    return house
