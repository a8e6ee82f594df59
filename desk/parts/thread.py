"""The messages of a conversation. New ones are added; nothing that stands there is sent again."""

from __future__ import annotations

from nicegui import ui

from desk.bubbles import Bubble
from desk.parts import markup


class Thread:
    """The scrolled list; the browser keeps it at its end while new messages come."""

    def __init__(self) -> None:
        self._there: set[int | str] = set()
        self._box = ui.element("div").classes("thread")

    def show(self, bubbles: list[Bubble]) -> None:
        """Begin anew with these."""
        self._box.clear()
        self._there.clear()
        self.add(bubbles)

    def add(self, bubbles: list[Bubble]) -> None:
        """Add those that are not there yet, all in one element."""
        new = [bubble for bubble in bubbles if bubble["id"] not in self._there]
        if new:
            self._there.update(bubble["id"] for bubble in new)
            with self._box:
                ui.html("".join(markup.bubble(bubble) for bubble in new), sanitize=False)
