"""A rating or an opinion on the service: the answer to a survey, or said of the customer's own accord."""

from actions.base import LipeiAction
from actions.flows import tasks, wishes
from actions.turn import Turn


class ActionRate(LipeiAction):
    """A rating or an opinion on the service."""

    def name(self) -> str:
        return "action_rate"

    def act(self, turn: Turn) -> None:
        if not tasks.answered_survey(turn):
            wishes.rating(turn)
