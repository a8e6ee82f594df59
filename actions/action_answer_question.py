"""Answer a general question from the knowledge base."""

from actions.base import LipeiAction
from actions.flows import questions
from actions.turn import Turn


class ActionAnswerQuestion(LipeiAction):
    """Answer a general question from the knowledge base."""

    def name(self) -> str:
        return "action_answer_question"

    def act(self, turn: Turn) -> None:
        questions.answer(turn)
