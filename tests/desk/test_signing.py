"""Signing in and out by the forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from fastapi.testclient import TestClient

from claims import logins
from claims.database import unit_of_work
from desk import sessions
from desk.app import create_app
from desk.gate import Gate
from desk.signing import router
from lipei.settings import Settings

PASSWORD = "a long enough password"
HERE = "http://testserver"


@pytest.fixture
def web(settings: Settings) -> Iterator[TestClient]:
    """The forms behind the gate, without the pages."""
    app = create_app(settings)
    app.include_router(router)
    app.add_middleware(Gate, settings=settings, page_owner=lambda client_id: None)
    with unit_of_work(settings.database_url) as unit:
        logins.set_password(unit.session, logins.find(unit.session, "agent01"), PASSWORD, "operator")
        unit.commit()
    with TestClient(app, follow_redirects=False) as client:
        yield client


def sign_in(web: TestClient, password: str = PASSWORD, origin: str | None = HERE) -> httpx.Response:
    form = re.search(r'name="form" value="([0-9a-f]+)"', web.get("/login").text)
    assert form is not None
    headers = {} if origin is None else {"Origin": origin}
    return web.post("/login", data={"login": "agent01", "password": password, "form": form[1]}, headers=headers)


def test_the_right_password_opens_a_session_in_a_cookie_no_script_can_read(web: TestClient) -> None:
    response = sign_in(web)
    assert (response.status_code, response.headers["location"]) == (303, "/")
    cookie = next(c for c in response.headers.get_list("set-cookie") if c.startswith(sessions.COOKIE))
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie and "Path=/" in cookie and "Secure" not in cookie
    assert web.get("/login").headers["location"] == "/"


def test_over_https_the_cookie_never_leaves_it(web: TestClient) -> None:
    web.base_url = "https://testserver"
    cookie = next(c for c in sign_in(web, origin="https://testserver").headers.get_list("set-cookie") if "lpd_" in c)
    assert "Secure" in cookie


def test_a_wrong_password_and_an_unknown_account_are_told_alike(web: TestClient) -> None:
    wrong = sign_in(web, "not it")
    form = re.search(r'name="form" value="([0-9a-f]+)"', wrong.text)
    assert form is not None
    data = {"login": "nobody", "password": PASSWORD, "form": form[1]}
    unknown = web.post("/login", data=data, headers={"Origin": HERE})
    assert wrong.status_code == unknown.status_code == 401
    assert "账号或密码不对" in wrong.text and "账号或密码不对" in unknown.text
    assert sessions.COOKIE not in web.cookies


def test_after_five_wrong_passwords_the_right_one_waits(web: TestClient) -> None:
    outcomes = [sign_in(web, "not it").status_code for _ in range(5)]
    assert outcomes == [401] * 4 + [429]
    locked = sign_in(web)
    assert locked.status_code == 429 and "分钟后再试" in locked.text


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://testserver.evil.example"])
def test_another_site_signs_nobody_in_or_out(web: TestClient, origin: str | None) -> None:
    assert sign_in(web, origin=origin).status_code == 403
    sign_in(web)
    form = {"form": sessions.form_token(web.cookies[sessions.COOKIE])}
    headers = {} if origin is None else {"Origin": origin}
    assert web.post("/logout", data=form, headers=headers).status_code == 403
    assert web.get("/login").headers["location"] == "/"


def test_a_form_made_for_somebody_else_does_nothing(web: TestClient) -> None:
    data = {"login": "agent01", "password": PASSWORD, "form": sessions.form_token("another")}
    web.get("/login")
    assert web.post("/login", data=data, headers={"Origin": HERE}).status_code == 403
    sign_in(web)
    answer = web.post("/logout", data={"form": sessions.form_token("another")}, headers={"Origin": HERE})
    assert answer.headers["location"] == "/"
    assert web.get("/login").headers["location"] == "/"


def test_signing_out_ends_the_session_on_the_server(web: TestClient, settings: Settings) -> None:
    sign_in(web)
    token = web.cookies[sessions.COOKIE]
    answer = web.post("/logout", data={"form": sessions.form_token(token)}, headers={"Origin": HERE})
    assert answer.headers["location"].startswith("/login")
    with unit_of_work(settings.database_url) as unit:
        assert logins.account_of(unit.session, token) is None
    assert "您已退出登录" in web.get(answer.headers["location"]).text


def test_signing_in_again_ends_the_session_before(web: TestClient, settings: Settings) -> None:
    sign_in(web)
    first = web.cookies[sessions.COOKIE]
    form_secret = sessions.new_form_secret()
    web.cookies.set(sessions.FORM_COOKIE, form_secret)
    data = {"login": "agent01", "password": PASSWORD, "form": sessions.form_token(form_secret)}
    assert web.post("/login", data=data, headers={"Origin": HERE}).status_code == 303
    with unit_of_work(settings.database_url) as unit:
        assert logins.account_of(unit.session, first) is None
