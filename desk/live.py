"""Live updates: one look at the database a tick for the whole process, handed on to the pages that care."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy.exc import SQLAlchemyError

from claims import logins
from claims.database import unit_of_work
from claims.tokens import token_hash
from desk.news import News, Watch
from desk.queue_rows import Row
from lipei.settings import Settings

logger = logging.getLogger(__name__)

TICK_SECONDS = 0.2
SESSIONS_EVERY_SECONDS = 20.0


@dataclass(eq=False, slots=True)
class Listener:
    """One open page. told: called with what is new, in the event loop; ended: when its session has ended;
    opened: the conversation it shows now."""

    token: str
    told: Callable[[News], None]
    ended: Callable[[], None]
    opened: set[str] = field(default_factory=set)


class Feed:
    """The one poller of a desk process, and the pages that listen to it.

    rows: what waits or is held, by conversation; of these `waiting`, and `held` by the id of the account that has it,
    kept apart here once for all pages.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rows: dict[str, Row] = {}
        self.waiting: dict[str, Row] = {}
        self.held: dict[str, dict[str, Row]] = {}
        self._watch = Watch()
        self._listeners: set[Listener] = set()
        self._task: asyncio.Task[None] | None = None
        self._sessions_at = 0.0

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Tell a page from now on; call what is returned when it is closed."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    def start(self) -> None:
        """Begin to look. Called in the event loop."""
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """Look no more."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            started = time.monotonic()
            try:
                news = await asyncio.to_thread(self._look)
                self._hand_on(news)
                await self._end_sessions()
            except SQLAlchemyError:
                logger.warning("the desk could not look for news; it tries again", exc_info=True)
            except Exception:
                logger.exception("handing on news failed")
            await asyncio.sleep(max(0.02, TICK_SECONDS - (time.monotonic() - started)))

    def _look(self) -> News:
        with unit_of_work(self.settings.database_url, read_only=True) as unit:
            return self._watch.look(unit.session, self._opened)

    def _opened(self) -> set[str]:
        return {each for listener in list(self._listeners) for each in listener.opened}

    def _hand_on(self, news: News) -> None:
        for conversation_id, text in news.heard.items():
            row = news.rows.get(conversation_id) or self.rows.get(conversation_id)
            if row is not None:
                news.rows[conversation_id] = {**row, "last": text, "unread": row["unread"] + 1}
        for conversation_id, row in news.rows.items():
            before = self.rows.get(conversation_id)
            if before is not None and not row["last"]:
                row["last"], row["unread"] = before["last"], before["unread"]
            self._put(conversation_id, row)
        for conversation_id in news.gone:
            self._put(conversation_id, None)
        if news:
            for listener in list(self._listeners):
                try:
                    listener.told(news)
                except Exception:
                    logger.exception("a page could not take its news")

    def _put(self, conversation_id: str, row: Row | None) -> None:
        before = self.rows.pop(conversation_id, None)
        if before is not None:
            self._place(before).pop(conversation_id, None)
        if row is not None:
            self.rows[conversation_id] = row
            self._place(row)[conversation_id] = row

    def _place(self, row: Row) -> dict[str, Row]:
        owner = row["owner_id"]
        return self.held.setdefault(owner, {}) if owner is not None else self.waiting

    async def _end_sessions(self) -> None:
        if time.monotonic() - self._sessions_at < SESSIONS_EVERY_SECONDS or not self._listeners:
            return
        self._sessions_at = time.monotonic()
        asked = {listener: token_hash(listener.token) for listener in self._listeners}
        live = await asyncio.to_thread(self._live, set(asked.values()))
        for listener, hashed in asked.items():  # not those that came while the database was asked
            if hashed not in live:
                self._listeners.discard(listener)
                listener.ended()

    def _live(self, hashes: set[str]) -> set[str]:
        with unit_of_work(self.settings.database_url, read_only=True) as unit:
            return logins.live_tokens(unit.session, hashes)
