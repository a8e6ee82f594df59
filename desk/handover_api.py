"""Talks in the hands of people: the queue, taking and giving back, writing, notes, passing on, who is at the desk."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from channels.gateway import files
from claims import conversations, staff
from claims.errors import NotFound
from claims.handover import ending, notes, ownership, presence, queue
from claims.models import Handover
from claims.staff import Right
from claims.vocabulary import HandoverState, Presence, WrapUp
from desk.access import AssigningDesk, TalksDesk, WritingDesk
from desk.handover_views import colleague_json, handover_json, note_json
from desk.problems import Refused
from desk.views import Json, message_json

router = APIRouter(prefix="/api/staff", tags=["handover"])

Id = Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]
Text = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]
Login = Annotated[str, Field(max_length=40, pattern=r"^[^\x00]*$")]


class Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PresenceBody(Body):
    """phone: where calls are put through to; skills: lines of insurance (empty: all). Left out: as they were."""

    state: Literal["online", "away"]
    phone: Annotated[str, Field(max_length=20, pattern=r"^(\+?\d{5,15})?$")] | None = None
    skills: list[Annotated[str, Field(max_length=20)]] | None = None


class MessageBody(Body):
    """client_id: the same at every try of one message, which is then sent once."""

    text: Text = ""
    attachment_id: Annotated[str, Field(pattern=r"^[0-9a-f-]{36}$")] | None = None
    client_id: Annotated[str, Field(max_length=64, pattern=r"^[\x20-\x7e]*$")] | None = None


class NoteBody(Body):
    text: Text


class HandBackBody(Body):
    """agreed: what the bot tells the customer it knows; facts: corrections of the open report, by fact name."""

    agreed: Text = ""
    facts: dict[str, Any] = Field(default_factory=dict, max_length=11)
    wrap_up: WrapUp | None = None
    note: Text = ""


class TransferBody(Body):
    """to: a colleague's login; otherwise back into the queue, for a skill if one is named."""

    to: Login | None = None
    skill: Annotated[str, Field(max_length=20)] | None = None


class AssignBody(Body):
    to: Login


class WrapUpBody(Body):
    code: WrapUp
    note: Text = ""


@router.get("/queue", summary="排队和处理中的会话")
def get_queue(desk: TalksDesk) -> Json:
    """`waiting` in the order in which they are to be taken; `held` by whom; both with their summaries."""
    waiting, held = queue.waiting(desk.session), queue.held(desk.session)
    desk.note("queue_read", "queue", {"waiting": len(waiting), "held": len(held)})
    return {
        "waiting": [{**handover_json(desk, each), "place": place} for place, each in enumerate(waiting, 1)],
        "held": [handover_json(desk, each) for each in held],
    }


@router.get("/presence", summary="坐席是否在线")
def get_presence(desk: TalksDesk) -> list[Json]:
    """Everyone who ever came to the desk."""
    return [colleague_json(each) for each in presence.colleagues(desk.session)]


@router.post("/presence", summary="上线、离开，或表示还在线")
def announce(desk: WritingDesk, body: PresenceBody) -> Json:
    """Come online, go away, or the same again: without it for some minutes one counts as gone."""
    mine = presence.announce(desk.session, desk.account, Presence(body.state), phone=body.phone, skills=body.skills)
    return colleague_json(mine)


@router.post("/conversations/{conversation_id}/typing", summary="开始输入：接管会话")
def typing(desk: WritingDesk, conversation_id: Id) -> Json:
    """The first keystroke takes the conversation; 409 names the colleague who has it. Safe to repeat."""
    return handover_json(desk, ownership.take(desk.session, conversation_id, desk.account))


@router.post("/conversations/{conversation_id}/messages", summary="给客户发消息")
def send(desk: WritingDesk, conversation_id: Id, body: MessageBody) -> Json:
    """Words, a file uploaded before, or both. Takes the conversation first if nobody has it."""
    message = ownership.send(
        desk.session,
        conversation_id,
        desk.account,
        body.text,
        attachment_id=body.attachment_id,
        client_id=body.client_id,
    )
    return message_json(message, None)


@router.post("/conversations/{conversation_id}/attachments", summary="上传要发给客户的文件")
def upload(desk: WritingDesk, request: Request, conversation_id: Id, file: UploadFile) -> Json:
    """Multipart field `file`: a photo or PDF. Sends nothing yet."""
    conversation = conversations.get(desk.session, conversation_id)
    data = file.file.read(files.ATTACHMENT_BYTES + 1)
    try:
        kept = files.keep(request.app.state.settings.attachments_dir, data, file.filename or "")
    except files.NotTaken as reason:
        code = "too_large" if reason.code == "attachment_too_large" else reason.code
        raise Refused(413 if code == "too_large" else 422, code) from reason
    attachment = files.note(desk.session, conversation.id, kept)
    desk.note("attachment_uploaded", f"conversation:{conversation.id}", {"attachment": attachment.id})
    return {"attachment_id": attachment.id, "mime": attachment.mime, "size": attachment.size}


@router.get("/conversations/{conversation_id}/notes", summary="内部备注")
def list_notes(desk: TalksDesk, conversation_id: Id) -> list[Json]:
    """Oldest first. Customers never see these."""
    conversations.get(desk.session, conversation_id)
    desk.note("private_notes_read", f"conversation:{conversation_id}")
    return [note_json(note, author) for note, author in notes.of(desk.session, conversation_id)]


@router.post("/conversations/{conversation_id}/notes", summary="写内部备注")
def write_note(desk: WritingDesk, conversation_id: Id, body: NoteBody) -> Json:
    """For colleagues only: kept apart from everything that is sent."""
    conversation = conversations.get(desk.session, conversation_id)
    return note_json(notes.write(desk.session, conversation, desk.account, body.text), desk.account)


@router.post("/conversations/{conversation_id}/hand_back", summary="交还给机器人")
def hand_back(desk: WritingDesk, conversation_id: Id, body: HandBackBody) -> Json:
    """The bot says what was agreed and asks exactly what the report still lacks."""
    handover = ending.hand_back(
        desk.session,
        conversation_id,
        desk.account,
        agreed=body.agreed,
        facts=body.facts,
        wrap_up=body.wrap_up,
        note=body.note,
    )
    return handover_json(desk, handover)


@router.post("/conversations/{conversation_id}/transfer", summary="转给同事，或放回队列")
def transfer(desk: WritingDesk, conversation_id: Id, body: TransferBody) -> Json:
    """By whoever has the conversation, or by a supervisor."""
    if body.skill is not None and body.skill not in presence.SKILLS:
        raise Refused(422, "bad_request")
    if Right.SUPERVISE not in staff.RIGHTS[desk.account.role]:
        ownership.held(desk.session, conversation_id, desk.account)
    to = _colleague(desk, body.to) if body.to is not None else None
    return handover_json(desk, ownership.transfer(desk.session, conversation_id, desk.account, to=to, skill=body.skill))


@router.post("/conversations/{conversation_id}/assign", summary="指定由谁处理")
def assign(desk: AssigningDesk, conversation_id: Id, body: AssignBody) -> Json:
    """Of one that waits: who is to take it. Of one that is held: who has it from now on."""
    to = _colleague(desk, body.to)
    return handover_json(desk, ownership.assign(desk.session, conversation_id, desk.account, to))


@router.get("/handovers/{handover_id}", summary="一次人工服务")
def get_handover(desk: TalksDesk, handover_id: Id) -> Json:
    handover = _find(desk, handover_id)
    desk.note("handover_read", f"handover:{handover.id}")
    return handover_json(desk, handover)


@router.post("/handovers/{handover_id}/wrap_up", summary="填写小结")
def wrap_up(desk: WritingDesk, handover_id: Id, body: WrapUpBody) -> Json:
    """What it came to; by whoever has or had it, or by a supervisor."""
    handover = _find(desk, handover_id)
    mine = handover.owner_id == desk.account.id
    if not mine and Right.SUPERVISE not in staff.RIGHTS[desk.account.role]:
        raise Refused(403, "not_entitled")
    if handover.state is HandoverState.WAITING:
        raise Refused(422, "bad_input", reason="nobody has taken it yet")
    ending.wrap_up(desk.session, handover, desk.account, body.code, body.note)
    return handover_json(desk, handover)


def _find(desk: TalksDesk, handover_id: str) -> Handover:
    handover = desk.session.get(Handover, handover_id)
    if handover is None:
        raise NotFound("no such hand-over")
    return handover


def _colleague(desk: TalksDesk, login: str) -> Any:
    """An account that may write to customers."""
    account = staff.find(desk.session, login)
    staff.require(account, Right.WRITE_CONVERSATIONS)
    return account
