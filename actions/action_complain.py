"""A complaint: recorded and acknowledged at once."""

from actions.base import LipeiAction
from actions.flows import complaint, tasks
from actions.turn import Turn


class ActionComplain(LipeiAction):
    """A complaint: recorded and acknowledged at once."""

    def name(self) -> str:
        return "action_complain"

    def act(self, turn: Turn) -> None:
        # "太慢了" to "what went wrong?" is the answer; "我要投诉" is a complaint wherever it is said.
        if complaint.in_so_many_words(turn) or not tasks.answered_survey(turn):
            complaint.begin(turn)
