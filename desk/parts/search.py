"""The search in the head of each page, and what it found."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from desk.operations.lookup import search
from desk.parts import markup
from desk.seat import Seat
from desk.wording import say


def box(seat: Seat) -> None:
    """The field. What is typed never becomes part of an address: it is personal."""
    with ui.dialog() as dialog, ui.card().classes("found"):
        results = ui.column().classes("wide")

    async def look(event: Any) -> None:
        text = str(event.args or "").strip()
        if not text:
            return
        found = await seat.do(search, text)
        if found is not None:
            results.clear()
            with results:
                _show(found)
            dialog.open()

    field = ui.input(placeholder=say("nav.search")).props("dense outlined clearable").classes("search")
    with field.add_slot("prepend"):
        ui.icon("search")
    field.on("keydown.enter", look, js_handler="(e) => { if (!e.isComposing) emit(e.target.value) }")


def _show(found: dict[str, Any]) -> None:
    if not any(found.values()):
        ui.label(say("search.nothing")).classes("hint")
        ui.label(say("search.hint")).classes("hint")
    for customer in found["customers"]:
        pairs = [(say(f"search.{name}"), customer[name]) for name in ("name", "phone", "id_card", "city")]
        ui.html(markup.facts([pair for pair in pairs if pair[1]]), sanitize=False).classes("hit")
    if found["claims"]:
        ui.label(say("search.claims")).classes("title")
    for claim in found["claims"]:
        with ui.link(target=f"/cases/{claim['number']}").classes("hit go"):
            ui.label(claim["number"]).classes("mono")
            ui.label(f"{claim['line']} {claim['cause']}")
            ui.label(claim["state_name"]).classes("chip")
    if found["policies"]:
        ui.label(say("search.policies")).classes("title")
    for policy in found["policies"]:
        with ui.element("div").classes("hit"):
            ui.label(policy["number"]).classes("mono")
            ui.label(f"{policy['product']} {policy['insured']}")
            ui.label(f"{policy['from']} – {policy['until']}").classes("hint")
    if found["conversations"]:
        ui.label(say("search.conversations")).classes("title")
    for talk in found["conversations"]:
        with ui.link(target=f"/talks/{talk['id']}").classes("hit go"):
            ui.label(talk["channel"])
            ui.label(talk["mode"]).classes("chip")
            ui.label(talk["last"]).classes("hint")
