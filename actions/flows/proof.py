"""The side task in which customers prove who they are, and how each wish goes on once they have."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from actions.flows import cases, changes, identify, own_cover, renewal, resuming, uploads
from actions.flows.side_tasks import Beneath, SideTask, Task
from actions.turn import Turn
from claims import conversations, drafts

#: By what identify.require was told to go on with; called with the turn, that name, and the details it was told.
AFTER_PROOF: dict[str, Callable[[Turn, str, dict[str, Any]], None]] = {
    **dict.fromkeys(cases.WISHES, cases.about_claim),
    **dict.fromkeys(changes.WISHES, changes.after_proof),
    own_cover.TASK: lambda turn, _, details: own_cover.after_proof(turn, details),
    renewal.TASK: lambda turn, _, details: renewal.after_proof(turn, details),
    resuming.WISH: lambda turn, _, details: resuming.resume_elsewhere(turn),
    uploads.WISH: lambda turn, _, details: uploads.after_proof(turn, details),
}


def _hear(turn: Turn, task: Task) -> Beneath | None:
    if turn.heard.goes_on_reporting and drafts.open_draft(turn.session, turn.conversation.id) is not None:
        conversations.drop_tasks(turn.conversation, identify.TASK)  # whoever goes on with the report lets the wish be
        return Beneath.HEARS
    if not identify.hear(turn, task):
        return None
    turn.say("utter_identity_proved")
    AFTER_PROOF[task["then"]](turn, task["then"], task["details"])
    return Beneath.ASKS_AGAIN


SIDE_TASK = SideTask(identify.TASK, _hear, identify.ask_again, gives_way=True)
