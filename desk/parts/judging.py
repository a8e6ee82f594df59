"""Judging materials: accepted, or rejected with the reason that the customer will read."""

from __future__ import annotations

from collections.abc import Callable

from nicegui import ui

from claims.staff import Right
from desk.cards import Card
from desk.operations.cases import judge_material
from desk.parts.claim import material_line
from desk.seat import Seat
from desk.wording import say, words


class Judging:
    """changed: called with the claim as it is after a verdict."""

    def __init__(self, seat: Seat, changed: Callable[[Card], None]) -> None:
        self.seat, self._changed = seat, changed

    def draw(self, claim: Card) -> None:
        """The checklist, with the buttons of whoever may judge."""
        for item in claim["materials"]:
            with ui.element("div").classes("judged"):
                material_line(item)
                if self.seat.may(Right.REVIEW_MATERIALS):
                    with ui.element("div").classes("verdicts"):
                        self._buttons(claim["number"], item)

    def _buttons(self, number: str, item: Card) -> None:
        kind, state = item["kind"], item["state"]
        if state == "missing":
            ui.button(say("case.on_paper"), on_click=lambda: self._judge(number, kind, "received")).props(
                "flat no-caps dense"
            )
        if state in ("received", "rejected"):
            ui.button(say("case.accept"), icon="check", on_click=lambda: self._judge(number, kind, "accepted")).props(
                "flat no-caps dense color=positive"
            )
        if state in ("received", "accepted"):
            ui.button(say("case.reject"), icon="close", on_click=lambda: self._ask(number, item)).props(
                "flat no-caps dense color=negative"
            )

    def _ask(self, number: str, item: Card) -> None:
        with ui.dialog() as dialog, ui.card().classes("ask"):
            ui.label(say("case.reject_title", name=item["name"])).classes("title")
            reason = ui.textarea(say("case.reject_reason")).props("outlined dense").classes("wide")
            with ui.element("div").classes("chips"):
                for ready in words("reject_reasons").values():
                    ui.chip(ready, on_click=lambda ready=ready: reason.set_value(ready)).props("outline clickable")

            async def reject() -> None:
                if await self._judge(number, item["kind"], "rejected", reason.value or ""):
                    dialog.close()

            with ui.row().classes("end"):
                ui.button(say("do.cancel"), on_click=dialog.close).props("flat no-caps")
                ui.button(say("case.reject"), on_click=reject).props("unelevated no-caps color=negative")
        dialog.open()

    async def _judge(self, number: str, kind: str, verdict: str, reason: str = "") -> bool:
        judged = await self.seat.do(judge_material, number, kind, verdict, reason)
        if judged is not None:
            self._changed(judged)
        return judged is not None
