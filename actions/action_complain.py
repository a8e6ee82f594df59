"""A complaint: recorded and acknowledged at once."""

from actions.base import LipeiAction
from actions.flows import complaint
from actions.turn import Turn


class ActionComplain(LipeiAction):
    """A complaint: recorded and acknowledged at once."""

    def name(self) -> str:
        return "action_complain"

    def act(self, turn: Turn) -> None:
        complaint.begin(turn)
