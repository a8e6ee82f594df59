"""The customer does not want to wait for an agent any longer."""

from actions.base import LipeiAction
from actions.flows import handover
from actions.turn import Turn


class ActionLeaveQueue(LipeiAction):
    """The customer does not want to wait for an agent any longer."""

    def name(self) -> str:
        return "action_leave_queue"

    def act(self, turn: Turn) -> None:
        handover.leave_queue(turn)
