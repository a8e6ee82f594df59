"""Ready replies: the common ones of replies.yml, one's own, and what the knowledge base suggests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from claims import conversations, replies
from claims.staff import Right
from claims.vocabulary import Author, InboundKind
from desk.access import Desk
from desk.door import operation
from desk.problems import Refused

SUGGESTED = 4
Ready = dict[str, str]


@cache
def common() -> dict[str, list[Ready]]:
    """The replies and scripts for everybody, by group."""
    loaded: dict[str, Any] = yaml.safe_load(Path(__file__).parent.with_name("replies.yml").read_text(encoding="utf-8"))
    return {group["name"]: group["replies"] for group in loaded["groups"]}


@operation(Right.WRITE_CONVERSATIONS, reads=True)
def own_replies(desk: Desk) -> list[Ready]:
    """One's own, by title."""
    return [{"id": r.id, "title": r.title, "text": r.text} for r in replies.own(desk.session, desk.account)]


@operation(Right.WRITE_CONVERSATIONS)
def keep_reply(desk: Desk, title: str, text: str) -> bool:
    """Keep one for oneself."""
    if not title.strip() or not text.strip():
        raise Refused(422, "text_needed")
    replies.keep(desk.session, desk.account, title, text)
    return True


@operation(Right.WRITE_CONVERSATIONS)
def drop_reply(desk: Desk, reply_id: str) -> bool:
    """Throw one of one's own away."""
    replies.drop(desk.session, desk.account, reply_id)
    return True


@operation(Right.WRITE_CONVERSATIONS, reads=True)
def last_question(desk: Desk, conversation_id: str) -> str:
    """What the customer wrote last, in words; empty when nothing."""
    said = reversed(conversations.messages_after(desk.session, conversation_id))
    kinds = (InboundKind.TEXT, InboundKind.VOICE, InboundKind.EDITED)
    mine = (each for each in said if each.author is Author.CUSTOMER and each.kind in kinds and each.text.strip())
    return next((each.text.strip() for each in mine), "")


def suggestions(question: str) -> list[Ready]:
    """The entries of the knowledge base nearest to a question: title, text and source. Slow at the first call, when
    the knowledge base is loaded; run it in a thread."""
    from faq import service

    hits = service.search(question, SUGGESTED)
    found = [service.entry(hit.entry_id) for hit in hits]
    return [{"title": e.question, "text": e.answer, "source": e.source.reference} for e in found]
