"""Service-level clocks: alerts that nobody has taken note of, and what ends when."""

from __future__ import annotations

from html import escape
from typing import Any

from nicegui import ui

from claims.staff import Right
from desk.operations.clocks import list_alerts, list_clocks, see_alert, tell_delay
from desk.parts.asking import ask
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say

EVERY_SECONDS = 30.0
COLUMNS = ("claim", "state", "name", "due", "left", "moved")


@desk_page("/clocks", Right.READ_CLAIMS, say("nav.clocks"))
async def clocks(seat: Seat) -> None:
    """Drawn anew every half minute."""
    with frame(seat, "clocks"), ui.element("div").classes("sheet"):
        with ui.element("section").classes("panel"):
            ui.label(say("clock.alerts")).classes("title")
            alerts = ui.element("div").classes("stack")
        with ui.element("div").classes("bar"):
            ui.label(say("clock.running")).classes("title")
            names = {name: say(f"clock.{name}") for name in ("all", "warning", "breached")}
            standing = ui.toggle(names, value="all").props("dense no-caps unelevated")
        table = ui.html("", sanitize=False).classes("panel")
        chosen = ui.element("div").classes("bar")

        async def draw() -> None:
            found = await seat.do(list_clocks, standing.value)
            if found is None:
                return
            table.content = _table(found)
            chosen.clear()
            movable = {f"{each['claim']} {each['name']}": each for each in found if each["movable"]}
            if movable and seat.may(Right.REVIEW_MATERIALS):
                with chosen:
                    which = ui.select(list(movable), label=say("clock.which")).props("outlined dense").classes("which")
                    ui.button(
                        say("clock.tell"), on_click=lambda: _delay(seat, movable.get(str(which.value)), draw)
                    ).props("unelevated no-caps")

        async def draw_alerts() -> None:
            found = await seat.do(list_alerts)
            alerts.clear()
            with alerts:
                for each in found or []:
                    _alert(seat, each, draw_alerts)
                if not found:
                    ui.label(say("clock.calm")).classes("hint")

        standing.on_value_change(draw)
        await draw_alerts()
        await draw()
        ui.timer(EVERY_SECONDS, draw_alerts)


def _alert(seat: Seat, each: dict[str, Any], done: Any) -> None:
    async def seen() -> None:
        if await seat.do(see_alert, each["id"]):
            await done()

    with ui.element("div").classes(f"between alert {each['kind']}"):
        ui.link(each["text"], f"/cases/{each['claim']}")
        ui.label(each["at"]).classes("soft")
        ui.button(say("clock.seen"), on_click=seen).props("flat no-caps dense")


def _table(found: list[dict[str, Any]]) -> str:
    heads = "".join(f"<th>{escape(say(f'clock.{name}'))}</th>" for name in COLUMNS)
    rows = "".join(
        f"<tr class='{each['standing']}'><td><a href='/cases/{escape(each['claim'])}'>{escape(each['claim'])}</a></td>"
        + "".join(f"<td>{escape(str(cell))}</td>" for cell in (each["state"], each["name"], each["due"], each["left"]))
        + f"<td>{escape(each['moved'])}</td></tr>"
        for each in found
    )
    return f"<table class='plain clocks'><tr>{heads}</tr>{rows}</table>"


def _delay(seat: Seat, each: dict[str, Any] | None, done: Any) -> None:
    if each is None:
        return

    async def act() -> bool | None:
        return await seat.do(tell_delay, each["claim"], each["clock"], reason.value or "", until.value or "")

    with ask(f"{say('clock.tell')} {each['claim']} {each['name']}", act, done):
        reason = ui.input(say("clock.reason")).props("outlined dense").classes("wide")
        until = ui.input(say("clock.until"), value=each["due"]).props("outlined dense").classes("wide")
