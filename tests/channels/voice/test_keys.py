"""What keys mean at each question, and where a call stands, as it is carried in an address."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from channels.base import Malformed
from channels.voice.keys import Pressed, pressed
from channels.voice.step import Step


@pytest.mark.parametrize(
    ("digits", "awaiting", "tokens", "meant"),
    [
        ("0", "code", (), Pressed(person=True)),
        ("*", "line", ("a", "b"), Pressed(repeat=True)),
        ("12*", "code", (), Pressed(repeat=True)),
        ("2", "line", ("a", "b"), Pressed(token="b")),
        ("3", "line", ("a", "b"), Pressed()),
        ("1", "confirm", (), Pressed(text="是")),
        ("2", "third_party", (), Pressed(text="否")),
        ("2", "injured_count", ("a", "b"), Pressed(token="b")),
        ("3", "injured_count", ("a", "b"), Pressed(text="3人")),
        ("13800138001", "contact_phone", (), Pressed(text="13800138001")),
        ("3500", "loss_estimate", ("a",), Pressed(text="3500元")),
        ("1103", "incident_time", (), Pressed(text="11月3日")),
        ("11030900", "incident_time", (), Pressed(text="11月3日9点")),
        ("13322561", "incident_time", (), Pressed()),
        ("110101199003078515", "policy", ("a",), Pressed(text="110101199003078515")),
        ("5", "rating", (), Pressed(text="5分")),
        ("5", "location", (), Pressed()),
        ("5", "", (), Pressed()),
    ],
)
def test_keys(digits: str, awaiting: str, tokens: tuple[str, ...], meant: Pressed) -> None:
    assert pressed(digits, awaiting, tokens) == meant


def test_a_step_is_read_back_from_its_address() -> None:
    step = Step("heard", 7, "line", (3, 4), ("a-_1", "b"), 1, 2, 3, True, "callback:1&2")
    query = dict(parse_qsl(urlsplit(step.address("https://a.example.com/x")).query))
    assert Step.read(query) == step
    assert Step.read({}) == Step()


@pytest.mark.parametrize("query", [{"step": "elsewhere"}, {"turn": "x"}, {"said": "1.x"}])
def test_an_address_that_is_none_of_ours_is_malformed(query: dict[str, str]) -> None:
    with pytest.raises(Malformed):
        Step.read(query)
