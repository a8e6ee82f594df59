"""A satisfaction callback, held in the conversation it was begun in: the answer kept, the next question asked."""

from __future__ import annotations

from functools import cache
from typing import Any

from actions.flows import handover
from actions.flows.side_tasks import SideTask, Task
from actions.turn import Turn
from claims import conversations, surveys
from claims.feedback import Reader, examples
from claims.models import SurveyRun
from claims.surveys import OVERALL, Declined, Given, Question, Vague
from claims.surveys.asking import AWAITING, TASK, buttons, choose
from faq import service

#: What the button gives that reaches a person.
PERSON = "person"


def under_way(turn: Turn, task: Task) -> tuple[SurveyRun, Question] | None:
    """The run of this task and its open question while it takes answers; ends the task otherwise."""
    run = surveys.get(turn.session, str(task["run"]))
    question = surveys.next_question(turn.session, run) if run is not None and surveys.is_open(run) else None
    if run is not None and question is not None:
        return run, question
    # It is over by now, answered elsewhere or long ago.
    conversations.drop_tasks(turn.conversation, TASK)
    return None


def hear(turn: Turn, task: Task) -> None:
    """The message as the answer to the open question."""
    if (asked := under_way(turn, task)) is None:
        return
    run, question = asked
    if turn.heard.first("choose") == PERSON:
        wants_person(turn)
        return
    match surveys.read(question, turn.heard.text, turn.heard.values):
        case Declined(later=later):
            leave(turn, later=later)
        case Vague():
            _ask_precisely(turn, question)
        case Given() as given:
            _keep(turn, run, question, given)


def ask(turn: Turn, task: Task) -> None:
    """The open question, once more."""
    if (asked := under_way(turn, task)) is not None:
        _, question = asked
        turn.say("utter_survey_question", words=_words(turn, question), **_asking(turn, question))


def leave(turn: Turn, *, later: bool = False, told: bool = True) -> None:
    """The customer does not want to go on, for good or for now. told: whether anything is said about it."""
    task = next((task for task in turn.conversation.tasks if task["task"] == TASK), None)
    conversations.drop_tasks(turn.conversation, TASK)
    run = surveys.get(turn.session, str(task["run"])) if task is not None else None
    if run is not None and not later:
        surveys.decline(turn.session, run, turn.conversation.channel)
    if told:
        turn.say("utter_survey_later" if later else "utter_survey_declined")


def wants_person(turn: Turn) -> None:
    """The person who is offered after a low score is wanted. The survey stays where it is."""
    handover.human(turn)


SIDE_TASK = SideTask(
    TASK,
    hear,
    ask,
    cancel=lambda turn, task: leave(turn),
    is_open=lambda turn, task: under_way(turn, task) is not None,
    gives_way=True,
)


def _keep(turn: Turn, run: SurveyRun, question: Question, given: Given) -> None:
    outcome = surveys.answer(
        turn.session, run, question, given, turn.conversation.channel, read=lambda text: _reader().read(text)
    )
    if outcome.next is None:
        conversations.drop_tasks(turn.conversation, TASK)
        survey = surveys.definition(run)
        words = survey.thanks.on(turn.conversation.channel).format(points=survey.points)
        ticket = surveys.has_ticket(turn.session, run)
        turn.say("utter_survey_problem_thanks" if ticket else "utter_survey_thanks", words=words)
        return
    sorry = outcome.problem and question.key == OVERALL
    if sorry:
        handover.dissatisfied(turn)
    response = "utter_survey_sorry" if sorry else "utter_survey_question"
    turn.say(response, words=_words(turn, outcome.next), **_asking(turn, outcome.next, person=sorry))


@cache
def _reader() -> Reader:
    return Reader(examples(), service.encode)


def _ask_precisely(turn: Turn, question: Question) -> None:
    if question.kind == "scale":
        turn.say("utter_survey_number", **_asking(turn, question))
    else:
        turn.say("utter_survey_choice", words=_words(turn, question), **_asking(turn, question))


def _words(turn: Turn, question: Question) -> str:
    return question.on(turn.conversation.channel)


def _asking(turn: Turn, question: Question, *, person: bool = False) -> dict[str, Any]:
    """awaiting and buttons of a question."""
    limit = turn.conversation.button_limit
    shown = buttons(question, limit)
    # Where nothing is tapped a number is the score itself, and 0 reaches a person on every call.
    if person and limit != 0:
        shown = [*shown, ("转人工", choose(PERSON))]
    return {
        "awaiting": AWAITING[question.kind],
        "buttons": [{"title": title, "payload": payload} for title, payload in shown],
    }
