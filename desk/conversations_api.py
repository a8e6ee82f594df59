"""Conversations for staff: which there are, and what was said."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from sqlalchemy import select

from claims import casework, conversations, drafts
from claims.models import Attachment, Conversation, Message
from claims.vocabulary import Mode
from desk.access import Desk, TalksDesk
from desk.views import Json, conversation_json, message_json

router = APIRouter(prefix="/api/staff/conversations", tags=["conversations"])

MOST = 500


@router.get("", summary="会话列表")
def list_conversations(
    desk: TalksDesk, mode: Mode | None = None, limit: Annotated[int, Query(ge=1, le=MOST)] = 100
) -> list[Json]:
    """The conversations, those that spoke last first; mode: bot, queued or agent."""
    query = select(Conversation).order_by(Conversation.last_inbound_at.desc().nulls_last(), Conversation.created_at)
    if mode is not None:
        query = query.where(Conversation.mode == mode)
    found = list(desk.session.scalars(query.limit(limit)))
    desk.note("conversations_listed", "conversations", {"count": len(found)})
    return [conversation_json(conversation) for conversation in found]


@router.get("/{conversation_id}", summary="一个会话")
def get_conversation(desk: TalksDesk, conversation_id: Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]) -> Json:
    """The conversation with all its messages, the claims reported in it, and the facts of a report under way."""
    conversation = conversations.get(desk.session, conversation_id)
    desk.note("conversation_read", f"conversation:{conversation.id}")
    draft = drafts.open_draft(desk.session, conversation.id)
    return {
        **conversation_json(conversation),
        "claims": [claim.number for claim in casework.in_conversation(desk.session, conversation.id)],
        "draft": drafts.facts(draft).to_json() if draft is not None else None,
        "messages": _transcript(desk, conversations.messages_after(desk.session, conversation.id)),
    }


def _transcript(desk: Desk, messages: list[Message]) -> list[Json]:
    wanted = {message.attachment_id for message in messages if message.attachment_id}
    query = select(Attachment).where(Attachment.id.in_(wanted))
    files = {file.id: file for file in desk.session.scalars(query)} if wanted else {}
    return [message_json(message, files.get(message.attachment_id or "")) for message in messages]
