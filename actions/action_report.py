"""Something has happened: begin or continue the report."""

from actions.base import LipeiAction
from actions.flows import report
from actions.turn import Turn


class ActionReport(LipeiAction):
    """Something has happened: begin or continue the report."""

    def name(self) -> str:
        return "action_report"

    def act(self, turn: Turn) -> None:
        report.start(turn)
