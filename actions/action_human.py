"""A person is wanted: recorded for the agents."""

from actions.base import LipeiAction
from actions.flows import handover
from actions.turn import Turn


class ActionHuman(LipeiAction):
    """A person is wanted: recorded for the agents."""

    def name(self) -> str:
        return "action_human"

    def act(self, turn: Turn) -> None:
        handover.human(turn)
