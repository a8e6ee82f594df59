"""Another subject: said so, unless the knowledge base is certain of an answer."""

from actions.base import LipeiAction
from actions.flows import questions
from actions.turn import Turn


class ActionOutOfScope(LipeiAction):
    """Another subject: said so, unless the knowledge base is certain of an answer ("发票丢了怎么办")."""

    def name(self) -> str:
        return "action_out_of_scope"

    def act(self, turn: Turn) -> None:
        if not questions.answered_in_general(turn):
            turn.say("utter_out_of_scope")
