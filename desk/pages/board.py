"""The supervisors' live board: figures, who waits, who has what, who is there; callbacks that were promised."""

from __future__ import annotations

from html import escape
from typing import Any

from nicegui import ui

from claims.staff import Right
from desk.operations.board import board as read_board
from desk.operations.board import list_callbacks, settle_callback
from desk.operations.talks import assign_talk
from desk.parts import markup
from desk.parts.cardlist import assign
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import named, say

EVERY_SECONDS = 5.0


@desk_page("/board", Right.SUPERVISE, say("nav.board"))
async def board(seat: Seat) -> None:
    """Drawn anew every few seconds, where something changed."""
    with frame(seat, "board"), ui.element("div").classes("sheet board"):
        tiles = ui.html("", sanitize=False).classes("tiles")
        with ui.element("div").classes("two"):
            with ui.element("section").classes("panel"):
                ui.label(say("board.queue")).classes("title")
                queue = ui.element("div").classes("lines")
            with ui.element("section").classes("panel"):
                ui.label(say("board.people")).classes("title")
                people = ui.html("", sanitize=False)
                ui.label(say("board.reasons")).classes("title")
                reasons = ui.html("", sanitize=False)
                ui.label(say("talks.callbacks")).classes("title")
                callbacks = ui.element("div").classes("stack")
        drawn: dict[str, str] = {}

        async def draw() -> None:
            now = await seat.do(read_board)
            if now is None:
                return
            tiles.content = "".join(_tile(*tile) for tile in now["tiles"])
            people.content = _people(now["people"])
            reasons.content = markup.facts([(name, str(count)) for name, count in now["reasons"]])
            lines = [*now["waiting"], *now["held"]]
            if (content := str(lines)) != drawn.get("queue"):
                drawn["queue"] = content
                queue.clear()
                with queue:
                    for row in lines:
                        _row(seat, row, draw)
                    if not lines:
                        ui.label(say("board.calm")).classes("hint")

        await draw()
        await _callbacks(seat, callbacks)
        ui.timer(EVERY_SECONDS, draw)


def _tile(name: str, value: str, tone: str) -> str:
    return f"<div class='tile {tone}'><b>{escape(value)}</b><span>{escape(say(f'board.{name}'))}</span></div>"


def _people(people: list[dict[str, Any]]) -> str:
    rows = "".join(
        f"<tr><td><i class='dot {escape(p['presence'])}'></i>{escape(p['name'])}</td><td>{escape(p['role'])}</td>"
        f"<td>{escape(named('presences', p['presence']))}</td><td>{p['load']}</td><td>{p['handled']}</td></tr>"
        for p in people
    )
    heads = "".join(f"<th>{escape(say(f'board.{h}'))}</th>" for h in ("name", "role", "presence", "load", "handled"))
    return f"<table class='plain'><tr>{heads}</tr>{rows}</table>"


def _row(seat: Seat, row: dict[str, Any], done: Any) -> None:
    with ui.element("div").classes("boarded"):
        ui.html(markup.line(row, chosen=False, me=""), sanitize=False).classes("grow").on(
            "click", lambda: ui.navigate.to(f"/talks/{row['id']}")
        )
        ui.label(row.get("owner") or say("board.nobody")).classes("hint")
        ui.button(icon="person_add", on_click=lambda: assign(seat, assign_talk, row["id"], done)).props(
            "flat dense round"
        ).tooltip(say("talks.assign"))


async def _callbacks(seat: Seat, box: ui.element) -> None:
    async def settle(callback_id: str, state: str) -> None:
        if await seat.do(settle_callback, callback_id, state):
            await _callbacks(seat, box)

    found = await seat.do(list_callbacks) or []
    box.clear()
    with box:
        for each in found:
            with ui.element("div").classes("callback" + (" late" if each["late"] else "")):
                ui.label(each["phone"] or "–").classes("mono")
                ui.label(each["due"] or say("talks.no_time")).classes("hint")
                ui.link(say("case.talk"), f"/talks/{each['conversation_id']}")
                for state, word in (("done", "called"), ("not_reached", "not_reached")):
                    ui.button(say(f"talks.{word}"), on_click=lambda i=each["id"], s=state: settle(i, s)).props(
                        "flat dense no-caps"
                    )
        if not found:
            ui.label("–").classes("hint")
