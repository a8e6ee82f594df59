"""One claim: its card, and the work on it."""

from __future__ import annotations

from nicegui import ui

from claims.staff import Right
from desk.cards import Card
from desk.operations.cases import open_case
from desk.parts import markup
from desk.parts.claim import clocks, policy, timeline
from desk.parts.frame import frame
from desk.parts.judging import Judging
from desk.parts.moving import Moving
from desk.parts.visiting import Visiting
from desk.seat import Seat, desk_page
from desk.wording import say


@desk_page("/cases/{number}", Right.READ_CLAIMS, say("nav.cases"))
async def case(seat: Seat, number: str) -> None:
    """Facts and policy left, materials and visits in the middle, steps and timeline right."""
    found = await seat.do(open_case, number)
    with frame(seat, "cases"):
        if found is None:
            ui.label(say("refusals.not_found")).classes("hint")
            return
        page = CasePage(seat, found)
    page.draw(found)


class CasePage:
    """The parts of the page, drawn anew after each change."""

    def __init__(self, seat: Seat, claim: Card) -> None:
        self.seat, self.number = seat, claim["number"]
        with ui.element("div").classes("case"):
            self._head = ui.element("div").classes("case-head")
            with ui.element("section").classes("stack"):
                self._facts = ui.element("div").classes("panel")
                self._policy = ui.element("div").classes("panel")
            with ui.element("section").classes("stack"):
                self._materials = ui.element("div").classes("panel")
                self._visits = ui.element("div").classes("panel")
            with ui.element("section").classes("stack"):
                self._steps = ui.element("div").classes("panel")
                self._clocks = ui.element("div").classes("panel")
                self._timeline = ui.element("div").classes("panel")
        self._moving = Moving(seat, self.draw)
        self._judging = Judging(seat, self.draw)
        self._visiting = Visiting(seat, self.draw)

    def draw(self, claim: Card) -> None:
        """Everything, as it is now."""
        for panel in (
            self._head,
            self._facts,
            self._policy,
            self._materials,
            self._visits,
            self._steps,
            self._clocks,
            self._timeline,
        ):
            panel.clear()
        with self._head:
            ui.label(claim["number"]).classes("mono big")
            ui.label(claim["state_name"]).classes(f"state s-{claim['state']}")
            ui.label(f"{claim['who']} · {claim['line']} · {claim['cause']} · {claim['tier']}").classes("sub")
            ui.space()
            ui.html(markup.clock(claim["clock"]), sanitize=False)
            if claim["conversation_id"] and self.seat.may(Right.READ_CONVERSATIONS):
                ui.link(say("case.talk"), f"/talks/{claim['conversation_id']}").classes("as-button")
        with self._facts:
            ui.label(say("case.facts")).classes("title")
            ui.html(markup.facts(claim["facts"]), sanitize=False)
        with self._policy:
            ui.label(say("case.policy")).classes("title")
            if claim["policy"]:
                policy(claim["policy"])
            else:
                ui.label(say("case.no_policy", said=claim["policy_said"] or "–")).classes("hint")
        with self._materials:
            ui.label(say("case.materials")).classes("title")
            self._judging.draw(claim)
        with self._visits:
            ui.label(say("case.visits")).classes("title")
            self._visiting.draw(claim)
        with self._steps:
            ui.label(say("case.steps")).classes("title")
            self._moving.draw(claim)
        with self._clocks:
            ui.label(say("case.clocks")).classes("title")
            clocks(claim["clocks"])
        with self._timeline:
            ui.label(say("case.timeline")).classes("title")
            timeline(claim["timeline"])
