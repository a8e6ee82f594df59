"""Complaints: by when an answer is due, the answer, and the end. One card each, the earliest due first."""

from __future__ import annotations

from nicegui import ui

from claims.staff import Right
from desk.door import Operation
from desk.operations.complaints import answer_complaint, assign_complaint, close_complaint, list_complaints
from desk.parts.asking import ask
from desk.parts.cardlist import Done, Row, assign, button, card, cards_page, talk_link
from desk.seat import Seat
from desk.wording import say

SHOWN = ("who", "claim", "what", "wanted", "due", "owner", "answer", "outcome")


def _card(seat: Seat, each: Row, done: Done) -> None:
    with card(each["number"], each, "complaint", SHOWN):
        talk_link(each)
        if each["state"] in ("open", "answered"):
            button(say("complaint.reply"), lambda: _words(seat, each, "reply", answer_complaint, done))
        if each["state"] != "closed":
            button(say("complaint.end"), lambda: _words(seat, each, "end", close_complaint, done))
            if seat.may(Right.SUPERVISE):
                button(say("talks.assign"), lambda: assign(seat, assign_complaint, each["number"], done))


def _words(seat: Seat, each: Row, name: str, asked: Operation[[str, str], bool], done: Done) -> None:
    async def act() -> bool | None:
        return await seat.do(asked, each["number"], text.value or "")

    with ask(f"{say(f'complaint.{name}')} {each['number']}", act, done):
        text = ui.textarea(say(f"complaint.{name}_text")).props("outlined dense").classes("wide")


cards_page("/complaints", "complaint", ("open", "mine", "all"), list_complaints, _card)
