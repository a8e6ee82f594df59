"""Taking a claim to its next step, with what each step needs: an amount, or grounds that the customer will read."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from desk.cards import Card
from desk.operations.cases import move_case
from desk.seat import Seat
from desk.wording import named, say

WITH_AMOUNT = ("assessment", "approval", "offer")
AGAINST = ("rejected", "withdrawn")


class Moving:
    """changed: called with the claim as it is after a step."""

    def __init__(self, seat: Seat, changed: Callable[[Card], None]) -> None:
        self.seat, self._changed = seat, changed

    def draw(self, claim: Card) -> None:
        """One button a step that this role may take now."""
        if claim["offer_amount"]:
            ui.label(say("case.amount_now", amount=claim["offer_amount"])).classes("figure")
        if claim["grounds"]:
            ui.label(say("case.grounds_now", grounds=claim["grounds"])).classes("why")
        if not claim["steps"]:
            ui.label(say("case.no_steps")).classes("hint")
        for step in claim["steps"]:
            button = ui.button(named("steps", step), on_click=lambda step=step: self._ask(claim, step))
            look = "outline color=negative" if step in AGAINST else "unelevated"
            button.props(f"{look} no-caps").classes("wide")

    def _ask(self, claim: Card, step: str) -> None:
        with ui.dialog() as dialog, ui.card().classes("ask"):
            ui.label(named("steps", step)).classes("title")
            amount = ui.input(say("case.amount")).props("outlined dense suffix=元").classes("wide")
            amount.set_visibility(step in WITH_AMOUNT)
            grounds = ui.textarea(say("case.grounds")).props("outlined dense").classes("wide")
            grounds.set_visibility(step == "rejected")
            note = ui.textarea(say("case.note")).props("outlined dense autogrow").classes("wide")

            async def take() -> None:
                moved = await self.seat.do(
                    move_case,
                    claim["number"],
                    step,
                    note.value or "",
                    (amount.value or "") if step in WITH_AMOUNT else "",
                    grounds.value or "",
                )
                if moved is not None:
                    dialog.close()
                    ui.notify(say("case.moved", state=moved["state_name"]), type="positive", position="top")
                    self._changed(moved)

            with ui.row().classes("end"):
                ui.button(say("do.cancel"), on_click=dialog.close).props("flat no-caps")
                ui.button(say("do.ok"), on_click=take).props("unelevated no-caps")
        dialog.open()
