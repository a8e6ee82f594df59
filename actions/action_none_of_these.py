"""None of the offered questions was meant: keep the question for the editors."""

from actions.base import LipeiAction
from actions.flows import questions
from actions.turn import Turn


class ActionNoneOfThese(LipeiAction):
    """None of the offered questions was meant: keep the question for the editors."""

    def name(self) -> str:
        return "action_none_of_these"

    def act(self, turn: Turn) -> None:
        questions.none_of_these(turn)
