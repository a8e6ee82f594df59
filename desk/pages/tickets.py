"""Tickets of callbacks: what a customer was not happy with, by when an answer is due, and the answer."""

from __future__ import annotations

from nicegui import ui

from claims.staff import Right
from desk.door import Operation
from desk.operations.tickets import (
    answer_ticket,
    assign_ticket,
    close_ticket,
    list_tickets,
    note_ticket,
    take_ticket,
)
from desk.parts.asking import ask
from desk.parts.cardlist import Done, Row, assign, button, card, cards_page, talk_link
from desk.seat import Seat
from desk.wording import say

SHOWN = ("who", "phone", "score", "said", "due", "owner", "notes", "answer", "solved")


def _card(seat: Seat, each: Row, done: Done) -> None:
    with card(each["claim"], each, "ticket", SHOWN):
        if each["claim"]:
            ui.link(say("talks.open_case"), f"/cases/{each['claim']}").classes("as-button")
        talk_link(each)
        if each["state"] == "closed" or not seat.may(Right.WRITE_CONVERSATIONS):
            return
        if not each["mine"]:
            button(say("ticket.take"), lambda: _do(seat, take_ticket, each, done))
        button(say("talks.assign"), lambda: assign(seat, assign_ticket, each["id"], done))
        button(say("ticket.note"), lambda: _words(seat, each, "note", note_ticket, done))
        button(say("ticket.reply"), lambda: _words(seat, each, "reply", answer_ticket, done))
        button(say("ticket.end"), lambda: _do(seat, close_ticket, each, done))


async def _do(seat: Seat, asked: Operation[[str], bool], each: Row, done: Done) -> None:
    if await seat.do(asked, each["id"]):
        await done()


def _words(seat: Seat, each: Row, name: str, asked: Operation[[str, str], bool], done: Done) -> None:
    async def act() -> bool | None:
        return await seat.do(asked, each["id"], text.value or "")

    with ask(f"{say(f'ticket.{name}')} {each['claim']}", act, done):
        text = ui.textarea(say(f"ticket.{name}_text")).props("outlined dense").classes("wide")


cards_page("/tickets", "ticket", ("open", "mine", "all"), list_tickets, _card)
