"""What stands beside a conversation: claims and customer, and ready replies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nicegui import ui

from desk.cards import Card
from desk.operations.replies import common, drop_reply, keep_reply, own_replies
from desk.parts import markup
from desk.parts.claim import brief
from desk.seat import Seat
from desk.wording import say


class Aside:
    """put: called with a ready reply that was clicked."""

    def __init__(self, seat: Seat, put: Callable[[str], None]) -> None:
        self.seat, self._put = seat, put
        with ui.element("aside").classes("beside"):
            with ui.tabs().props("dense no-caps align=justify") as tabs:
                for name in ("claim", "customer", "replies"):
                    ui.tab(name, say(f"talks.tab_{name}"))
            with ui.tab_panels(tabs, value="claim").classes("panels").props("keep-alive"):
                with ui.tab_panel("claim"):
                    self._claim = ui.element("div").classes("stack")
                with ui.tab_panel("customer"):
                    self._customer = ui.element("div").classes("stack")
                with ui.tab_panel("replies"):
                    self._replies = ui.element("div").classes("stack")
        with self._replies:
            self._mine = ui.element("div").classes("stack")
        self._ready()

    def show(self, talk: dict[str, Any]) -> None:
        """The claims and the customer of a conversation."""
        self._claim.clear()
        with self._claim:
            if talk["summary"]:
                with ui.element("div").classes("summary"):
                    ui.label(say("talks.summary")).classes("label")
                    ui.label(talk["summary"])
            if talk["draft"]:
                ui.label(say("talks.draft")).classes("label")
                ui.html(markup.facts(talk["draft"]), sanitize=False).classes("draft")
            for number, claim in enumerate(talk["claims"]):
                brief(claim, unfolded=number == 0)
            if not talk["claims"]:
                ui.label(say("talks.no_claims")).classes("hint")
        self._customer.clear()
        with self._customer:
            _customer(talk["customer"], talk["policies"])

    def _ready(self) -> None:
        with self._replies:
            for group, replies in common().items():
                ui.label(group).classes("label")
                for reply in replies:
                    self._reply(reply["title"], reply["text"])
        ui.timer(0.1, self._load_own, once=True)

    async def _load_own(self) -> None:
        own = await self.seat.do(own_replies) or []
        self._mine.clear()
        with self._mine:
            with ui.row().classes("between"):
                ui.label(say("talks.own_replies")).classes("label")
                ui.button(icon="add", on_click=self._keep).props("flat dense round size=sm").tooltip(
                    say("talks.keep_reply")
                )
            for reply in own:
                self._reply(reply["title"], reply["text"], reply["id"])

    def _reply(self, title: str, text: str, own_id: str = "") -> None:
        with ui.element("button").classes("reply").on("click", lambda: self._put(text)):
            ui.label(title).classes("name")
            ui.label(text).classes("text")
            if own_id:
                ui.button(icon="delete_outline").props("flat dense round size=sm").classes("drop").on(
                    "click.stop", lambda: self._drop(own_id)
                )

    async def _drop(self, own_id: str) -> None:
        if await self.seat.do(drop_reply, own_id):
            await self._load_own()

    async def _keep(self) -> None:
        with ui.dialog() as dialog, ui.card().classes("ask"):
            ui.label(say("talks.keep_reply")).classes("title")
            title = ui.input(say("talks.reply_title")).props("outlined dense maxlength=40").classes("wide")
            text = ui.textarea(say("talks.reply_text")).props("outlined dense maxlength=1000").classes("wide")
            with ui.row().classes("end"):
                ui.button(say("do.cancel"), on_click=lambda: dialog.submit(False)).props("flat no-caps")
                ui.button(say("do.save"), on_click=lambda: dialog.submit(True)).props("unelevated no-caps")
        if await dialog and await self.seat.do(keep_reply, title.value or "", text.value or ""):
            await self._load_own()
        dialog.delete()


def _customer(customer: Card | None, policies: list[Card]) -> None:
    if customer is None:
        ui.label(say("talks.unproven")).classes("label")
        ui.label(say("talks.unproven_hint")).classes("hint")
        return
    pairs = [(say(f"search.{name}"), customer[name]) for name in ("name", "phone", "id_card", "city")]
    ui.html(markup.facts([pair for pair in pairs if pair[1]]), sanitize=False)
    for policy in policies:
        with ui.element("div").classes("policy" + ("" if policy["in_force"] else " over")):
            ui.label(policy["product"]).classes("name")
            ui.label(policy["number"]).classes("mono")
            ui.label(policy["insured"])
            ui.label(f"{policy['from']} – {policy['until']}").classes("hint")
