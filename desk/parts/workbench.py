"""The workbench of an agent: list, conversation and what stands beside it, kept live by the feed."""

from __future__ import annotations

from typing import Any

from nicegui import Client, ui

from claims.staff import Right
from desk.bubbles import Bubble
from desk.live import Listener
from desk.news import News
from desk.operations.me import beat
from desk.operations.talks import open_talk, talk_standing
from desk.parts.aside import Aside
from desk.parts.composer import Composer
from desk.parts.ending import Ending
from desk.parts.queue import QueueList
from desk.parts.suggestions import Suggestions
from desk.parts.thread import Thread
from desk.seat import Seat
from desk.signing import LOGIN
from desk.wording import say

BEAT_SECONDS = 45.0


class Workbench:
    """One page of it."""

    def __init__(self, seat: Seat) -> None:
        self.seat, self.now = seat, ""
        self._wanted = ""
        self._meanwhile: list[Bubble] | None = None
        client = ui.context.client
        self._listener = Listener(seat.token, lambda news: self._told(client, news), lambda: _over(client))
        self._standing: dict[str, Any] = {}
        with ui.element("div").classes("bench"):
            self._queue = QueueList(seat, "", self.choose)
            with ui.element("section").classes("talk-pane") as self._pane:
                with ui.element("div").classes("talk-head"):
                    self._who = ui.label().classes("who")
                    self._owner = ui.label().classes("owner")
                    ui.space()
                    self._ending = Ending(seat, lambda: self.now, self._reread)
                self._thread = Thread()
                self._composer = Composer(seat, lambda: self.now, self.refresh, self._noted)
                self._suggestions = Suggestions(seat, self._composer)
            with ui.element("section").classes("talk-pane empty") as self._empty:
                ui.icon("forum")
                ui.label(say("talks.choose")).classes("title")
                ui.label(say("talks.choose_more")).classes("hint")
            self._aside = Aside(seat, self._composer.put)
        self._pane.set_visibility(False)
        self._may_write = seat.may(Right.WRITE_CONVERSATIONS)

    async def choose(self, conversation_id: str) -> None:
        """Show another conversation; of several asked for at once, the last."""
        # Listened to before it is read: what is said in between is in one of the two, or in both.
        self._wanted, self._meanwhile = conversation_id, []
        meanwhile = self._meanwhile
        self._listener.opened = {self.now, conversation_id}
        talk = await self.seat.do(open_talk, conversation_id)
        if self._meanwhile is not meanwhile:
            return
        self._meanwhile = None
        if talk is None:
            self._wanted, self._listener.opened = self.now, {self.now}
            return
        if conversation_id != self.now:
            self._composer.switch(self.now, conversation_id)
        self.now = conversation_id
        self._listener.opened = {conversation_id}
        self._pane.set_visibility(True)
        self._empty.set_visibility(False)
        self._thread.show(talk["thread"])
        self._thread.add(meanwhile)
        self._aside.show(talk)
        self._stand(talk)
        self._queue.point_at(conversation_id)
        ui.run_javascript(f"history.replaceState(null, '', '/talks/{conversation_id}')")
        self._suggestions.about(conversation_id)

    async def refresh(self) -> None:
        """Who has it may have changed."""
        if self.now:
            standing = await self.seat.do(talk_standing, self.now)
            if standing is not None:
                self._stand(standing)

    async def _reread(self) -> None:
        """It was given back or on: facts may have been put right with that. The dialog that says so is gone by now,
        and what is drawn next belongs to the page."""
        with self._pane:
            await self.choose(self.now)

    def listen(self) -> None:
        """Take news from now on, until the page is closed. Before anything is awaited: the list shows what the feed
        knew when it was drawn."""
        ui.context.client.on_delete(self.seat.feed.listen(self._listener))
        ui.run_javascript(f"deskCame({self._queue.newest()})")
        if self._may_write:
            ui.timer(BEAT_SECONDS, self._beat)

    def _told(self, client: Client, news: News) -> None:
        with client:
            if news.rows or news.gone:
                if self._queue.take_news(news):
                    ui.run_javascript(f"deskBell({self._queue.newest()})")
                if self.now in news.rows or self.now in news.gone:
                    ui.timer(0.01, self.refresh, once=True)
            if self._meanwhile is not None:
                self._meanwhile += news.said.get(self._wanted, [])
            said = news.said.get(self.now)
            if said:
                self._thread.add(said)
                if any(each["from"] == "customer" for each in said) and self._standing.get("mine"):
                    self._suggestions.about(self.now)

    def _noted(self, note: Bubble) -> None:
        self._thread.add([note])

    def _stand(self, standing: dict[str, Any]) -> None:
        self._standing = standing
        who = f"{standing['who']} · {standing['channel']}"
        self._who.text = f"{who} · {standing['reason']}" if standing["reason"] else who
        if standing["mine"]:
            owner, tone = say("talks.own"), "mine"
        elif standing["owner"]:
            owner, tone = say("talks.owner", name=standing["owner"]), "other"
        else:
            owner, tone = say(f"talks.by_{'queue' if standing['waiting'] else 'bot'}"), standing["mode"]
        self._owner.text = owner
        self._owner.classes(replace=f"owner {tone}")
        self._ending.stand(standing)
        self._composer.enabled(self._may_write and (not standing["owner"] or standing["mine"]))

    async def _beat(self) -> None:
        await self.seat.do(beat)


def _over(client: Client) -> None:
    with client:
        ui.navigate.to(LOGIN)
