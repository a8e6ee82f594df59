import pytest

from claims import conversations
from claims.errors import BadInput


def test_tasks_are_a_stack_that_survives(work) -> None:
    with work() as unit:
        chat, _ = conversations.open_conversation(unit.session, "web")
        conversations.push_task(chat, {"task": "report"})
        conversations.push_task(chat, {"task": "identify", "then": "status"})
        conversations.replace_top(chat, {"task": "identify", "then": "status", "phone_tail": "8001"})
        unit.commit()
    with work() as unit:
        chat = conversations.get(unit.session, chat.id)
        assert conversations.top_task(chat) == {"task": "identify", "then": "status", "phone_tail": "8001"}
        assert conversations.pop_task(chat) == {"task": "identify", "then": "status", "phone_tail": "8001"}
        unit.commit()
    with work() as unit:
        chat = conversations.get(unit.session, chat.id)
        assert chat.tasks == [{"task": "report"}]


def test_changing_what_top_task_gave_changes_nothing(chat) -> None:
    conversations.push_task(chat, {"task": "report"})
    top = conversations.top_task(chat)
    assert top is not None
    top["task"] = "other"
    assert conversations.top_task(chat) == {"task": "report"}


def test_nothing_under_way(chat) -> None:
    assert conversations.top_task(chat) is None
    assert conversations.pop_task(chat) is None
    with pytest.raises(BadInput):
        conversations.replace_top(chat, {"task": "report"})


def test_a_task_needs_a_name(chat) -> None:
    with pytest.raises(BadInput):
        conversations.push_task(chat, {"then": "status"})


def test_ending_by_name_and_ending_all(chat) -> None:
    for name in ("report", "identify", "withdraw", "identify"):
        conversations.push_task(chat, {"task": name})
    conversations.drop_tasks(chat, "identify")
    assert [task["task"] for task in chat.tasks] == ["report", "withdraw"]
    conversations.clear_tasks(chat)
    assert chat.tasks == []
