"""Change phone, address or bank account."""

from actions.base import LipeiAction
from actions.flows import changes
from actions.turn import Turn


class ActionUpdateContact(LipeiAction):
    """Change phone, address or bank account."""

    def name(self) -> str:
        return "action_update_contact"

    def act(self, turn: Turn) -> None:
        changes.begin(turn, "contact")
