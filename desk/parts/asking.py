"""Dialogs: some fields and what is done with them, or one choice."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

from nicegui import ui

from desk.wording import say

Act = Callable[[], Awaitable[object]]


@contextmanager
def ask(title: str, act: Act, done: Act, *, word: str = "") -> Iterator[None]:
    """A dialog with the fields that are built inside. act: does it, and gives something false when it was refused, and
    then the dialog stays; done: called once it is closed; word: on the button."""
    with ui.dialog() as dialog, ui.card().classes("ask"):
        ui.label(title).classes("title")
        yield

        async def acted() -> None:
            if await act():
                dialog.close()
                await done()

        with ui.row().classes("end"):
            ui.button(say("do.cancel"), on_click=dialog.close).props("flat no-caps")
            ui.button(word or say("do.ok"), on_click=acted).props("unelevated no-caps")
    dialog.open()


async def choose(title: str, choices: dict[str, str]) -> str | None:
    """Which of these (value → what it is called); None when nothing was chosen."""
    with ui.dialog() as dialog, ui.card().classes("ask"):
        ui.label(title).classes("title")
        select = ui.select(choices, label=say("talks.to_whom")).props("outlined dense").classes("wide")
        with ui.row().classes("end"):
            ui.button(say("do.cancel"), on_click=lambda: dialog.submit(None)).props("flat no-caps")
            ui.button(say("do.ok"), on_click=lambda: dialog.submit(select.value)).props("unelevated no-caps")
    chosen = await dialog
    dialog.delete()
    return chosen if isinstance(chosen, str) else None
