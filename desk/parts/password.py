"""A new password for oneself."""

from __future__ import annotations

from nicegui import ui

from desk.operations.me import change_password
from desk.seat import Seat
from desk.wording import say


def password_dialog(seat: Seat) -> ui.dialog:
    """The dialog, closed."""
    with ui.dialog() as dialog, ui.card().classes("ask"):
        ui.label(say("nav.change_password")).classes("title")
        fields = [
            ui.input(say(f"password.{name}"), password=True).props("outlined dense autocomplete=off").classes("wide")
            for name in ("old", "new", "again")
        ]
        ui.label(say("password.hint")).classes("hint")

        async def change() -> None:
            old, new, again = (field.value or "" for field in fields)
            refusal = await seat.do(change_password, old, new, again)
            if refusal:
                ui.notify(say(f"refusals.{refusal}"), type="negative", position="top")
            elif refusal == "":
                ui.notify(say("password.done"), type="positive", position="top")
                dialog.close()
            for field in fields:
                field.value = ""

        with ui.row().classes("end"):
            ui.button(say("do.cancel"), on_click=dialog.close).props("flat no-caps")
            ui.button(say("do.save"), on_click=change).props("unelevated no-caps")
    return dialog
