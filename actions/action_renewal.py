"""The customer wants to renew."""

from actions.base import LipeiAction
from actions.flows import changes
from actions.turn import Turn


class ActionRenewal(LipeiAction):
    """The customer wants to renew."""

    def name(self) -> str:
        return "action_renewal"

    def act(self, turn: Turn) -> None:
        changes.begin(turn, "renewal")
