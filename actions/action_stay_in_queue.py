"""The customer goes on waiting for an agent."""

from actions.base import LipeiAction
from actions.flows import handover
from actions.turn import Turn


class ActionStayInQueue(LipeiAction):
    """The customer goes on waiting for an agent."""

    def name(self) -> str:
        return "action_stay_in_queue"

    def act(self, turn: Turn) -> None:
        handover.stay(turn)
