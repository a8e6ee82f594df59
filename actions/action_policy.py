"""The customer's own policies and what they cover."""

from actions.base import LipeiAction
from actions.flows import own_cover
from actions.turn import Turn


class ActionPolicy(LipeiAction):
    """The customer's own policies and what they cover."""

    def name(self) -> str:
        return "action_policy"

    def act(self, turn: Turn) -> None:
        own_cover.overview(turn)
