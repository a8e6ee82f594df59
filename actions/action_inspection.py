"""Book or move an inspection."""

from actions.base import LipeiAction
from actions.flows import changes
from actions.turn import Turn


class ActionInspection(LipeiAction):
    """Book or move an inspection."""

    def name(self) -> str:
        return "action_inspection"

    def act(self, turn: Turn) -> None:
        changes.begin(turn, "inspection")
