"""No more messages: honoured at once."""

from actions.base import LipeiAction
from actions.flows import surveys, wishes
from actions.turn import Turn


class ActionOptOut(LipeiAction):
    """No more messages: honoured at once."""

    def name(self) -> str:
        return "action_opt_out"

    def act(self, turn: Turn) -> None:
        surveys.leave(turn, told=False)
        wishes.opt_out(turn)
