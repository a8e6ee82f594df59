"""The phone simulator in front of a real gateway: what its page reads and writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from lipei.settings import Settings
from standins.phone.app import STATIC, create_app
from standins.twilio.account import Account
from standins.twilio.messages import Messages
from tests.channels.conftest import Serve
from tests.channels.support import FakeEngine, Server, eventually

PUBLIC_URL = "https://lipei.example.com"
PATH = "/api/sms/%2B8613800138001"


@pytest.fixture
def messages() -> Messages:
    return Messages(Account(), gateway_url="http://127.0.0.1:9")


@pytest.fixture
def page(messages: Messages) -> Iterator[httpx.Client]:
    """The page's own client."""
    server = Server(create_app(messages, PUBLIC_URL)).start()
    with httpx.Client(base_url=server.url, headers={"X-Phone": "1"}, timeout=15, trust_env=False) as client:
        yield client
    server.stop()


@pytest.fixture
def connected(
    page: httpx.Client, messages: Messages, settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> httpx.Client:
    """The same, with a gateway whose Twilio is the simulator, as in `make demo`."""
    account = messages.account
    monkeypatch.setenv("LIPEI_TWILIO_ACCOUNT_SID", account.sid)
    monkeypatch.setenv("LIPEI_TWILIO_AUTH_TOKEN", account.token)
    monkeypatch.setenv("LIPEI_TWILIO_FROM", account.number)
    monkeypatch.setenv("LIPEI_TWILIO_API_BASE", str(page.base_url).rstrip("/"))
    messages.gateway_url = serve(settings.model_copy(update={"public_url": PUBLIC_URL})).url
    return page


def shown(page: httpx.Client, count: int) -> list[dict[str, Any]]:
    def read() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = page.get(PATH).json()["messages"]
        return found if len(found) >= count else []

    return list(eventually(read))


def test_a_text_is_answered_on_the_phone_and_delivered(connected: httpx.Client, engine: FakeEngine) -> None:
    answer = connected.post(PATH, data={"text": "我要报案", "times": "3"})
    assert answer.json() == {"status": 200}
    mine, theirs = shown(connected, 2)
    assert (mine["from"], mine["text"], mine["status"]) == ("me", "我要报案", 200)
    assert theirs["from"] == "them" and theirs["text"].startswith("收到：我要报案")
    eventually(lambda: shown(connected, 2)[1]["state"] == "delivered")
    assert engine.texts == ["我要报案"]
    people = connected.get("/api/people").json()["people"]
    assert [each["arrived"] for each in people] == [1, 0, 0, 0, 0, 0]


def test_a_phone_that_is_switched_off_reports_it(connected: httpx.Client) -> None:
    assert connected.put(f"{PATH}/fate", json={"fate": "30003"}).status_code == 200
    connected.post(PATH, data={"text": "我要报案"})
    eventually(lambda: shown(connected, 2)[1]["error"] == 30003)


def test_photos_can_be_sent(connected: httpx.Client, messages: Messages) -> None:
    connected.post(PATH, files={"file": ("现场.jpg", b"\xff\xd8\xff no photo", "image/jpeg")})
    assert shown(connected, 1)[0]["files"] == 1
    assert [mime for _, mime in messages.files.values()] == ["image/jpeg"]


def test_without_a_gateway_the_phone_says_so(page: httpx.Client) -> None:
    assert page.post(PATH, data={"text": "我要报案"}).json() == {"status": 0}
    assert shown(page, 1)[0]["status"] == 0


@pytest.mark.parametrize(
    ("path", "data", "status"),
    [
        (PATH, {"text": " "}, 422),
        (PATH, {"text": "好", "times": "99"}, 422),
        ("/api/sms/%2B8613911112222", {"text": "好"}, 422),
    ],
)
def test_what_the_page_would_not_send(page: httpx.Client, path: str, data: dict[str, str], status: int) -> None:
    assert page.post(path, data=data).status_code == status


def test_other_pages_in_the_same_browser_are_refused(page: httpx.Client) -> None:
    with httpx.Client(base_url=page.base_url, trust_env=False) as other:
        assert other.post(PATH, data={"text": "我要报案"}).status_code == 403
        assert other.get("/", headers={"Host": "evil.example.com"}).status_code == 400
    assert page.get(PATH).json() == {"messages": []}


def test_the_page_and_all_it_loads(page: httpx.Client) -> None:
    front = page.get("/")
    assert "手机模拟器" in front.text and "default-src 'self'" in front.headers["content-security-policy"]
    for file in STATIC.rglob("*.*"):
        assert page.get(f"/static/{file.relative_to(STATIC)}").status_code == 200
    assert page.get("/api/abilities").json() == {"sms": True, "voice": False}
