"""What the knowledge base would answer to the customer's last question, one click away and to be edited."""

from __future__ import annotations

import asyncio
import logging
import time
from concurrent.futures import ThreadPoolExecutor

from nicegui import ui

from desk.operations.replies import Ready, last_question, suggestions
from desk.parts.composer import Composer
from desk.seat import Seat

logger = logging.getLogger(__name__)
LEAST_SECONDS = 4.0
ABOVE = "anchor='top left' self='bottom left'"
_reader = ThreadPoolExecutor(1, thread_name_prefix="suggestions")
"""One at a time for the whole process: a suggestion is never worth making messages wait."""


class Suggestions:
    """Chips above the field."""

    def __init__(self, seat: Seat, composer: Composer) -> None:
        self.seat, self._composer = seat, composer
        self._conversation_id, self._question, self._at = "", "", 0.0

    def about(self, conversation_id: str) -> None:
        """The customer's last question may be another one now."""
        if conversation_id != self._conversation_id:
            self._conversation_id, self._question = conversation_id, ""
        with self._composer.chips:
            ui.timer(0.3, lambda: self._load(conversation_id), once=True)

    async def _load(self, conversation_id: str) -> None:
        if time.monotonic() - self._at < LEAST_SECONDS and self._question:
            return
        question = await self.seat.do(last_question, conversation_id)
        if question is None or question == self._question:
            return
        self._question, self._at = question, time.monotonic()
        try:
            found = await asyncio.get_running_loop().run_in_executor(_reader, suggestions, question) if question else []
        except Exception:
            logger.warning("the knowledge base gave no suggestions", exc_info=True)
            found = []
        if (self._conversation_id, self._question) == (conversation_id, question):
            self._draw(found)

    def _draw(self, found: list[Ready]) -> None:
        self._composer.chips.clear()
        with self._composer.chips:
            for each in found[:3]:
                chip = (
                    ui.element("button")
                    .classes("suggestion")
                    .on("click", lambda text=each["text"]: self._composer.put(text))
                )
                with chip:
                    ui.icon("auto_awesome")
                    ui.label(each["title"])
                    ui.tooltip(f"{each['text']}\n（{each['source']}）").classes("long").props(ABOVE)
