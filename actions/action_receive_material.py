"""A photo or PDF was sent."""

from actions.base import LipeiAction
from actions.flows import uploads
from actions.turn import Turn


class ActionReceiveMaterial(LipeiAction):
    """A photo or PDF was sent."""

    def name(self) -> str:
        return "action_receive_material"

    def act(self, turn: Turn) -> None:
        uploads.receive(turn)
