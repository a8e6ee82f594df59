"""The customer would rather be called."""

from actions.base import LipeiAction
from actions.flows import callback
from actions.turn import Turn


class ActionBookCallback(LipeiAction):
    """The customer would rather be called."""

    def name(self) -> str:
        return "action_book_callback"

    def act(self, turn: Turn) -> None:
        callback.wanted(turn)
