"""The calls of the phone simulator: JSON for its page, in front of the real gateway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from standins.voice.line import Line
from standins.voice.routes import VoicePhones
from tests.channels.support import Server
from tests.channels.voice.conftest import ACCOUNT, CALLER, PUBLIC_URL, SID, TOKEN


@pytest.fixture
def page(line: Line) -> Iterator[httpx.Client]:
    """What the page asks."""
    server = Server(Starlette(routes=VoicePhones(ACCOUNT, line.gateway, PUBLIC_URL).routes())).start()
    with httpx.Client(base_url=server.url, trust_env=False, timeout=20) as client:
        yield client
    server.stop()


def do(page: httpx.Client, verb: str, value: str = "") -> dict[str, Any]:
    response = page.post(f"/api/voice/{CALLER}/{verb}", json={"value": value})
    assert response.status_code == 200
    return dict(response.json())


def test_a_call_by_the_page(page: httpx.Client) -> None:
    assert page.get(f"/api/voice/{CALLER}").json()["ended"]
    greeted = do(page, "start")
    assert "理赔热线" in greeted["heard"][0]
    assert "转人工" in greeted["listening"]["hints"]
    assert do(page, "say", "我要报案")["heard"][0].startswith("收到：我要报案")
    assert do(page, "press", "1")["heard"][0].startswith("收到")
    assert do(page, "silence")["heard"][0].startswith("没有听到")
    assert do(page, "hang_up")["ended"]
    assert page.post(f"/api/voice/{CALLER}/dance", json={}).status_code == 404


def place(page: httpx.Client) -> None:
    """What the gateway asks of Twilio."""
    form = {"To": CALLER, "From": ACCOUNT.number, "Url": f"{PUBLIC_URL}/channels/voice/twilio?step=outbound&key=none"}
    form["StatusCallback"] = f"{PUBLIC_URL}/channels/voice/twilio/status"
    placed = page.post(f"/2010-04-01/Accounts/{SID}/Calls.json", data=form, auth=(SID, TOKEN))
    assert placed.status_code == 201


def test_a_call_of_ours_rings_until_it_is_taken(page: httpx.Client) -> None:
    assert page.get("/api/voice").json() == {"ringing": []}
    place(page)
    assert page.get("/api/voice").json() == {"ringing": [CALLER]}
    assert page.get(f"/api/voice/{CALLER}").json()["ringing"]
    state = do(page, "take", "person")
    assert (state["ringing"], state["ended"]) == (False, False)
    assert page.get("/api/voice").json() == {"ringing": []}


def test_a_call_that_is_declined_rings_no_more(page: httpx.Client) -> None:
    place(page)
    state = do(page, "decline")
    assert (state["ringing"], state["ended"], state["heard"]) == (False, True, [])
    assert page.get("/api/voice").json() == {"ringing": []}
