import pytest

from claims import turns
from claims.errors import TurnTaken

PAYLOAD = {"messages": [{"text": "请问事故发生在哪里？"}]}


def test_an_outcome_is_remembered_by_message_and_action(work) -> None:
    with work() as unit:
        assert turns.remembered(unit.session, "7", "action_report") is None
        turns.remember(unit.session, "7", "action_report", PAYLOAD)
        unit.commit()
    with work() as unit:
        assert turns.remembered(unit.session, "7", "action_report") == PAYLOAD
        assert turns.remembered(unit.session, "7", "action_cancel") is None
        assert turns.remembered(unit.session, "8", "action_report") is None


def test_the_second_worker_is_told_and_can_read_the_first_outcome(work) -> None:
    with work() as unit:
        turns.remember(unit.session, "7", "action_report", PAYLOAD)
        unit.commit()
    with work() as unit, pytest.raises(TurnTaken):
        turns.remember(unit.session, "7", "action_report", {"messages": []})
    with work() as unit:
        assert turns.remembered(unit.session, "7", "action_report") == PAYLOAD


def test_what_was_not_committed_is_not_remembered(work) -> None:
    with work() as unit:
        turns.remember(unit.session, "7", "action_report", PAYLOAD)
    with work() as unit:
        assert turns.remembered(unit.session, "7", "action_report") is None
