"""The replaced parts of Rasa do what the originals did, and only on the release they were checked against."""

import pytest
import rasa
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered, deserialise_events

from bot import hotspots, turns
from bot.rasa_version import WrongRasaVersion


@pytest.fixture(autouse=True)
def removed():
    hotspots.remove()


def test_a_good_answer_of_the_action_server_passes():
    action = RemoteAction("action_x", None)
    assert action._validate_action_result({"events": [{"event": "slot", "name": "a", "value": 1}], "responses": []})


@pytest.mark.parametrize(
    "answer",
    [{"events": "none"}, {"responses": ["text"]}, {"events": [{"event": "slot"}]}, {"events": [{"name": "a"}]}],
)
def test_a_bad_answer_is_refused_like_before(answer):
    with pytest.raises(ValidationError, match="action_x"):
        RemoteAction("action_x", None)._validate_action_result(answer)


def test_event_types_are_found_as_before():
    assert Event.resolve_by_type("slot") is SlotSet
    assert Event.resolve_by_type("user") is UserUttered
    assert Event.resolve_by_type("bot") is BotUttered
    for name in ("slot", "action", "session_started", "restart", "followup", "active_loop"):
        assert Event.resolve_by_type(name) is hotspots._original_resolve(name)
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("no such event", SlotSet) is SlotSet
    with pytest.raises(ValueError, match="no such event"):
        Event.resolve_by_type("no such event")
    assert deserialise_events([{"event": "slot", "name": "a", "value": 2}]) == [SlotSet("a", 2)]


@pytest.mark.parametrize("change", [hotspots.remove, turns.fail_visibly])
def test_another_rasa_is_refused(monkeypatch, change):
    monkeypatch.setattr(rasa, "__version__", "3.6.20")
    with pytest.raises(WrongRasaVersion, match=r"3\.6\.20"):
        change()


def test_the_deadline_is_a_setting(monkeypatch):
    monkeypatch.setenv(turns.DEADLINE_VARIABLE, "2.5")
    assert turns.deadline() == 2.5
    monkeypatch.setenv(turns.DEADLINE_VARIABLE, "")
    assert turns.deadline() == turns.DEFAULT_DEADLINE
    for wrong in ("soon", "0", "-1", "300"):
        monkeypatch.setenv(turns.DEADLINE_VARIABLE, wrong)
        with pytest.raises(ValueError, match=turns.DEADLINE_VARIABLE):
            turns.deadline()
