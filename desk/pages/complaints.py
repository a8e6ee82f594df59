"""Complaints: by when an answer is due, the answer, and the end."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from claims.staff import Right
from desk.operations.board import colleagues
from desk.operations.complaints import answer_complaint, assign_complaint, close_complaint, list_complaints
from desk.parts import markup
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say


@desk_page("/complaints", Right.ANSWER_COMPLAINTS, say("nav.complaints"))
async def complaints(seat: Seat) -> None:
    """One card a complaint, the earliest due first."""
    with frame(seat, "complaints"), ui.element("div").classes("sheet"):
        with ui.element("div").classes("bar"):
            ui.label(say("nav.complaints")).classes("title")
            scopes = {name: say(f"complaint.scope_{name}") for name in ("open", "mine", "all")}
            scope = ui.toggle(scopes, value="open").props("dense no-caps unelevated")
        box = ui.element("div").classes("stack")

        async def draw() -> None:
            found = await seat.do(list_complaints, scope.value)
            box.clear()
            with box:
                for each in found or []:
                    _card(seat, each, draw)
                if not found:
                    ui.label(say("complaint.none")).classes("hint")

        scope.on_value_change(draw)
        await draw()


def _card(seat: Seat, each: dict[str, Any], done: Any) -> None:
    with ui.element("section").classes("panel complaint" + (" late" if each["late"] else "")):
        with ui.element("div").classes("between"):
            ui.label(each["number"]).classes("mono")
            ui.label(each["state_name"]).classes(f"state s-{each['state']}")
        pairs = [(say(f"complaint.{name}"), each[name]) for name in ("who", "claim", "what", "wanted", "due", "owner")]
        pairs += [(say(f"complaint.{name}"), each[name]) for name in ("answer", "outcome")]
        ui.html(markup.facts([pair for pair in pairs if pair[1]]), sanitize=False)
        with ui.element("div").classes("verdicts"):
            ui.link(say("case.talk"), f"/talks/{each['conversation_id']}").classes("as-button")
            if each["state"] in ("open", "answered"):
                _button(say("complaint.reply"), lambda: _words(seat, each, "reply", answer_complaint, done))
            if each["state"] != "closed":
                _button(say("complaint.end"), lambda: _words(seat, each, "end", close_complaint, done))
                if seat.may(Right.SUPERVISE):
                    _button(say("talks.assign"), lambda: _assign(seat, each, done))


def _button(word: str, act: Any) -> None:
    ui.button(word, on_click=act).props("flat no-caps dense")


def _words(seat: Seat, each: dict[str, Any], name: str, asked: Any, done: Any) -> None:
    with ui.dialog() as dialog, ui.card().classes("ask"):
        ui.label(f"{say(f'complaint.{name}')} {each['number']}").classes("title")
        text = ui.textarea(say(f"complaint.{name}_text")).props("outlined dense").classes("wide")

        async def act() -> None:
            if await seat.do(asked, each["number"], text.value or ""):
                dialog.close()
                await done()

        with ui.row().classes("end"):
            ui.button(say("do.cancel"), on_click=dialog.close).props("flat no-caps")
            ui.button(say("do.ok"), on_click=act).props("unelevated no-caps")
    dialog.open()


async def _assign(seat: Seat, each: dict[str, Any], done: Any) -> None:
    with ui.dialog() as dialog, ui.card().classes("ask"):
        who = ui.select(await seat.do(colleagues) or {}, label=say("talks.to_whom")).props("outlined dense")
        who.classes("wide")
        ui.button(say("do.ok"), on_click=lambda: dialog.submit(who.value)).props("unelevated no-caps")
    chosen = await dialog
    dialog.delete()
    if chosen and await seat.do(assign_complaint, each["number"], str(chosen)):
        await done()
