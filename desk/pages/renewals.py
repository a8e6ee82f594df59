"""Renewals: who wants the next term, who calls them, and what came of it. What is promised first comes first."""

from __future__ import annotations

from nicegui import ui

from claims.staff import Right
from desk.operations.renewals import assign_renewal, list_renewals, settle_renewal
from desk.parts.asking import ask
from desk.parts.cardlist import Done, Row, assign, button, card, cards_page, talk_link
from desk.seat import Seat
from desk.wording import say

SHOWN = ("who", "phone", "ends", "checked", "price", "due", "owner", "new_policy_no", "note")


def _card(seat: Seat, each: Row, done: Done) -> None:
    with card(each["policy"], each, "renewal", SHOWN):
        talk_link(each)
        if each["state"] == "asked":
            button(say("renewal.renewed"), lambda: _settle(seat, each, "renewed", done))
            button(say("renewal.declined"), lambda: _settle(seat, each, "declined", done))
            if seat.may(Right.SUPERVISE):
                button(say("talks.assign"), lambda: assign(seat, assign_renewal, each["id"], done))


def _settle(seat: Seat, each: Row, state: str, done: Done) -> None:
    async def act() -> bool | None:
        return await seat.do(settle_renewal, each["id"], state, number.value or "", note.value or "")

    with ask(f"{say(f'renewal.{state}')} {each['policy']}", act, done):
        number = ui.input(say("renewal.new_policy_no")).props("outlined dense").classes("wide")
        number.set_visibility(state == "renewed")
        note = ui.input(say("renewal.note")).props("outlined dense").classes("wide")


cards_page("/renewals", "renewal", ("asked", "mine", "all"), list_renewals, _card)
