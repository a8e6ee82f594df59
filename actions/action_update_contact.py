"""Change phone, address or bank account."""

from actions.base import LipeiAction
from actions.flows import changes, renewal
from actions.turn import Turn


class ActionUpdateContact(LipeiAction):
    """Change phone, address or bank account."""

    def name(self) -> str:
        return "action_update_contact"

    def act(self, turn: Turn) -> None:
        task = renewal.under_way(turn)
        if task is not None:
            renewal.hear(turn, task)  # "电话换成…" while the data of a renewal is gone through
        else:
            changes.begin(turn, "contact")
