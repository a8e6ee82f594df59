"""A complaint: a number and a date at once, then what happened, which claim, what is wanted; later the verdict."""

from __future__ import annotations

import re

from actions import labels
from actions.flows import cases, handover, questions
from actions.flows.side_tasks import SideTask, Task
from actions.turn import Turn
from claims import casework, conversations
from claims.handover import complaints
from claims.handover.complaints import VERDICT
from claims.handover.escalate import staffed
from claims.models import Claim, Complaint
from claims.vocabulary import HandoverReason

TASK = "complaint"
#: "怎么投诉" asks for the way; "什么破系统，投诉你们" is a complaint.
HOW = re.compile("怎[么麼样樣]|如何|哪里|哪裡|在哪|电话是|電話是")
#: Words that only a complaint has.
WORDS = re.compile("投诉|投訴|举报|舉報|曝光|银保监|銀保監|金融监管|12378|起诉|起訴")
#: A complaint of which nothing is said yet.
BARE = re.compile(
    r"[，,。.!！\s]*(?:你好|您好)?(?:我要|我想|我要求|想|要|请|帮我|给我|必须|就是|那我|我)*(?:投诉|投訴|提意见|反映问题|反映情况)"
    r"(?:你们|您们|你們|一下|一个|个人|的)*[吧啊了呢。.!！，,\s]*"
)
#: Told to a question that leaves room for no answer.
NONE = re.compile(r"没有|沒有|没了|无|無|不知道|不清楚|不记得|跳过|都行|随便|与案件无关|没案件|不是案件")
SATISFIED, NOT_SATISFIED = re.compile("满意|滿意|可以|接受|好"), re.compile("不满|不滿|不接受|不行|不认可|不认同|差")


def in_so_many_words(turn: Turn) -> bool:
    """Whether a complaint is asked for, not only anger told."""
    return WORDS.search(turn.heard.text) is not None


def begin(turn: Turn) -> None:
    """A complaint is registered at the first word of it; how to complain is answered."""
    if HOW.search(turn.heard.text) and questions.answered(turn):
        return
    task = conversations.top_task(turn.conversation)
    if task is not None and task["task"] == TASK:
        hear(turn, task)
        return
    bare = BARE.fullmatch(turn.heard.text) is not None
    known = complaints.of(turn.session, turn.conversation.id)
    if bare and known:
        turn.say("utter_complaint_known", number=known[0].number, due=labels.moment(known[0].due_at))
        return
    mine = _claims(turn)
    complaint, _ = complaints.register(
        turn.session,
        turn.conversation,
        key=f"message:{turn.message_id or turn.conversation.id}",
        what=turn.heard.text,
        claim=mine[0] if len(mine) == 1 else None,
    )
    turn.say("utter_complaint_recorded", number=complaint.number, due=labels.moment(complaint.due_at))
    if staffed(turn.session, turn.conversation):
        came = handover.need(turn, HandoverReason.COMPLAINT)
        if came.is_new:
            handover.tell(turn, came)
    steps = [*(["what"] if bare else []), *(["claim"] if len(mine) != 1 else []), "wanted"]
    task = {"task": TASK, "number": complaint.number, "steps": steps}
    conversations.push_task(turn.conversation, task)
    ask(turn, task)


def ask(turn: Turn, task: Task) -> None:
    """The next question of the complaint."""
    match task["steps"][0]:
        case "what":
            turn.say("utter_complaint_what", awaiting="description")
        case "claim":
            mine = _claims(turn)
            buttons = [{"title": cases.label(claim), "payload": f"/complain{_no(claim)}"} for claim in mine[:6]]
            turn.say("utter_complaint_claim", awaiting="choice", buttons=[*buttons, _unrelated()])
        case _:
            turn.say("utter_complaint_wanted", awaiting="description")


def hear(turn: Turn, task: Task) -> None:
    """The answer to one of them."""
    complaint = complaints.find(turn.session, task["number"])
    step, *rest = task["steps"]
    if turn.heard.intent == "cancel_task":
        rest = []
    elif step == "what":
        complaint.what = f"{complaint.what}\n{turn.heard.text}"
    elif step == "claim":
        _take_claim(turn, complaint)
    elif not NONE.fullmatch(turn.heard.text):
        complaint.wanted = turn.heard.text
    conversations.pop_task(turn.conversation)
    if rest:
        task = {**task, "steps": rest}
        conversations.push_task(turn.conversation, task)
        ask(turn, task)
    else:
        turn.say("utter_complaint_complete", number=complaint.number, due=labels.moment(complaint.due_at))


def ask_verdict(turn: Turn, task: Task) -> None:
    """Whether our answer will do; if not, whether a mediator is wanted."""
    name = "utter_complaint_satisfied" if task["step"] == "satisfied" else "utter_complaint_mediation"
    turn.say(name, awaiting="confirm", number=task["number"])


def judged(turn: Turn) -> bool:
    """Whether an opinion on the service was the verdict on an answer of ours; then it is taken as that."""
    task = conversations.top_task(turn.conversation)
    if task is None or task["task"] != VERDICT or task["step"] != "satisfied":
        return False
    hear_verdict(turn, task)
    return True


def hear_verdict(turn: Turn, task: Task) -> None:
    """Yes or no, in these words or others."""
    complaint = complaints.find(turn.session, task["number"])
    yes = _verdict(turn)
    if yes is None:
        ask_verdict(turn, task)
    elif task["step"] == "satisfied":
        complaints.verdict(turn.session, complaint, yes)
        conversations.pop_task(turn.conversation)
        if yes:
            turn.say("utter_complaint_closed", number=complaint.number)
            return
        task = {**task, "step": "mediation"}
        conversations.push_task(turn.conversation, task)
        ask_verdict(turn, task)
    else:
        complaints.not_satisfied(turn.session, complaint, yes)
        conversations.pop_task(turn.conversation)
        name = "utter_complaint_mediating" if yes else "utter_complaint_again"
        turn.say(name, number=complaint.number, due=labels.moment(complaint.due_at))


def _verdict(turn: Turn) -> bool | None:
    if turn.heard.intent in ("affirm", "deny"):
        return turn.heard.intent == "affirm"
    score = turn.heard.first("rating")
    if isinstance(score, int):
        return score >= 4
    if NOT_SATISFIED.search(turn.heard.text):
        return False
    return True if SATISFIED.search(turn.heard.text) else None


def _claims(turn: Turn) -> list[Claim]:
    """The claims a complaint may be about: those that may be shown, else those reported here."""
    return casework.visible(turn.session, turn.conversation) or casework.in_conversation(
        turn.session, turn.conversation.id
    )


def _take_claim(turn: Turn, complaint: Complaint) -> None:
    """Link the claim by its number; whether somebody else's exists is not said. Other words are kept as told."""
    number = turn.heard.first("claim_no")
    claim = casework.find_claim(turn.session, str(number)) if number is not None else None
    if claim is not None:
        complaint.claim_id = claim.id
    elif not NONE.search(turn.heard.text):
        complaint.what = f"{complaint.what}\n{turn.heard.text}"


def _no(claim: Claim) -> str:
    return f'{{"claim_no": "{claim.number}"}}'


def _unrelated() -> dict[str, str]:
    return {"title": "与案件无关或不清楚", "payload": '/complain{"choose": "none"}'}


#: Who wants to say no more has complained all the same.
SIDE_TASK = SideTask(TASK, hear, ask, cancel=hear)
VERDICT_TASK = SideTask(VERDICT, hear_verdict, ask_verdict)
