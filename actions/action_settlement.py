"""The amount of the claim, or where it is on the way."""

from actions.base import LipeiAction
from actions.flows import cases
from actions.turn import Turn


class ActionSettlement(LipeiAction):
    """The amount of the claim, or where it is on the way."""

    def name(self) -> str:
        return "action_settlement"

    def act(self, turn: Turn) -> None:
        cases.about_claim(turn, "settlement")
