"""Answer a question: on the own cover from the policies, a general one from the knowledge base."""

from actions.base import LipeiAction
from actions.flows import own_cover, questions, report
from actions.turn import Turn


class ActionAnswerQuestion(LipeiAction):
    """Answer a question: on the own cover from the policies, a general one from the knowledge base."""

    def name(self) -> str:
        return "action_answer_question"

    def act(self, turn: Turn) -> None:
        report.note(turn)
        if not own_cover.answered(turn):
            questions.answer(turn)
