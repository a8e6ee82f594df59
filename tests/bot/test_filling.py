"""Whatever a customer writes stands in the reply as it is."""

import pytest
from rasa.core.nlg import interpolator

from bot import filling


@pytest.mark.parametrize("place", ["B10[3]号", "{line}", "a{b", "0[x]", "100%", "\\1"])
def test_a_value_is_filled_in_as_it_is(place):
    assert filling.fill("地点：{location}。", {"location": place, "line": "车险"}) == f"地点：{place}。"


def test_a_payload_is_no_placeholder():
    payload = '/inform{"injured_count": 1}'
    assert filling.fill(payload, {"injured_count": 5}) == payload


def test_a_name_without_a_value_stays():
    assert filling.fill("{unknown}", {}) == "{unknown}"


def test_rasa_fills_in_whole_replies_with_it(monkeypatch):
    monkeypatch.setattr(interpolator, "interpolate_text", interpolator.interpolate_text)
    filling.install()
    reply = {"text": "在{place}", "buttons": [{"title": "{place}", "payload": '/inform{"n": 1}'}]}
    assert interpolator.interpolate(reply, {"place": "B1[0]"}) == {
        "text": "在B1[0]",
        "buttons": [{"title": "B1[0]", "payload": '/inform{"n": 1}'}],
    }
