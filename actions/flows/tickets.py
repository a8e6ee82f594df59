"""Whether the answer to a ticket solved the problem, in the conversation to which it was sent."""

from __future__ import annotations

import re

from actions.flows.side_tasks import SideTask, Task
from actions.turn import Turn
from claims import conversations, tickets
from claims.models import Ticket
from claims.vocabulary import TicketState

#: Name of the task on the conversation's stack: {"task": TASK, "ticket": id}.
TASK = "ticket"
NOT_SOLVED = re.compile(
    "[没沒未][有能]?(?:完全)?(?:解决|解決|搞定|弄好|处理好)|(?:解决|解決|处理|弄)不了|不行|还是老样子|还是那样"
)
SOLVED = re.compile("解决|解決|搞定|弄好|处理好|可以了|好了|没问题了")


def hear(turn: Turn, task: Task) -> None:
    """A yes or a no; anything else is asked again."""
    ticket = turn.session.get(Ticket, str(task["ticket"]))
    if ticket is None or ticket.state is not TicketState.ANSWERED:
        conversations.drop_tasks(turn.conversation, TASK)
    elif (solved := _solved(turn)) is not None:
        conversations.drop_tasks(turn.conversation, TASK)
        tickets.judged(turn.session, ticket, solved=solved)
        turn.say("utter_ticket_solved" if solved else "utter_ticket_reopened")
    else:
        ask_again(turn, task)


def _solved(turn: Turn) -> bool | None:
    """None when the words say neither."""
    if NOT_SOLVED.search(turn.heard.text):
        return False
    if SOLVED.search(turn.heard.text):
        return True
    return {"affirm": True, "deny": False}.get(turn.heard.intent)


def ask_again(turn: Turn, task: Task) -> None:
    """The question once more."""
    turn.say("utter_ticket_again", awaiting="confirm")


#: "已经解决了" is read as the end of something: it is heard as an answer.
SIDE_TASK = SideTask(TASK, hear, ask_again, cancel=hear)
