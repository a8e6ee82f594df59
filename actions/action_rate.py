"""A rating or an opinion on the service, outside a survey."""

from actions.base import LipeiAction
from actions.flows import handover
from actions.turn import Turn


class ActionRate(LipeiAction):
    """A rating or an opinion on the service, outside a survey."""

    def name(self) -> str:
        return "action_rate"

    def act(self, turn: Turn) -> None:
        handover.rating(turn)
