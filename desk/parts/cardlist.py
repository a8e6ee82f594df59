"""A page of cards: which of them to show, one card each, drawn anew after whatever was done with one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from nicegui import ui

from desk.door import Operation
from desk.operations.board import colleagues
from desk.parts import markup
from desk.parts.asking import choose
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say

Row = dict[str, Any]
Done = Callable[[], Awaitable[None]]


def cards_page(
    path: str,
    section: str,
    scopes: Sequence[str],
    listed: Operation[[str], list[Row]],
    draw_card: Callable[[Seat, Row, Done], None],
    *,
    bar: Callable[[Seat, Done], None] | None = None,
) -> None:
    """Register a page of what an operation lists, for whoever may use it. section: of wording.yml, with scope_… and
    none; the first of the scopes is shown at first; bar: draws more beside the title."""
    place = path.removeprefix("/")

    @desk_page(path, listed.right, say(f"nav.{place}"))
    async def page(seat: Seat) -> None:
        with frame(seat, place), ui.element("div").classes("sheet"):
            with ui.element("div").classes("bar"):
                ui.label(say(f"nav.{place}")).classes("title")
                names = {name: say(f"{section}.scope_{name}") for name in scopes}
                scope = ui.toggle(names, value=scopes[0]).props("dense no-caps unelevated")
                if bar is not None:
                    ui.space()
                    bar(seat, lambda: draw())
            box = ui.element("div").classes("stack")

            async def draw() -> None:
                found = await seat.do(listed, scope.value)
                box.clear()
                with box:
                    for row in found or []:
                        draw_card(seat, row, draw)
                    if not found:
                        ui.label(say(f"{section}.none")).classes("hint")

            scope.on_value_change(draw)
            await draw()


@contextmanager
def card(head: str, row: Row, section: str, shown: Sequence[str]) -> Iterator[None]:
    """One card: its name and state, those of the values that there are, and the buttons that are built inside."""
    with ui.element("section").classes("panel carded" + (" late" if row["late"] else "")):
        with ui.element("div").classes("between"):
            ui.label(head).classes("mono")
            ui.label(row["state_name"]).classes(f"state s-{row['state']}")
        pairs = [(say(f"{section}.{name}"), row[name]) for name in shown if row[name]]
        ui.html(markup.facts(pairs), sanitize=False)
        with ui.element("div").classes("verdicts"):
            yield


def talk_link(row: Row) -> None:
    """To the conversation, if there is one."""
    if row["conversation_id"]:
        ui.link(say("case.talk"), f"/talks/{row['conversation_id']}").classes("as-button")


def button(word: str, act: Callable[[], object]) -> None:
    """One of a card's buttons."""
    ui.button(word, on_click=act).props("flat no-caps dense")


async def assign(seat: Seat, asked: Operation[[str, str], bool], key: str, done: Done) -> None:
    """Give what has this key to a colleague."""
    chosen = await choose(say("talks.assign"), await seat.do(colleagues) or {})
    if chosen and await seat.do(asked, key, chosen):
        await done()
