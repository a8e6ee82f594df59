"""What a side task is: something asked beside the report, on the conversation's stack until it is answered.

Each module that asks such a thing describes it in one SideTask; flows.tasks lists them all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from actions.turn import Turn
from claims import conversations

#: What lies on the stack: {"task": name of its SideTask, …}.
Task = dict[str, Any]


class Beneath(Enum):
    """What whatever lies beneath a task does once the task has heard a message."""

    HEARS = auto()
    """It hears the message, too: it was not for the task, which is over."""
    ASKS_AGAIN = auto()
    """It asks its question once more, unless something was asked already: the task was something in between."""


def dropped(turn: Turn, task: Task) -> None:
    """What most tasks do when the customer wants no more of them."""
    conversations.pop_task(turn.conversation)
    turn.say("utter_cancelled")


@dataclass(frozen=True, slots=True)
class SideTask:
    """name: `task` on the stack. Of the others each is handed the turn and what lies on the stack.

    hear: take the message. ask_again: ask the open question once more, after something in between.
    cancel: the customer wants no more of it. is_open: False ends it, when it is over without having been told so here.
    is_soft: whether anything in between ends it, rather than that it is asked again. gives_way: an event that is told
    is reported first.
    """

    name: str
    hear: Callable[[Turn, Task], Beneath | None]
    ask_again: Callable[[Turn, Task], None]
    cancel: Callable[[Turn, Task], None] = dropped
    is_open: Callable[[Turn, Task], bool] = lambda turn, task: True
    is_soft: Callable[[Task], bool] = lambda task: False
    gives_way: bool = False
