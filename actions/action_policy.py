"""The customer's own policies."""

from actions.base import LipeiAction
from actions.flows import changes
from actions.turn import Turn


class ActionPolicy(LipeiAction):
    """The customer's own policies."""

    def name(self) -> str:
        return "action_policy"

    def act(self, turn: Turn) -> None:
        changes.begin(turn, "policy")
