"""Signing in and out: plain forms, because a cookie that scripts cannot read is set by an answer only."""

from __future__ import annotations

import math
from html import escape
from pathlib import Path
from string import Template
from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from channels.serving.headers import page_policy
from claims import clock, logins
from claims.database import unit_of_work
from claims.logins import SignIn
from desk import sessions
from desk.wording import say, words

router = APIRouter(include_in_schema=False)
LOGIN, LOGOUT = "/login", "/logout"
_PAGE = Template((Path(__file__).parent / "static" / "login.html").read_text(encoding="utf-8"))


@router.get(LOGIN)
def show(request: Request, left: bool = False) -> Response:
    """The form. Whoever is signed in already goes on to their work."""
    token = sessions.token_of(request)
    if token is not None:
        with unit_of_work(request.app.state.settings.database_url, read_only=True) as unit:
            if logins.account_of(unit.session, token) is not None:
                return RedirectResponse("/", 303)
    return _form(request, say("login.left") if left else "")


@router.post(LOGIN)
def enter(
    request: Request,
    login: Annotated[str, Form(max_length=80)] = "",
    password: Annotated[str, Form(max_length=400)] = "",
    form: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Check the password and open a session; the same answer for an unknown account as for a wrong password."""
    if not sessions.form_holds(request.cookies.get(sessions.FORM_COOKIE), form):
        return _form(request, say("login.stale"), 403)
    with unit_of_work(request.app.state.settings.database_url) as unit:
        before = sessions.token_of(request)
        outcome = logins.sign_in(unit.session, login, password, request.client.host if request.client else "")
        if outcome.token is not None and before is not None:
            logins.sign_out(unit.session, before)
        unit.commit()
    if outcome.token is None:
        return _form(request, _why_not(outcome), 429 if outcome.locked_until else 401)
    answer = RedirectResponse("/", 303)
    sessions.remember(answer, outcome.token, secure=request.url.scheme == "https")
    answer.delete_cookie(sessions.FORM_COOKIE, path=LOGIN)
    return answer


@router.post(LOGOUT)
def leave(request: Request, form: Annotated[str, Form(max_length=100)] = "") -> Response:
    """End the session. A form that was not made for it ends nothing."""
    token = sessions.token_of(request)
    answer = RedirectResponse(f"{LOGIN}?left=1", 303)
    if token is None or not sessions.form_holds(token, form):
        return RedirectResponse("/", 303)
    with unit_of_work(request.app.state.settings.database_url) as unit:
        logins.sign_out(unit.session, token)
        unit.commit()
    sessions.forget(answer)
    return answer


def _why_not(outcome: SignIn) -> str:
    if outcome.locked_until is None:
        return say("login.wrong")
    left = (outcome.locked_until - clock.now()).total_seconds()
    return say("login.locked", minutes=max(1, math.ceil(left / 60)))


def _form(request: Request, message: str, status: int = 200) -> Response:
    secret = request.cookies.get(sessions.FORM_COOKIE) or sessions.new_form_secret()
    values = {**words("login"), "message": message, "form": sessions.form_token(secret)}
    page = _PAGE.substitute({name: escape(value) for name, value in values.items()})
    # With no referrer at all, browsers send "Origin: null" with the form, and the gate refuses it.
    headers = {"Content-Security-Policy": page_policy(), "Referrer-Policy": "same-origin"}
    answer = HTMLResponse(page, status, headers=headers)
    secure = request.url.scheme == "https"
    answer.set_cookie(sessions.FORM_COOKIE, secret, path=LOGIN, secure=secure, httponly=True, samesite="strict")
    return answer
