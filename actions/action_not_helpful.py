"""An answer of the knowledge base did not help: its editors get the question, the customer is offered a person."""

from actions.base import LipeiAction
from actions.flows import questions
from actions.turn import Turn


class ActionNotHelpful(LipeiAction):
    """An answer of the knowledge base did not help: its editors get the question, the customer is offered a person."""

    def name(self) -> str:
        return "action_not_helpful"

    def act(self, turn: Turn) -> None:
        questions.not_helpful(turn)
