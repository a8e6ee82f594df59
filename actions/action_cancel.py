"""Stop what is under way; nothing that was said is lost."""

from actions.base import LipeiAction
from actions.flows import tasks
from actions.turn import Turn


class ActionCancel(LipeiAction):
    """Stop what is under way; nothing that was said is lost."""

    def name(self) -> str:
        return "action_cancel"

    def act(self, turn: Turn) -> None:
        tasks.cancel(turn)
