"""Somebody at an open page: who they are, and the way from a page's handlers to the operations of the core."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, TypeVar

from fastapi import Request
from nicegui import ui
from sqlalchemy.exc import DBAPIError
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from claims.errors import BadInput, ClaimsError, NotEntitled, NotFound, OwnedByOther, StepNotAllowed
from claims.handover import presence
from claims.lifecycle import STATE_NAMES
from claims.staff import RIGHTS, Right
from claims.vocabulary import ClaimState, Role
from desk.access import Desk
from desk.door import Operation, SignedOut, operation, perform
from desk.live import Feed
from desk.problems import Refused
from desk.sessions import token_of
from desk.signing import LOGIN
from desk.wording import say, step_name
from lipei.settings import Settings

logger = logging.getLogger(__name__)
P = ParamSpec("P")
R = TypeVar("R")

PAGES: dict[str, Right | None] = {}
"""Every page and the right it needs (None: whoever is signed in). The test of who may do what walks it."""
BUILDING_SECONDS = 20.0


@operation(None)
def who_am_i(desk: Desk) -> tuple[str, str, str, Role, str]:
    """Id, login, name, role, and whether one takes conversations: online, away or offline."""
    account = desk.account
    return account.id, account.login, account.name, account.role, presence.of(desk.session, account)


@dataclass(frozen=True, slots=True)
class Seat:
    """One open page of one signed-in account."""

    settings: Settings
    feed: Feed
    token: str
    id: str
    login: str
    name: str
    role: Role
    presence: str

    def may(self, right: Right) -> bool:
        """Whether the role carries the right: for what is shown. Each operation asks again."""
        return right in RIGHTS[self.role]

    async def do(self, asked: Operation[P, R], *args: P.args, **values: P.kwargs) -> R | None:
        """Do it in a thread. None after having told the person why not."""
        try:
            return await asyncio.to_thread(perform, self.settings, self.token, asked, *args, **values)
        except SignedOut:
            ui.notify(say("refusals.signed_out"), type="warning")
            ui.navigate.to(LOGIN)
        except (Refused, ClaimsError, DBAPIError) as error:
            ui.notify(sentence_of(error), type="negative", position="top")
        return None


def sentence_of(error: Exception) -> str:
    """Why something was not done, for the person who asked."""
    match error:
        case Refused():
            return say(f"refusals.{error.code}", **error.values)
        case NotEntitled():
            return say("refusals.not_entitled")
        case NotFound():
            return say("refusals.not_found")
        case OwnedByOther():
            return say("refusals.owned_by_other", owner=error.owner or say("refusals.someone"))
        case StepNotAllowed() if error.allowed:
            allowed = "、".join(STATE_NAMES[ClaimState(step)] for step in error.allowed)
            states = {"state": STATE_NAMES[ClaimState(error.state)], "to": STATE_NAMES[ClaimState(error.to)]}
            return say("refusals.step_not_allowed", **states, allowed=allowed)
        case StepNotAllowed():
            return say("refusals.final_state", state=step_name(ClaimState(error.state)))
        case BadInput():
            return say("refusals.check_input")
        case DBAPIError():
            logger.error("the database failed for a page: %s", type(error).__name__)
            return say("refusals.database_down")
    return say("refusals.server_error")


Build = Callable[..., Awaitable[None]]


def desk_page(path: str, right: Right | None, title: str) -> Callable[[Build], Build]:
    """Register a page: build(seat, **path parameters) is called for whoever is signed in and has the right."""

    def registered(build: Build) -> Build:
        PAGES[path] = right

        async def opened(request: Request) -> Response | None:
            seat = await enter(request, right)
            if isinstance(seat, Response):
                return seat
            values: dict[str, Any] = dict(request.path_params)
            await build(seat, **values)
            return None

        ui.page(path, title=f"{title} · {say('login.product')}", response_timeout=BUILDING_SECONDS)(opened)
        return build

    return registered


async def enter(request: Request, right: Right | None) -> Seat | Response:
    """The seat of whoever asks for a page, or the answer that says why there is none."""
    settings, token = request.app.state.settings, token_of(request)
    if token is None:
        return RedirectResponse(LOGIN, 303)
    try:
        me = await asyncio.to_thread(perform, settings, token, who_am_i)
    except SignedOut:
        return RedirectResponse(LOGIN, 303)
    seat = Seat(settings, request.app.state.feed, token, *me)
    if right is not None and not seat.may(right):
        return PlainTextResponse(say("refusals.not_entitled"), 403)
    return seat
