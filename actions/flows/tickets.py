"""Whether the answer to a ticket solved the problem, in the conversation to which it was sent."""

from __future__ import annotations

from typing import Any

from actions.turn import Turn
from claims import conversations, tickets
from claims.models import Ticket
from claims.vocabulary import TicketState

#: Name of the task on the conversation's stack: {"task": TASK, "ticket": id}.
TASK = "ticket"


def hear(turn: Turn, task: dict[str, Any]) -> None:
    """A yes or a no; anything else is asked again."""
    ticket = turn.session.get(Ticket, str(task["ticket"]))
    if ticket is None or ticket.state is not TicketState.ANSWERED:
        conversations.drop_tasks(turn.conversation, TASK)
    elif turn.heard.intent in ("affirm", "deny"):
        conversations.drop_tasks(turn.conversation, TASK)
        solved = turn.heard.intent == "affirm"
        tickets.judged(turn.session, ticket, solved=solved)
        turn.say("utter_ticket_solved" if solved else "utter_ticket_reopened")
    else:
        ask_again(turn)


def ask_again(turn: Turn) -> None:
    """The question once more."""
    turn.say("utter_ticket_again", awaiting="confirm")
