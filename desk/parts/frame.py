"""What every page has around it: where one can go, the search, whether one takes conversations, and the way out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

from claims.staff import Right
from desk import sessions
from desk.operations.me import announce
from desk.parts import search
from desk.parts.password import password_dialog
from desk.seat import Seat
from desk.signing import LOGOUT
from desk.wording import named, say, words

PLACES: tuple[tuple[str, str, str, Right], ...] = (
    ("talks", "/talks", "forum", Right.READ_CONVERSATIONS),
    ("cases", "/cases", "folder_open", Right.READ_CLAIMS),
    ("clocks", "/clocks", "timer", Right.READ_CLAIMS),
    ("renewals", "/renewals", "autorenew", Right.SEE_TO_RENEWALS),
    ("complaints", "/complaints", "campaign", Right.ANSWER_COMPLAINTS),
    ("tickets", "/tickets", "confirmation_number", Right.READ_CONVERSATIONS),
    ("campaigns", "/campaigns", "tips_and_updates", Right.DRAFT_CAMPAIGNS),
    ("board", "/board", "dashboard", Right.SUPERVISE),
    ("reports", "/reports", "bar_chart", Right.READ_REPORTS),
    ("quality", "/quality", "fact_check", Right.SUPERVISE),
    ("accounts", "/accounts", "group", Right.MANAGE_STAFF),
    ("audit", "/audit", "policy", Right.READ_AUDIT),
)


@contextmanager
def frame(seat: Seat, here: str) -> Iterator[None]:
    """The page's head; what is built inside stands below it. here: the name of the place."""
    ui.add_head_html(
        '<link rel="stylesheet" href="/desk-static/desk.css"><script src="/desk-static/desk.js" defer></script>'
    )
    ui.colors(
        primary="#1f5f7a",
        secondary="#5b7c8d",
        accent="#b4682a",
        positive="#2f7d5b",
        negative="#a8322a",
        warning="#b4682a",
    )
    with ui.element("header").classes("desk-head"):
        ui.link("理", "/").classes("desk-mark")
        with ui.element("nav"):
            for name, path, icon, right in PLACES:
                if seat.may(right):
                    with ui.link(target=path).classes("place" + (" here" if name == here else "")):
                        ui.icon(icon)
                        ui.label(say(f"nav.{name}"))
        ui.space()
        if seat.may(Right.SEARCH):
            search.box(seat)
        if seat.may(Right.WRITE_CONVERSATIONS):
            _presence(seat)
        _person(seat)
    with ui.element("main").classes(f"desk-main at-{here}"):
        yield


def _presence(seat: Seat) -> None:
    async def chosen() -> None:
        await seat.do(announce, str(toggle.value))

    choices = {name: word for name, word in words("presences").items() if name != "offline"}
    now = seat.presence if seat.presence in choices else "away"
    toggle = ui.toggle(choices, value=now, on_change=chosen).classes("presence")
    toggle.props("dense no-caps unelevated toggle-color=positive")


def _person(seat: Seat) -> None:
    dialog = password_dialog(seat)
    button = ui.button(seat.name, icon="account_circle").props("flat no-caps dense text-color=white")
    with button.classes("person"), ui.menu():
        ui.item(f"{seat.login} · {named('roles', seat.role.value)}").props("disable")
        ui.separator()
        ui.menu_item(say("nav.sound_toggle"), lambda: ui.run_javascript("deskSound()"))
        ui.menu_item(say("nav.change_password"), dialog.open)
        ui.menu_item(say("nav.leave"), lambda: ui.run_javascript("document.getElementById('leave').submit()"))
    form = sessions.form_token(seat.token)
    ui.html(
        f'<form id="leave" method="post" action="{LOGOUT}"><input type="hidden" name="form" value="{form}"></form>',
        sanitize=False,
    ).style("display:none")
