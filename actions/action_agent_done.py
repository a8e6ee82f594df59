"""An agent has given the conversation back: what was agreed."""

from actions.base import LipeiAction
from actions.flows import handover
from actions.turn import Turn


class ActionAgentDone(LipeiAction):
    """An agent has given the conversation back: what was agreed."""

    def name(self) -> str:
        return "action_agent_done"

    def act(self, turn: Turn) -> None:
        handover.after_agent(turn)
