"""The list of conversations: those that wait, one's own, colleagues', and who spoke last. Only lines that changed are
sent to the browser."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from nicegui import ui

from claims.staff import Right
from desk.news import News
from desk.operations.talks import recent_talks, take_next
from desk.parts import markup
from desk.queue_rows import Row
from desk.seat import Seat
from desk.wording import say

RANK = {"emergency": 0, "high": 1, "normal": 2}
TABS = ("waiting", "mine", "others", "recent")


class QueueList:
    """chosen: the conversation on the screen; choose: called with the id of another."""

    def __init__(self, seat: Seat, chosen: str, choose: Callable[[str], Awaitable[None]]) -> None:
        self.seat, self.chosen, self._choose = seat, chosen, choose
        self.tab = "waiting"
        self._lines: dict[str, ui.html] = {}
        self._shown: dict[str, str] = {}
        self._recent: dict[str, Row] = {}
        self._read: dict[str, int] = {}
        self._waiting = set(seat.feed.waiting)
        with ui.element("aside").classes("queue"):
            with ui.element("div").classes("tabs"):
                self._tabs = {name: self._tab(name) for name in TABS if name != "recent" or seat.may(Right.SUPERVISE)}
            ui.button(say("talks.next"), icon="notification_important", on_click=self._next).classes("next").props(
                "unelevated no-caps"
            )
            self._list = ui.element("div").classes("lines")
        self.draw()

    def take_news(self, news: News) -> bool:
        """Draw what changed; True when a customer began to wait, or one's own customer wrote: that makes a sound."""
        for gone in news.gone:
            self._read.pop(gone, None)
        # Not by what is new in the rows: who asks for a person has often just written, and is seen with both at once.
        began, self._waiting = set(self.seat.feed.waiting) - self._waiting, set(self.seat.feed.waiting)
        wrote = any(
            self._is(row, "mine") and row["unread"] > self._read.get(row["id"], 0) and row["id"] != self.chosen
            for row in news.rows.values()
        )
        shown = any(row["id"] in self._lines or self._is(row, self.tab) for row in news.rows.values())
        if self.tab != "recent" and (shown or not news.gone.isdisjoint(self._lines)):
            self.draw()
        else:
            self._count()
        return bool(began) or wrote

    def newest(self) -> float:
        """When the one who waits last began to, in seconds since 1970; 0 when nobody waits."""
        return max((row["since"] for row in self.seat.feed.waiting.values()), default=0.0)

    def point_at(self, conversation_id: str) -> None:
        """Another conversation is on the screen."""
        self.chosen = conversation_id
        row = self.seat.feed.rows.get(conversation_id)
        if row is not None:
            self._read[conversation_id] = row["unread"]
        self.draw()

    def draw(self) -> None:
        """Bring the lines up to date: new ones are added in their place, gone ones go, changed ones change."""
        chosen = self.seat.feed.rows.get(self.chosen)
        if self.tab == "waiting" and chosen is not None and self._is(chosen, "mine"):
            self.tab = "mine"  # what was taken is followed to where it went
        rows = self._rows()
        for gone in set(self._lines) - {row["id"] for row in rows}:
            self._lines.pop(gone).delete()
            self._shown.pop(gone)
        for place, row in enumerate(rows):
            content = markup.line(self._unread(row), chosen=row["id"] == self.chosen, me=self.seat.id)
            line = self._lines.get(row["id"])
            if line is None:
                self._add(row["id"], content, place)
            else:
                if self._shown[row["id"]] != content:
                    line.content = self._shown[row["id"]] = content
                if line.parent_slot is not None and line.parent_slot.children.index(line) != place:
                    line.move(self._list, place)
        self._count()

    def _add(self, conversation_id: str, content: str, place: int) -> None:
        with self._list:
            line = ui.html(content, sanitize=False).on("click", lambda: self._choose(conversation_id))
        if place < len(self._lines):
            line.move(self._list, place)
        self._lines[conversation_id], self._shown[conversation_id] = line, content

    def _rows(self) -> list[Row]:
        if self.tab == "recent":
            return list(self._recent.values())
        rows = [row for held in self._parts(self.tab) for row in held.values()]
        mine_first = self.seat.id
        rows.sort(key=lambda row: (row["assigned_id"] != mine_first, RANK[row["priority"]], row["since"]))
        return rows

    def _parts(self, tab: str) -> list[dict[str, Row]]:
        """Where the feed keeps the rows of a tab."""
        feed, me = self.seat.feed, self.seat.id
        if tab == "waiting":
            return [feed.waiting]
        if tab == "mine":
            return [feed.held.get(me, {})]
        return [rows for owner, rows in feed.held.items() if owner != me]

    def _is(self, row: Row, tab: str) -> bool:
        if tab == "waiting":
            return row["state"] == "waiting"
        held = row["state"] == "held"
        return held and ((row["owner_id"] == self.seat.id) is (tab == "mine"))

    def _unread(self, row: Row) -> Row:
        left = 0 if row["id"] == self.chosen else max(0, row["unread"] - self._read.get(row["id"], 0))
        return {**row, "unread": left if row["owner_id"] == self.seat.id else 0}

    def _tab(self, name: str) -> ui.label:
        async def show() -> None:
            self.tab = name
            if name == "recent":
                self._recent = {row["id"]: row for row in await self.seat.do(recent_talks) or []}
            self.draw()

        with ui.element("button").classes("tab").on("click", show) as tab:
            tab.props(f'data-tab="{name}"')
            return ui.label()

    def _count(self) -> None:
        for name, label in self._tabs.items():
            count = sum(map(len, self._parts(name))) if name != "recent" else 0
            label.text = f"{say(f'talks.{name}')} {count}" if count else say(f"talks.{name}")
            button = label.parent_slot.parent if label.parent_slot is not None else None
            if button is not None and ("on" in button.classes) is not (name == self.tab):
                button.classes(toggle="on")

    async def _next(self) -> None:
        taken = await self.seat.do(take_next)
        if taken is not None:
            self.tab = "mine"
            await self._choose(taken)
