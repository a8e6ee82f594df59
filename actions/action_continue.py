"""An answer: hand it to whatever asked for it."""

from actions.base import LipeiAction
from actions.flows import tasks
from actions.turn import Turn


class ActionContinue(LipeiAction):
    """An answer: hand it to whatever asked for it."""

    def name(self) -> str:
        return "action_continue"

    def act(self, turn: Turn) -> None:
        tasks.go_on(turn)
