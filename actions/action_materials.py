"""Which materials are still needed."""

from actions.base import LipeiAction
from actions.flows import materials
from actions.turn import Turn


class ActionMaterials(LipeiAction):
    """Which materials are still needed."""

    def name(self) -> str:
        return "action_materials"

    def act(self, turn: Turn) -> None:
        materials.asked(turn)
