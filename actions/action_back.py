"""Return to the open question after something in between."""

from actions.base import LipeiAction
from actions.flows import tasks
from actions.turn import Turn


class ActionBack(LipeiAction):
    """Return to the open question after something in between."""

    def name(self) -> str:
        return "action_back"

    def act(self, turn: Turn) -> None:
        tasks.back(turn)
