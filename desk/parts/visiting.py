"""Visits to see the loss: booked, moved, reported, cancelled."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from nicegui import ui

from claims import clock
from claims.staff import Right
from desk.cards import Card
from desk.operations.visits import book_visit, cancel_visit, finish_visit, list_surveyors
from desk.seat import Seat
from desk.shown import DAY_AND_TIME
from desk.wording import named, say

VISITED = ("accepted", "inspection", "assessment", "disputed")


class Visiting:
    """changed: called with the claim as it is after a change."""

    def __init__(self, seat: Seat, changed: Callable[[Card], None]) -> None:
        self.seat, self._changed = seat, changed

    def draw(self, claim: Card) -> None:
        """The visits there are, and what can be done."""
        for visit in claim["visits"]:
            with ui.element("div").classes(f"visit {visit['state']}"):
                ui.label(f"{visit['at']} · {visit['surveyor']}").classes("name")
                ui.label(visit["place"])
                if visit["findings"]:
                    ui.label(visit["findings"]).classes("note")
                ui.label(named("visit_states", visit["state"])).classes("chip")
        if not claim["visits"]:
            ui.label(say("case.no_visits")).classes("hint")
        open_ = any(visit["open"] for visit in claim["visits"])
        with ui.element("div").classes("verdicts"):
            if self.seat.may(Right.BOOK_INSPECTIONS) and claim["state"] in VISITED:
                word = say("case.move_visit" if open_ else "case.book_visit")
                ui.button(word, icon="event", on_click=lambda: self._book(claim)).props("flat no-caps dense")
            if open_ and self.seat.may(Right.REPORT_INSPECTIONS):
                ui.button(say("case.report_visit"), icon="task_alt", on_click=lambda: self._report(claim)).props(
                    "flat no-caps dense"
                )
            if open_ and self.seat.may(Right.BOOK_INSPECTIONS):
                ui.button(say("case.cancel_visit"), on_click=lambda: self._cancel(claim)).props(
                    "flat no-caps dense color=negative"
                )

    async def _book(self, claim: Card) -> None:
        surveyors = await self.seat.do(list_surveyors) or {}
        proposed = (clock.local(clock.now()) + timedelta(days=1)).replace(hour=10, minute=0)
        place = dict(claim["facts"]).get(named("facts", "location"), "")
        with ui.dialog() as dialog, ui.card().classes("ask"):
            ui.label(say("case.book_visit")).classes("title")
            at = ui.input(say("case.visit_at"), value=proposed.strftime(DAY_AND_TIME)).props("outlined dense type=text")
            where = ui.input(say("case.visit_place"), value=place).props("outlined dense")
            who = ui.select(surveyors, label=say("case.surveyor"), value=next(iter(surveyors), None)).props(
                "outlined dense"
            )
            for field in (at, where, who):
                field.classes("wide")

            async def book() -> bool:
                done = await self.seat.do(
                    book_visit, claim["number"], at.value or "", where.value or "", who.value or ""
                )
                return self._took(done)

            _end(dialog, say("do.ok"), book)
        dialog.open()

    def _report(self, claim: Card) -> None:
        with ui.dialog() as dialog, ui.card().classes("ask"):
            ui.label(say("case.report_visit")).classes("title")
            findings = ui.textarea(say("case.findings")).props("outlined dense").classes("wide")

            async def report() -> bool:
                return self._took(await self.seat.do(finish_visit, claim["number"], findings.value or ""))

            _end(dialog, say("do.save"), report)
        dialog.open()

    async def _cancel(self, claim: Card) -> None:
        self._took(await self.seat.do(cancel_visit, claim["number"]))

    def _took(self, claim: Card | None) -> bool:
        if claim is not None:
            self._changed(claim)
        return claim is not None


def _end(dialog: ui.dialog, word: str, act: Callable[[], Awaitable[bool]]) -> None:
    async def acted() -> None:
        if await act():
            dialog.close()

    with ui.row().classes("end"):
        ui.button(say("do.cancel"), on_click=dialog.close).props("flat no-caps")
        ui.button(word, on_click=acted).props("unelevated no-caps")
