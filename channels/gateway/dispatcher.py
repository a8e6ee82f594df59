"""Ordered work: in each conversation one message at a time goes to the engine, until none waits."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from channels.gateway import turns
from channels.gateway.database import Database
from channels.gateway.engine import Engine, EngineFailed, Said
from channels.gateway.precedence import at_once
from channels.gateway.turns import Answered, Step
from claims import conversations
from claims.errors import OwnerChanged

logger = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.2, 10.0
RENEW_SECONDS = 2.0
SWEEP_SECONDS = 1.0
GIVE_UP_AFTER = 8
"""Failures of one message while every part was there, over half a minute, after which we answer it ourselves: then it
is the message, and no later one of the same customer may wait for it for ever. Failures of an outage do not count."""
AT_ONCE = 64
"""Conversations worked on side by side, as many as the engine is asked for at once; the rest is left to any gateway."""


class Dispatcher:
    """Works through the unanswered messages of this database, side by side with other gateways' dispatchers.

    worker: unique to this process; on_typing(conversation_id) and on_answer(conversation_id, Answered) are called
    in the event loop. give_way: waited for before a conversation is looked into, so that storing goes first.
    """

    def __init__(
        self,
        database: Database,
        engine: Engine,
        worker: str,
        on_typing: Callable[[str], None],
        on_answer: Callable[[str, Answered], None],
        give_way: Callable[[], Awaitable[None]] = at_once,
    ) -> None:
        self._database, self._engine, self._worker = database, engine, worker
        self._on_typing, self._on_answer, self._give_way = on_typing, on_answer, give_way
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._reached = asyncio.Event()
        self._reached.set()
        self._closing = False
        self._room = asyncio.Semaphore(AT_ONCE)
        self._calls: dict[str, asyncio.Task[list[Said]]] = {}

    def works_on(self, conversation_id: str) -> bool:
        """Whether this dispatcher is at work in the conversation. May be asked from any thread."""
        return conversation_id in self._tasks

    def notify(self, conversation_id: str, begun: Step | None = None) -> None:
        """A message was stored in this conversation: see to it soon. begun: the turn was begun with the storing."""
        if conversation_id in self._tasks:
            # The work that is under way holds the same lease and will come to it.
            self._again.add(conversation_id)
            return
        task = asyncio.create_task(self._work(conversation_id, begun), name=f"conversation {conversation_id}")
        self._tasks[conversation_id] = task
        task.add_done_callback(lambda _: self._done(conversation_id))

    async def sweep(self) -> None:
        """Find what nobody works on, for ever: what a stopped process left behind, what another one passed over.

        While the engine cannot be reached, ask for it on behalf of all who wait.
        """
        while True:
            if not self._reached.is_set() and await self._engine.healthy():
                self._reached.set()
            try:
                for conversation_id in await self._database.read(conversations.conversations_with_unanswered):
                    if conversation_id not in self._tasks:
                        self.notify(conversation_id)
            except SQLAlchemyError as error:
                logger.error("database failed while looking for unanswered messages: %s", type(error).__name__)
            await asyncio.sleep(SWEEP_SECONDS)

    async def keep(self) -> None:
        """Prolong the leases of all conversations in which the engine is at work, for ever."""
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            if not (held := list(self._calls)):
                continue
            try:
                lost = await self._database.run_first(turns.keep, held, self._worker)
            except SQLAlchemyError as error:
                logger.error("leases not prolonged: %s", type(error).__name__)
                continue
            for conversation_id in lost & self._calls.keys():
                self._calls[conversation_id].cancel()

    async def close(self) -> None:
        """Stop; what is under way will be sent again, with the same id, by whoever comes next."""
        self._closing = True
        held = list(self._tasks)
        for task in list(self._tasks.values()):
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)
        with suppress(SQLAlchemyError):
            await self._database.run(turns.let_go, held, self._worker)

    def _done(self, conversation_id: str) -> None:
        del self._tasks[conversation_id]
        if conversation_id in self._again and not self._closing:
            self.notify(conversation_id)

    async def _work(self, conversation_id: str, begun: Step | None) -> None:
        failures = own_failures = 0
        step: Step | list[Answered] | None = begun
        while True:
            self._again.discard(conversation_id)
            try:
                async with self._room:
                    if step is None:
                        await self._give_way()
                        step = await self._database.run(turns.begin, conversation_id, self._worker)
                    more = isinstance(step, Step) and await self._turn(
                        conversation_id, step, give_up=own_failures >= GIVE_UP_AFTER
                    )
                if isinstance(step, Step):
                    failures, own_failures, step = 0, 0, None
                    if more or conversation_id in self._again:
                        continue
                    return
            except Exception as error:
                # Nothing may end this loop while a message waits: a customer would never be answered.
                failures, step = failures + 1, None
                own_failures += isinstance(error, EngineFailed) and error.by_message
                pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 1, 10))
                self._complain(conversation_id, error, failures, pause)
                await self._pause(error, pause)
                continue
            if step is None:
                # Another gateway is at it, and comes to what was stored meanwhile before it lets go. What it leaves
                # behind when it is killed is found by the sweep, when the lease has ended.
                return
            for answered in step:
                self._on_answer(conversation_id, answered)
            if conversation_id not in self._again:
                return
            step = None

    async def _turn(self, conversation_id: str, step: Step, give_up: bool) -> bool:
        """One message to the engine, its replies into the database and out; whether another one waits."""
        if give_up:
            answered = await self._database.run(turns.give_up, step, self._worker)
            logger.error("message given up", extra={"conversation": conversation_id, "message_id": step.message_id})
        else:
            self._on_typing(conversation_id)
            said = await self._ask(conversation_id, step)
            answered = await self._database.run(turns.finish, step, said, self._worker)
            self._reached.set()
        self._on_answer(conversation_id, answered)
        return answered.more

    async def _pause(self, error: Exception, seconds: float) -> None:
        """Wait; no longer than until the engine can be reached again, if that was what failed here."""
        if not (isinstance(error, EngineFailed) and error.unreachable):
            await asyncio.sleep(seconds)
            return
        self._reached.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._reached.wait(), seconds)

    async def _ask(self, conversation_id: str, step: Step) -> list[Said]:
        """Call the engine, unless another gateway takes the conversation over meanwhile (see `keep`)."""
        call = self._calls[conversation_id] = asyncio.create_task(self._engine.send(step.turn))
        try:
            await asyncio.wait({call})
            if call.cancelled():
                raise EngineFailed("another gateway took the conversation over")
            return call.result()
        finally:
            call.cancel()
            del self._calls[conversation_id]

    def _complain(self, conversation_id: str, error: Exception, failures: int, pause: float) -> None:
        expected = isinstance(error, EngineFailed | SQLAlchemyError | OwnerChanged)
        logger.log(
            logging.WARNING if expected else logging.ERROR,
            "turn failed, trying again: %s",
            error if isinstance(error, EngineFailed) else type(error).__name__,
            extra={"conversation": conversation_id, "failures": failures, "pause_seconds": pause},
            exc_info=None if expected else error,
        )
