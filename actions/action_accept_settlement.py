"""The customer agrees to the offer."""

from actions.base import LipeiAction
from actions.flows import changes
from actions.turn import Turn


class ActionAcceptSettlement(LipeiAction):
    """The customer agrees to the offer."""

    def name(self) -> str:
        return "action_accept_settlement"

    def act(self, turn: Turn) -> None:
        changes.begin(turn, "accept")
