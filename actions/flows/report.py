"""Reporting a claim: take what was said, say what matters, ask the next question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from actions import labels
from actions.flows import asking, handover, registered
from actions.turn import Turn
from claims import conversations, drafts
from claims.facts import Facts
from claims.models import Draft
from claims.reporting import steps, summary, taking
from claims.vocabulary import Cause, Line, Tier

#: Name of the side task that waits for whether an old report is meant or a new one.
RESUME_OR_NEW = "resume_or_new"
#: After a longer pause the customer is told where the report stopped, instead of just being asked again.
PAUSE = timedelta(minutes=30)
#: Values that make a sentence more than "I want to report something".
TELLING = ("incident_time", "location", "cause", "plate_no", "policy_no", "injured_count", "injured")

#: Facts that say nothing when they stand in a list without their name.
UNTELLING = frozenset({"third_party", "police_reported", "description"})


def start(turn: Turn) -> None:
    """Something has happened: carry on with the open report or begin one."""
    conversations.clear_tasks(turn.conversation)
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    telling = any(turn.heard.first(name) is not None for name in TELLING)
    waiting = draft or drafts.latest_parked(turn.session, turn.conversation.id)
    paused = draft is None or turn.heard.now - draft.updated_at > PAUSE
    if waiting is not None and waiting.asked and paused and not telling:
        conversations.push_task(turn.conversation, {"task": RESUME_OR_NEW})
        turn.say("utter_resume_or_new", awaiting="choice", where=_where(waiting))
        return
    hear(turn, draft or drafts.start(turn.session, turn.conversation.id))


def hear(turn: Turn, draft: Draft) -> None:
    """Take the message into the draft and go on."""
    if _chosen(turn, draft) or _edited(turn, draft):
        return
    if turn.heard.awaiting == "confirm" and draft.asked == "confirm" and turn.heard.intent in ("affirm", "deny"):
        if turn.heard.intent == "deny" and not _brings_values(turn):
            turn.say("utter_what_to_change", awaiting="confirm")
            return
        if turn.heard.intent == "affirm" and not _brings_values(turn):
            _register(turn, draft)
            return
    outcome = taking.take(turn.session, draft, turn.heard, turn.customer_id)
    _acknowledge(turn, draft, outcome)
    proceed(turn, draft, outcome.next)


def proceed(turn: Turn, draft: Draft, following: steps.Next) -> None:
    """Say what comes next in a report."""
    match following:
        case steps.Ask():
            asking.ask(turn, draft, following)
        case steps.Confirm(items=items):
            facts = taking.known(draft)
            flags = dict(draft.flags or {})
            listed = [f"{labels.FACT_LABELS[i.fact]}：{labels.value(facts, i.fact, flags)}" for i in items]
            turn.say("utter_summary", awaiting="confirm", items=labels.lines(listed))
        case steps.NotCovered(problem=problem):
            asking.not_covered(turn, draft, problem)
        case steps.AlreadyReported(claim=claim):
            asking.already_reported(turn, draft, claim)


def note(turn: Turn) -> None:
    """Take what was told before a question in the same message; the question is answered by whoever was asked."""
    draft = drafts.open_draft(turn.session, turn.conversation.id)
    if draft is None or not turn.heard.told:
        return
    said, asked = turn.heard.text.strip(), turn.heard.question.strip()
    # Where the engine's reading has another length than the customer's words, their beginning is not known.
    words = said.removesuffix(asked) if said.endswith(asked) else ""
    told = replace(turn.heard, text=words, intent="inform", values=turn.heard.told)
    _acknowledge(turn, draft, taking.take(turn.session, draft, told, turn.customer_id))


def again(turn: Turn, draft: Draft) -> None:
    """Ask the open question once more after something else was answered in between."""
    proceed(turn, draft, taking.where(turn.session, draft, turn.heard))


def resume(turn: Turn, draft: Draft) -> None:
    """Take up a report where it stopped."""
    drafts.resume(turn.session, draft, turn.conversation.id)
    turn.say("utter_resumed", where=_where(draft))
    again(turn, draft)


def park(turn: Turn, draft: Draft) -> None:
    """Stop for now; what was said is kept."""
    drafts.park(draft)
    turn.say("utter_report_parked")


def _where(draft: Draft) -> str:
    return labels.FACT_LABELS.get(draft.asked or "", "核对信息")


def _brings_values(turn: Turn) -> bool:
    return bool(turn.heard.values)


def _chosen(turn: Turn, draft: Draft) -> bool:
    """A button of the report itself: skip a question, report in spite of something, change something."""
    choice = turn.heard.first("choose")
    match choice:
        case "insist":
            following = taking.where(turn.session, draft, turn.heard)
            if isinstance(following, steps.NotCovered):
                taking.insist(turn.session, draft, "insists", str(following.problem))
        case "another_event":
            taking.insist(turn.session, draft, "another_event")
        case "change_policy" | "change_time" | "change_cause":
            fact = {"change_policy": "policy", "change_time": "incident_time", "change_cause": "cause"}[choice]
            taking.edit(turn.session, draft, fact)
        case "park":
            park(turn, draft)
            return True
        case _:
            return False
    again(turn, draft)
    return True


def _edited(turn: Turn, draft: Draft) -> bool:
    """ "改第3项", or "地点写错了" without the right value: ask for that one again."""
    facts = taking.known(draft)
    number = turn.heard.first("item")
    if number is not None:
        fact = summary.fact_of_item(facts, int(number))
        if fact is None:
            turn.say("utter_no_such_item", awaiting=turn.heard.awaiting, last=len(summary.items(facts)))
            return True
    elif not _brings_values(turn) and (
        turn.heard.intent == "correct_detail" or (turn.heard.intent == "deny" and turn.heard.awaiting == "confirm")
    ):
        fact = summary.fact_named(turn.heard.text)
        if fact is None:
            return False
    else:
        return False
    taking.edit(turn.session, draft, fact)
    # "改第3项，是前天": the right value may stand in the same sentence.
    if set(turn.heard.values) - {"item"}:
        return False
    again(turn, draft)
    return True


def _kind_of_emergency(facts: Facts) -> str:
    if facts.cause == Cause.FIRE:
        return "fire"
    return "traffic" if facts.line == Line.AUTO else "injury"


def _acknowledge(turn: Turn, draft: Draft, outcome: taking.Outcome) -> None:
    flags = dict(draft.flags or {})
    if outcome.urgency is steps.Urgency.NOW:
        turn.say(f"utter_emergency_{_kind_of_emergency(outcome.facts)}")
        handover.emergency(turn)
    elif outcome.urgency is steps.Urgency.EARLIER:
        turn.say("utter_emergency_earlier")
    # Condolences go to those who lost somebody, not to the driver who ran into somebody.
    if outcome.facts.cause == Cause.DEATH and outcome.facts.line != Line.AUTO and "cause" in outcome.changed:
        turn.say("utter_condolence")
    for fact, reason in outcome.refused:
        turn.say(f"utter_refused_{reason}", label=labels.FACT_LABELS[fact], said=flags.get("policy_said", ""))
    corrected = [n for n in outcome.corrected if n != "description"]
    if corrected:
        told = [f"{labels.FACT_LABELS[n]}：{labels.value(outcome.facts, n, flags)}" for n in corrected]
        turn.say("utter_changed", changes="；".join(told))
        return
    # The answer to the question is not repeated; what was said beyond it is, so that the customer sees it was heard.
    telling = [n for n in summary.ORDER if n in outcome.changed and n not in {*UNTELLING, turn.heard.awaiting}]
    if telling and not (turn.heard.awaiting in outcome.changed and telling == ["line"]):
        turn.say("utter_noted", facts=labels.short_list([labels.value(outcome.facts, n, flags) for n in telling]))


def _register(turn: Turn, draft: Draft) -> None:
    following = taking.where(turn.session, draft, turn.heard)
    if not isinstance(following, steps.Confirm):
        proceed(turn, draft, following)
        return
    claim, _ = taking.register(turn.session, draft, turn.customer_id)
    registered.tell(turn, claim)
    if claim.tier is Tier.MAJOR:
        handover.major(turn, claim)
