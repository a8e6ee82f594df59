"""The audit trail: who did and read what, and whether the trail is whole."""

from __future__ import annotations

from html import escape
from typing import Any

from nicegui import ui

from claims.staff import Right
from desk.operations.accounts import read_audit, verify_audit
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say

COLUMNS = ("id", "at", "actor", "action", "subject", "detail")


@desk_page("/audit", Right.READ_AUDIT, say("nav.audit"))
async def audit(seat: Seat) -> None:
    """The newest first, a page at a time."""
    with frame(seat, "audit"), ui.element("div").classes("sheet"):
        with ui.element("div").classes("bar"):
            ui.label(say("nav.audit")).classes("title")
            actor = ui.input(say("audit.actor")).props("outlined dense clearable")
            subject = ui.input(say("audit.subject"), placeholder="claim:C…").props("outlined dense clearable")
            ui.button(say("do.refresh"), icon="search", on_click=lambda: draw()).props("flat no-caps")
            ui.space()
            whole = ui.label().classes("verdict")
            ui.button(say("audit.verify"), icon="verified", on_click=lambda: verify()).props("unelevated no-caps")
        table = ui.html("", sanitize=False).classes("panel")
        older = ui.button(say("audit.older"), on_click=lambda: draw(older_too=True)).props("flat no-caps")
        shown: list[dict[str, Any]] = []

        async def draw(*, older_too: bool = False) -> None:
            before = shown[-1]["id"] if older_too and shown else None
            found = await seat.do(read_audit, actor.value or "", subject.value or "", before)
            if found is None:
                return
            if not older_too:
                shown.clear()
            shown.extend(found)
            table.content = _table(shown)
            older.set_visibility(bool(found))

        async def verify() -> None:
            outcome = await seat.do(verify_audit)
            if outcome is not None:
                good = not outcome["broken"]
                whole.text = (
                    say("audit.whole", count=outcome["count"]) if good else say("audit.broken", why=outcome["broken"])
                )
                whole.classes(replace=f"verdict {'good' if good else 'bad'}")

        await draw()


def _table(entries: list[dict[str, Any]]) -> str:
    heads = "".join(f"<th>{escape(say(f'audit.{name}'))}</th>" for name in COLUMNS)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(str(entry[name]))}</td>" for name in COLUMNS) + "</tr>" for entry in entries
    )
    return f"<table class='plain audit'><tr>{heads}</tr>{rows}</table>"
