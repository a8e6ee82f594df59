"""The customer wants to renew."""

from actions.base import LipeiAction
from actions.flows import renewal
from actions.turn import Turn


class ActionRenewal(LipeiAction):
    """The customer wants to renew."""

    def name(self) -> str:
        return "action_renewal"

    def act(self, turn: Turn) -> None:
        renewal.begin(turn)
