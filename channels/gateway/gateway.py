"""The gateway of one process: takes messages in, waits for their answers, and gives both to whoever listens."""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import socket
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from functools import partial

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from channels.base import DeliveryReport, Inbound, Kind, Outbound
from channels.gateway import files, intake, live, turns
from channels.gateway.database import Database
from channels.gateway.dispatcher import Dispatcher
from channels.gateway.engine import Engine
from channels.gateway.files import Kept, NotTaken
from channels.gateway.hub import Hub, Listener
from channels.gateway.inbox import Received, Spoken
from channels.gateway.intake import Refusal, Stored
from channels.gateway.live import Opened
from channels.gateway.precedence import Precedence
from channels.gateway.receipts import Receipts
from channels.gateway.replies import Carries, carries_all, hand_over
from channels.gateway.turns import Answered
from channels.webhook import Webhook
from claims import outbox
from claims.vocabulary import Mode
from lipei.settings import Settings

logger = logging.getLogger(__name__)

RECEIPT_SECONDS = 3.6
"""From the arrival of a message to its receipt: 4 s are promised, the rest is for writing and the way back."""

LOOK_SECONDS = 0.33


class Gateway:
    """Used from the event loop; the database is worked on in threads."""

    def __init__(self, settings: Settings, receipt_seconds: float = RECEIPT_SECONDS) -> None:
        self.settings = settings
        self.database = Database(settings.database_url)
        self.engine = Engine(settings.engine_url, settings.engine_token)
        self.hub = Hub()
        self.worker = f"{socket.gethostname()[:40]}/{os.getpid()}/{secrets.token_hex(4)}"
        self.precedence = Precedence()
        self.dispatcher = Dispatcher(
            self.database, self.engine, self.worker, self._typing, self._answered, self.precedence.give_way
        )
        self._receipt_seconds = receipt_seconds
        self._waiting: dict[int, set[asyncio.Future[Answered]]] = {}
        self._modes: dict[str, Mode] = {}
        self._later: set[asyncio.Task[Answered]] = set()
        self._cursor: int | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Gateway]:
        """Dispatches and looks around for as long as the block runs."""
        receipts = Receipts(self.database, self._receipt_seconds)
        work = (self.dispatcher.sweep(), self.dispatcher.keep(), receipts.run(), self._look_around())
        tasks = [asyncio.create_task(each) for each in work]
        try:
            yield self
        finally:
            self.hub.close()
            for task in [*tasks, *self._later]:
                task.cancel()
            await asyncio.gather(*tasks, *self._later, return_exceptions=True)
            await self.dispatcher.close()
            await self.engine.close()
            self.database.close()

    async def take_in(self, token: str, spoken: Spoken) -> Received:
        """Store what was said and set the bot to it. Refused for what does not belong to the token's conversation."""
        with self.precedence:
            received, step = await self.database.run_first(
                turns.receive_and_begin, token, spoken, self.worker, self.dispatcher.works_on
            )
        if received.waits:
            self.dispatcher.notify(received.conversation_id, step)
        return received

    async def answer(self, received: Received, arrived: float) -> Answered:
        """The answer to a message, or its receipt when there is none in time. arrived: time.monotonic() then."""
        if not received.waits:
            return Answered(received.message_id, received.replies or [], received.mode)
        return await self._answer_or_receipt(received.conversation_id, received.message_id, arrived)

    def answer_later(self, received: Received, arrived: float) -> None:
        """The same for a socket: the answer, or the receipt, is pushed to it."""
        task = asyncio.create_task(self.answer(received, arrived))
        self._later.add(task)
        task.add_done_callback(self._later_done)

    async def take_delivery(self, webhook: Webhook, inbounds: list[Inbound]) -> list[Stored]:
        """Store what a provider's request held, in one transaction, and set the bot to it. In the order given."""
        if not inbounds:
            return []
        said = [(inbound, await self._file(inbound)) for inbound in inbounds]
        with self.precedence:
            stored = await self.database.run_first(intake.take_in, webhook, said, self.settings.inbound_per_minute)
        for each in stored:
            if each.waits and not each.fetches:
                self.dispatcher.notify(each.conversation_id)
        return stored

    async def take_reports(self, webhook: Webhook, reports: list[DeliveryReport]) -> None:
        """Note what a provider says of messages it took."""
        if reports:
            await self.database.run_first(_report, webhook.channel, reports)

    async def answer_within(
        self, webhook: Webhook, stored: Stored, arrived: float, carries: Carries = carries_all
    ) -> list[Outbound]:
        """The replies to a message that came in time for the answer to its request, marked as sent; see Taken."""
        left = webhook.answer_seconds - (time.monotonic() - arrived)
        if stored.waits and left > 0:
            try:
                if webhook.pushes and self._receipt_seconds < webhook.answer_seconds:
                    await self._answer_or_receipt(stored.conversation_id, stored.message_id, arrived)
                else:
                    await self._wait(stored.message_id, left)
            except TimeoutError:
                logger.info("no answer in time for the request", extra={"channel": webhook.name})
        return await self.database.run_first(hand_over, stored.message_id, carries)

    async def _file(self, inbound: Inbound) -> Kept | Refusal | None:
        """The file that came along, on disk; None when there is none or it has to be fetched."""
        if inbound.attached is None or inbound.attached.data is None:
            return None
        folder, attached = self.settings.attachments_dir, inbound.attached
        recordings = inbound.kind is Kind.VOICE
        try:
            return await self.database.thread(
                partial(files.keep, folder, attached.data, attached.name, recordings=recordings)
            )
        except NotTaken as reason:
            return Refusal(reason.code, reason.values)

    async def _answer_or_receipt(self, conversation_id: str, message_id: int, arrived: float) -> Answered:
        try:
            return await self._wait(message_id, self._receipt_seconds - (time.monotonic() - arrived))
        except TimeoutError:
            answered = await self.database.run_first(turns.answer_or_receipt, message_id)
            self._publish(conversation_id, answered)
            return answered

    async def _wait(self, message_id: int, seconds: float) -> Answered:
        """The answer, as soon as any gateway has stored it. TimeoutError when there is none in time."""
        future: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(message_id, set()).add(future)
        try:
            return await asyncio.wait_for(future, max(0.0, seconds))
        finally:
            waiting = self._waiting.get(message_id, set())
            waiting.discard(future)
            if not waiting:
                self._waiting.pop(message_id, None)

    @contextmanager
    def listening(self, opened: Opened) -> Iterator[Listener]:
        """A live listener to a conversation, told from now on what is stored in it by any process."""
        if self._cursor is None:
            self._cursor = opened.newest_id
        self._modes.setdefault(opened.conversation_id, opened.mode)
        with self.hub.listening(opened.conversation_id, opened.newest_id) as listener:
            yield listener

    async def ready(self) -> dict[str, bool]:
        """Whether the database and the engine can be reached."""
        database, engine = await asyncio.gather(self._database_ready(), self.engine.healthy())
        return {"database": database, "engine": engine}

    async def _database_ready(self) -> bool:
        try:
            await self.database.read(_select_one)
        except SQLAlchemyError:
            return False
        return True

    def _typing(self, conversation_id: str) -> None:
        self.hub.publish(conversation_id, {"type": "typing"})

    def _answered(self, conversation_id: str, answered: Answered) -> None:
        self._publish(conversation_id, answered)
        self._resolve(answered)

    def _publish(self, conversation_id: str, answered: Answered) -> None:
        for message in answered.messages:
            self.hub.publish(conversation_id, {"type": "message", "message": message})
        self._mode(conversation_id, answered.mode)

    def _resolve(self, answered: Answered) -> None:
        for future in self._waiting.get(answered.message_id, ()):
            if not future.done():
                future.set_result(answered)

    def _mode(self, conversation_id: str, mode: Mode) -> None:
        """Tell listeners of a change of owner, once. A socket is told the mode when it opens."""
        if self._modes.get(conversation_id, mode) is not mode:
            self.hub.publish(conversation_id, {"type": "mode", "mode": mode.value})
        self._modes[conversation_id] = mode

    def _later_done(self, task: asyncio.Task[Answered]) -> None:
        self._later.discard(task)
        if not task.cancelled() and task.exception():
            logger.error("a receipt could not be given", exc_info=task.exception())

    async def _look_around(self) -> None:
        """Bring what other processes stored to those who listen or wait here; nothing is asked when nobody does."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            listened, waited = self.hub.conversations(), list(self._waiting)
            if not listened:
                self._cursor, self._modes = None, {}
            if not listened and not waited:
                continue
            with suppress(SQLAlchemyError):
                news = await self.database.read(live.look, listened, waited, self._cursor or 0)
                self._cursor = news.cursor
                for conversation_id, message in news.messages:
                    self.hub.publish(conversation_id, {"type": "message", "message": message})
                for conversation_id, mode in news.modes.items():
                    self._mode(conversation_id, mode)
                for answered in news.answered:
                    self._resolve(answered)


def _report(session: Session, channel: str, reports: list[DeliveryReport]) -> None:
    for each in reports:
        outbox.report(
            session,
            channel=channel,
            provider_id=each.provider_id,
            delivered=each.delivered,
            error=each.error,
            address_gone=each.address_gone,
        )


def _select_one(session: Session) -> None:
    session.execute(text("SELECT 1"))
