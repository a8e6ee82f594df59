"""Renewals: who wants the next term, who calls them, and what came of it."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from claims.staff import Right
from desk.operations.board import colleagues
from desk.operations.renewals import assign_renewal, list_renewals, settle_renewal
from desk.parts import markup
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say

SHOWN = ("who", "phone", "ends", "checked", "price", "due", "owner", "new_policy_no", "note")


@desk_page("/renewals", Right.SEE_TO_RENEWALS, say("nav.renewals"))
async def renewals(seat: Seat) -> None:
    """One card a renewal, what is promised first, first."""
    with frame(seat, "renewals"), ui.element("div").classes("sheet"):
        with ui.element("div").classes("bar"):
            ui.label(say("nav.renewals")).classes("title")
            scopes = {name: say(f"renewal.scope_{name}") for name in ("asked", "mine", "all")}
            scope = ui.toggle(scopes, value="asked").props("dense no-caps unelevated")
        box = ui.element("div").classes("stack")

        async def draw() -> None:
            found = await seat.do(list_renewals, scope.value)
            box.clear()
            with box:
                for each in found or []:
                    _card(seat, each, draw)
                if not found:
                    ui.label(say("renewal.none")).classes("hint")

        scope.on_value_change(draw)
        await draw()


def _card(seat: Seat, each: dict[str, Any], done: Any) -> None:
    with ui.element("section").classes("panel complaint" + (" late" if each["late"] else "")):
        with ui.element("div").classes("between"):
            ui.label(each["policy"]).classes("mono")
            ui.label(each["state_name"]).classes(f"state s-{each['state']}")
        pairs = [(say(f"renewal.{name}"), each[name]) for name in SHOWN if each[name]]
        ui.html(markup.facts(pairs), sanitize=False)
        with ui.element("div").classes("verdicts"):
            if each["conversation_id"]:
                ui.link(say("case.talk"), f"/talks/{each['conversation_id']}").classes("as-button")
            if each["state"] == "asked":
                _button(say("renewal.renewed"), lambda: _settle(seat, each, "renewed", done))
                _button(say("renewal.declined"), lambda: _settle(seat, each, "declined", done))
                if seat.may(Right.SUPERVISE):
                    _button(say("talks.assign"), lambda: _assign(seat, each, done))


def _button(word: str, act: Any) -> None:
    ui.button(word, on_click=act).props("flat no-caps dense")


def _settle(seat: Seat, each: dict[str, Any], state: str, done: Any) -> None:
    with ui.dialog() as dialog, ui.card().classes("ask"):
        ui.label(f"{say(f'renewal.{state}')} {each['policy']}").classes("title")
        number = ui.input(say("renewal.new_policy_no")).props("outlined dense").classes("wide")
        number.set_visibility(state == "renewed")
        note = ui.input(say("renewal.note")).props("outlined dense").classes("wide")

        async def act() -> None:
            if await seat.do(settle_renewal, each["id"], state, number.value or "", note.value or ""):
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
    if chosen and await seat.do(assign_renewal, each["id"], str(chosen)):
        await done()
