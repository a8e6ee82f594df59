"""Requests as WeChat's documents show them → what they say."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.base import Attached, DeliveryReport, Inbound, Kind, Malformed, Place
from channels.gateway.intake import OPENING
from channels.wechat import envelope, events
from channels.wechat.parse import parse

PAYLOADS = Path(__file__).with_name("payloads")
OPENID = "oAbCdEfGhIjKlMnOpQrStUvWxYz0"
MSG_ID = "24501234567890001"


def parsed(name: str) -> list[Inbound | DeliveryReport]:
    return parse(envelope.read((PAYLOADS / f"{name}.xml").read_bytes()))


def inbound(name: str) -> Inbound:
    (found,) = parsed(name)
    assert isinstance(found, Inbound)
    assert (found.channel, found.address) == ("wechat", OPENID)
    assert found.said_at == datetime.fromtimestamp(1795660800, UTC)
    return found


def test_a_text() -> None:
    text = inbound("text")
    assert (text.kind, text.provider_id) == (Kind.TEXT, MSG_ID)
    assert text.text == "昨天下午我的车被追尾了，我要报案 😀"


def test_a_photo_lies_with_wechat() -> None:
    photo = inbound("image")
    assert (photo.kind, photo.attached) == (Kind.ATTACHMENT, Attached(reference="media-image-1"))


def test_voice_that_wechat_heard_is_its_text() -> None:
    voice = inbound("voice_heard")
    assert (voice.kind, voice.text, voice.attached) == (Kind.VOICE, "我要报案。", None)


def test_voice_that_wechat_did_not_hear_is_kept() -> None:
    voice = inbound("voice_unheard")
    assert (voice.kind, voice.text, voice.attached) == (Kind.VOICE, "", Attached(reference="media-voice-2"))


def test_a_place() -> None:
    place = inbound("location")
    assert (place.kind, place.place) == (Kind.LOCATION, Place(39.908692, 116.397477, "北京市东城区东长安街1号"))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("video", "〔视频〕"),
        ("shortvideo", "〔视频〕"),
        ("link", "事故处理指南 https://mp.example.com/s/1"),
        ("unknown", ""),
    ],
)
def test_what_is_not_read_stands_in_the_transcript(name: str, text: str) -> None:
    found = inbound(name)
    assert (found.kind, found.text) == (Kind.UNKNOWN, text)


@pytest.mark.parametrize(
    ("name", "event", "title"),
    [
        ("subscribe", "greet", "〔关注了公众号〕"),
        ("subscribe_scene", "report_claim", "我要报案"),
        ("scan", "greet", "〔扫了二维码〕"),
        ("click", "ask_claim_status", "查进度"),
        ("unsubscribe", "leave", ""),
    ],
)
def test_events_that_open_or_end(name: str, event: str, title: str) -> None:
    found = inbound(name)
    assert (found.kind, found.event, found.text) == (Kind.EVENT, event, title)
    assert OPENID not in found.provider_id


def test_every_key_of_the_menu_opens_something_and_has_a_title() -> None:
    assert events.OPENS <= OPENING
    assert all(events.WORDING.say(key) for key in events.OPENS)


def test_an_entry_of_the_menu_that_we_do_not_know_is_answered() -> None:
    assert inbound("click_unknown").kind is Kind.UNKNOWN


@pytest.mark.parametrize("name", ["view", "location_event", "scancode_push"])
def test_events_that_say_nothing(name: str) -> None:
    assert parsed(name) == []


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("template_success", DeliveryReport("200163836", True)),
        ("template_blocked", DeliveryReport("200163837", False, "failed:user block", address_gone=True)),
        ("template_failed", DeliveryReport("200163838", False, "failed: system failed")),
    ],
)
def test_what_became_of_a_template_message(name: str, report: DeliveryReport) -> None:
    assert parsed(name) == [report]


def test_an_event_is_the_same_at_every_resend_and_another_one_is_not() -> None:
    assert inbound("click").provider_id == inbound("click").provider_id
    named = {inbound(name).provider_id for name in ("click", "subscribe", "subscribe_scene", "scan", "unsubscribe")}
    assert len(named) == 5


@pytest.mark.parametrize(
    "changed",
    [
        {"MsgType": None},
        {"FromUserName": None},
        {"FromUserName": " "},
        {"CreateTime": None},
        {"CreateTime": "yesterday"},
        {"CreateTime": "9" * 30},
    ],
)
def test_without_one_of_its_parts_it_is_no_message(changed: dict[str, str | None]) -> None:
    fields = {**envelope.read((PAYLOADS / "text.xml").read_bytes()), **changed}
    with pytest.raises(Malformed):
        parse({name: value for name, value in fields.items() if value is not None})


@pytest.mark.parametrize(("x", "y"), [("nan", "1"), ("91", "1"), ("1", "181"), ("", "1"), ("1", "inf")])
def test_a_place_that_is_nowhere(x: str, y: str) -> None:
    fields = envelope.read((PAYLOADS / "location.xml").read_bytes())
    with pytest.raises(Malformed):
        parse({**fields, "Location_X": x, "Location_Y": y})
