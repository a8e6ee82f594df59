"""Files that lie with a provider: fetched at once and again, checked, kept, and then given to the engine."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from channels.base import PassingFailure, PermanentFailure, SendFailed
from channels.gateway import files
from channels.gateway.database import Database
from channels.gateway.files import Kept, NotTaken
from channels.gateway.intake import Refusal, refuse
from channels.gateway.working import Awake
from channels.webhook import Webhook
from claims import attachments, conversations
from claims.models import AttachmentFetch, Message
from claims.vocabulary import InboundKind, InboundState, Mode

logger = logging.getLogger(__name__)

AT_ONCE = 8
TRIES = 7
"""After pauses of 1, 2, 4 … seconds, about a minute in all: then the customer is asked to send the file again."""
FETCH_SECONDS = 30.0


class Fetcher:
    """Fetches what is due into `folder`, for ever, side by side with other gateways' fetchers."""

    def __init__(self, database: Database, folder: Path, webhooks: list[Webhook]) -> None:
        self._database, self._folder = database, folder
        self._webhooks = {webhook.name: webhook for webhook in webhooks}
        self._awake = Awake()

    def wake(self) -> None:
        """A file is to be fetched. May be called from any thread."""
        self._awake.wake()

    async def run(self, on_fetched: Callable[[str], None]) -> None:
        """Until cancelled; calls on_fetched(conversation_id) when a message can be worked on."""
        while True:
            done: list[str] = []
            try:
                done = await self.fetch_due()
            except SQLAlchemyError as error:
                logger.error("database failed while files were fetched: %s", type(error).__name__)
            for conversation_id in done:
                on_fetched(conversation_id)
            if not done:
                await self._awake.wait()

    async def fetch_due(self) -> list[str]:
        """Fetch one batch; the conversations in which something came of it."""
        sources = list(self._webhooks)
        if not sources or not await self._database.read(attachments.any_fetch_due, sources):
            return []
        due = await self._database.run(attachments.due_fetches, sources, AT_ONCE)
        outcomes = await asyncio.gather(*(self._fetch(each) for each in due))
        return [each.conversation_id for each, settled in zip(due, outcomes, strict=True) if settled]

    async def _fetch(self, fetch: AttachmentFetch) -> bool:
        """One file; True when its message was settled one way or the other."""
        try:
            fetched = await asyncio.wait_for(self._webhooks[fetch.source].fetch(fetch.reference), FETCH_SECONDS)
            name = fetch.name or fetched.name
            spoken = await self._database.read(_is_voice, fetch.message_id)
            kept: Kept | Refusal = await self._database.thread(
                partial(files.keep, self._folder, fetched.data, name, recordings=spoken)
            )
        except NotTaken as reason:
            kept = Refusal(reason.code, reason.values)
        except Exception as failure:
            error = str(failure) if isinstance(failure, SendFailed) else type(failure).__name__
            logger.warning("file of message %s not fetched (try %d): %s", fetch.message_id, fetch.attempts, error)
            if not isinstance(failure, PermanentFailure) and fetch.attempts < TRIES:
                asked = failure.retry_after if isinstance(failure, PassingFailure) else None
                await self._database.run(
                    attachments.fetch_again, fetch.message_id, max(2.0 ** (fetch.attempts - 1), asked or 0)
                )
                return False
            kept = Refusal("attachment_lost", {})
        await self._database.run(_settle, fetch.message_id, kept)
        return True


def _is_voice(session: Session, message_id: int) -> bool:
    return session.get_one(Message, message_id).kind is InboundKind.VOICE


def _settle(session: Session, message_id: int, kept: Kept | Refusal) -> None:
    """The file is here and its message is worked on like any other; or it never will be, and the customer is told."""
    message = session.get_one(Message, message_id)
    conversation = conversations.get(session, message.conversation_id)
    conversations.hold_order(session, conversation.id)
    session.refresh(conversation, ["mode", "version"])
    if not attachments.fetch_done(session, message_id):
        return
    message.state = InboundState.RECEIVED
    if isinstance(kept, Kept):
        message.attachment_id = files.note(session, conversation.id, kept).id
    session.flush()
    if conversation.mode is Mode.AGENT:
        conversations.answer(session, message, [])
    elif message.kind is InboundKind.VOICE and not message.text:
        refuse(session, conversation, message, Refusal("voice_unheard", {}))
    elif isinstance(kept, Refusal) and message.kind is not InboundKind.VOICE:
        refuse(session, conversation, message, kept)
