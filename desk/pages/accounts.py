"""Accounts of staff, for administrators."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from claims.staff import Right
from desk.operations.accounts import add_account, give_role, list_accounts, reset_password, switch_account
from desk.parts.frame import frame
from desk.seat import Seat, desk_page
from desk.wording import say, words


@desk_page("/accounts", Right.MANAGE_STAFF, say("nav.accounts"))
async def accounts(seat: Seat) -> None:
    """One line an account, and a form for a new one."""
    with frame(seat, "accounts"), ui.element("div").classes("sheet"):
        with ui.element("div").classes("bar"):
            ui.label(say("nav.accounts")).classes("title")
            ui.space()
            ui.button(say("account.add"), icon="person_add", on_click=lambda: _add(seat, draw)).props(
                "unelevated no-caps"
            )
        box = ui.element("div").classes("grid accounts")

        async def draw() -> None:
            found = await seat.do(list_accounts)
            box.clear()
            with box:
                for each in found or []:
                    _line(seat, each, draw)

        await draw()


def _line(seat: Seat, each: dict[str, Any], done: Any) -> None:
    async def role(event: Any) -> None:
        await seat.do(give_role, each["login"], event.value)
        await done()

    async def switch() -> None:
        await seat.do(switch_account, each["login"], not each["active"])
        await done()

    async def reset() -> None:
        made_up = await seat.do(reset_password, each["login"])
        if made_up:
            _show(each["login"], made_up)
            await done()

    with ui.element("div").classes("entry" + ("" if each["active"] else " off")):
        ui.label(each["login"]).classes("mono")
        ui.label(each["name"]).classes("who")
        if each["own"]:
            ui.label(each["role_name"])
        else:
            ui.select(words("roles"), value=each["role"], on_change=role).props("dense borderless")
        state = say("account.on" if each["active"] else "account.off")
        ui.label(f"{state} · {each['password_at'] or say('account.no_password')}").classes("hint")
        with ui.element("div").classes("verdicts"):
            if not each["own"]:
                ui.button(say("account.reset"), on_click=reset).props("flat no-caps dense")
                word = say("account.disable" if each["active"] else "account.enable")
                ui.button(word, on_click=switch).props("flat no-caps dense color=negative")


def _add(seat: Seat, done: Any) -> None:
    with ui.dialog() as dialog, ui.card().classes("ask"):
        ui.label(say("account.add")).classes("title")
        login = ui.input(say("account.login")).props("outlined dense").classes("wide")
        name = ui.input(say("account.name")).props("outlined dense").classes("wide")
        role = ui.select(words("roles"), value="agent", label=say("account.role")).props("outlined dense")
        role.classes("wide")

        async def add() -> None:
            made_up = await seat.do(add_account, login.value or "", name.value or "", str(role.value))
            if made_up:
                dialog.close()
                _show(str(login.value), made_up)
                await done()

        with ui.row().classes("end"):
            ui.button(say("do.cancel"), on_click=dialog.close).props("flat no-caps")
            ui.button(say("do.add"), on_click=add).props("unelevated no-caps")
    dialog.open()


def _show(login: str, password: str) -> None:
    with ui.dialog() as dialog, ui.card().classes("ask"):
        ui.label(say("account.first_password", login=login)).classes("title")
        ui.label(password).classes("mono big")
        ui.label(say("account.once")).classes("hint")
        ui.button(say("do.close"), on_click=dialog.close).props("unelevated no-caps")
    dialog.open()
