"""Take up a report that was left unfinished."""

from actions.base import LipeiAction
from actions.flows import resuming
from actions.turn import Turn


class ActionResumeReport(LipeiAction):
    """Take up a report that was left unfinished."""

    def name(self) -> str:
        return "action_resume_report"

    def act(self, turn: Turn) -> None:
        resuming.resume_report(turn)
