"""Keys hit at random are nothing; what people write in Latin letters is something."""

import pytest

from bot.components.nonsense import is_nonsense


@pytest.mark.parametrize("text", ["qwertyuiop", "asdf ghjk", "xxxxxxx"])
def test_nonsense(text: str) -> None:
    assert is_nonsense(text, has_values=False)


@pytest.mark.parametrize("text", ["hello", "ok", "thanks a lot", "car accident", "TD", "123", "转人工 asdf", "？？"])
def test_sense(text: str) -> None:
    assert not is_nonsense(text, has_values=False)


def test_a_value_is_never_nonsense() -> None:
    assert not is_nonsense("PAXYZABC", has_values=True)
