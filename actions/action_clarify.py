"""The message was not understood with confidence."""

from actions.base import LipeiAction
from actions.flows import unclear
from actions.turn import Turn


class ActionClarify(LipeiAction):
    """The message was not understood with confidence."""

    def name(self) -> str:
        return "action_clarify"

    def act(self, turn: Turn) -> None:
        unclear.clarify(turn)
