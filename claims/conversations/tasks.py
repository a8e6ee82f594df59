"""What is under way in a conversation: a stack of tasks, and what the bot has asked for.

Changes are made on the Conversation and written when the transaction commits.
"""

from __future__ import annotations

from typing import Any

from claims.errors import BadInput
from claims.models import Conversation

Task = dict[str, Any]


def push_task(conversation: Conversation, task: Task) -> None:
    """Begin a task on top of the others. `task` is JSON-ready and has at least {"task": name}."""
    conversation.tasks = [*conversation.tasks, _checked(task)]


def top_task(conversation: Conversation) -> Task | None:
    """A copy of the task under way: change it with replace_top."""
    return dict(conversation.tasks[-1]) if conversation.tasks else None


def pop_task(conversation: Conversation) -> Task | None:
    """End the task under way and return it; the one beneath it is under way again."""
    if not conversation.tasks:
        return None
    *rest, last = conversation.tasks
    conversation.tasks = rest
    return dict(last)


def replace_top(conversation: Conversation, task: Task) -> None:
    """Put another task, or another state of it, in the place of the one under way. BadInput when none is."""
    if not conversation.tasks:
        raise BadInput("no task is under way in this conversation")
    conversation.tasks = [*conversation.tasks[:-1], _checked(task)]


def drop_tasks(conversation: Conversation, name: str) -> None:
    """End every task of this name, wherever it is in the stack."""
    if any(task["task"] == name for task in conversation.tasks):
        conversation.tasks = [task for task in conversation.tasks if task["task"] != name]


def clear_tasks(conversation: Conversation) -> None:
    """End all tasks."""
    if conversation.tasks:
        conversation.tasks = []


def set_awaiting(conversation: Conversation, name: str | None) -> None:
    """What the next message of the customer is expected to hold: a fact name, 'material', 'code', … or nothing."""
    conversation.awaiting = name


def _checked(task: Task) -> Task:
    if not isinstance(task.get("task"), str):
        raise BadInput('a task needs a name: {"task": name, …}')
    return dict(task)
