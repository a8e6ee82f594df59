"""The customer disagrees with the offer."""

from actions.base import LipeiAction
from actions.flows import changes
from actions.turn import Turn


class ActionDisputeSettlement(LipeiAction):
    """The customer disagrees with the offer."""

    def name(self) -> str:
        return "action_dispute_settlement"

    def act(self, turn: Turn) -> None:
        changes.begin(turn, "dispute")
