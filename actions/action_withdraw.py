"""Take back a registered claim."""

from actions.base import LipeiAction
from actions.flows import changes
from actions.turn import Turn


class ActionWithdraw(LipeiAction):
    """Take back a registered claim."""

    def name(self) -> str:
        return "action_withdraw"

    def act(self, turn: Turn) -> None:
        changes.begin(turn, "withdraw")
