"""The customer leaves a message instead of waiting."""

from actions.base import LipeiAction
from actions.flows import callback
from actions.turn import Turn


class ActionLeaveMessage(LipeiAction):
    """The customer leaves a message instead of waiting."""

    def name(self) -> str:
        return "action_leave_message"

    def act(self, turn: Turn) -> None:
        callback.ask_message(turn)
