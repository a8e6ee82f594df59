"""Say why the open question is asked."""

from actions.base import LipeiAction
from actions.flows import questions
from actions.turn import Turn


class ActionExplainQuestion(LipeiAction):
    """Say why the open question is asked."""

    def name(self) -> str:
        return "action_explain_question"

    def act(self, turn: Turn) -> None:
        questions.why(turn)
