"""The list of claims, the most pressing clock first."""

from __future__ import annotations

from html import escape

from nicegui import ui

from claims.staff import Right
from claims.vocabulary import Role
from desk.cards import Card
from desk.operations.cases import list_cases
from desk.parts import markup
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say, words


@desk_page("/cases", Right.READ_CLAIMS, say("nav.cases"))
async def cases(seat: Seat) -> None:
    """Filters above, one line a claim below."""
    scopes = {name: say(f"case.scope_{name}") for name in ("open", "mine", "all")}
    if seat.role is not Role.SURVEYOR:
        del scopes["mine"]
    with frame(seat, "cases"), ui.element("div").classes("sheet"):
        with ui.element("div").classes("bar"):
            ui.label(say("nav.cases")).classes("title")
            scope = ui.toggle(scopes, value=next(iter(scopes))).props("dense no-caps unelevated")
            state = ui.select({"": say("case.any_state"), **words("states")}, value="").props("outlined dense")
        table = ui.element("div").classes("grid cases")

        async def draw() -> None:
            found = await seat.do(list_cases, scope.value, state.value)
            table.clear()
            with table:
                for claim in found or []:
                    with ui.link(target=f"/cases/{claim['number']}").classes(f"entry p-{claim['priority']}"):
                        ui.html(_line(claim), sanitize=False)
                if not found:
                    ui.label(say("case.none")).classes("hint")

        scope.on_value_change(draw)
        state.on_value_change(draw)
        await draw()


def _line(claim: Card) -> str:
    return (
        f"<span class='mono'>{escape(claim['number'])}</span>"
        f"<span class='who'>{escape(claim['who'])}</span>"
        f"<span>{escape(claim['line'])} · {escape(claim['cause'])}</span>"
        f"<span class='amount'>{escape(claim['amount'])}</span>"
        f"<span class='state s-{escape(claim['state'])}'>{escape(claim['state_name'])}</span>"
        f"{markup.clock(claim['clock'])}"
    )
