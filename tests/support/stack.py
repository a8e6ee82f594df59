"""The whole running stack as a fixture: real engine, actions, gateway and desk, with the real trained model."""

from collections.abc import Iterator

import pytest

from evaluation.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """One stack for the whole run, started when the first test asks for it. Needs `make train`."""
    with Stack(tmp_path_factory.mktemp("stack")) as running:
        yield running


@pytest.fixture
def fresh_stack(stack: Stack) -> Stack:
    """The same stack with every process up and the database as it was just after seeding."""
    for name, process in stack.running.items():
        if process.poll() is not None:
            stack.restart(name)
    stack.reset()
    return stack
