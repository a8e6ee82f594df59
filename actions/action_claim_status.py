"""How far the claim is."""

from actions.base import LipeiAction
from actions.flows import cases
from actions.turn import Turn


class ActionClaimStatus(LipeiAction):
    """How far the claim is."""

    def name(self) -> str:
        return "action_claim_status"

    def act(self, turn: Turn) -> None:
        cases.about_claim(turn, "status")
