"""Twilio's forms, read: which of them holds a message, which a report, and which nothing to act on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qsl

import pytest

from channels.base import DeliveryReport, Forged, Inbound, Kind, Malformed
from channels.twilio.settings import TwilioSettings
from channels.twilio.verify import verify
from channels.voice import parse
from channels.voice.call import PATH, Call
from channels.webhook import Delivery

PAYLOADS = Path(__file__).with_name("payloads")
SID = "CA" + "2" * 32
CALLER = "+8613800138001"
NOW = datetime(2026, 11, 26, 3, 20, tzinfo=UTC)


def delivery(name: str, path: str = PATH) -> Delivery:
    """A recorded request."""
    query, body = (PAYLOADS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    url = f"https://lipei.example.com{path}{'?' if query else ''}{query}"
    return Delivery("POST", url, dict(parse_qsl(query)), {}, body.encode(), NOW)


def heard(name: str) -> list[Inbound | DeliveryReport]:
    request = delivery(name)
    return parse.heard(Call.read(request), request)


def said(kind: Kind, turn: int = 3, **values: str) -> list[Inbound]:
    return [Inbound("voice", CALLER, f"{SID}:{turn}", kind, NOW, **values)]


def test_what_callers_say_and_press() -> None:
    assert heard("speech") == said(Kind.TEXT, text="已经报警了")
    assert heard("key") == said(Kind.PAYLOAD, token="tokB")
    assert heard("key_person") == said(Kind.EVENT, text="转人工", event="request_human")
    assert heard("phone_by_keys") == said(Kind.TEXT, 9, text="13800138001")
    assert heard("waiting") == said(Kind.VOICE)


@pytest.mark.parametrize("name", ["ring", "silence", "key_unknown", "dialled"])
def test_what_is_no_message(name: str) -> None:
    assert heard(name) == []


def test_calls_of_ours() -> None:
    assert heard("ours_person") == [DeliveryReport(SID, True)]
    assert heard("ours_machine") == [DeliveryReport(SID, False, "answering machine")]


@pytest.mark.parametrize(
    ("name", "reports"),
    [
        ("status_completed", [DeliveryReport(SID, True)]),
        ("status_machine", [DeliveryReport(SID, False, "answering machine")]),
        ("status_ringing", []),
        ("status_busy", [DeliveryReport(SID, False, "busy")]),
        ("status_gone", [DeliveryReport(SID, False, "failed", address_gone=True)]),
        ("status_inbound", []),
    ],
)
def test_status_callbacks(name: str, reports: list[DeliveryReport]) -> None:
    assert parse.reported(delivery(name, f"{PATH}/status")) == reports


def test_a_withheld_number_is_an_address_of_this_call_alone() -> None:
    call = Call.read(delivery("withheld"))
    assert (call.address, call.has_number) == (f"call:{SID}", False)


def test_a_recorded_signature_is_of_the_exact_public_address_with_its_query(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIPEI_TWILIO_ACCOUNT_SID", "AC" + "1" * 32)
    monkeypatch.setenv("LIPEI_TWILIO_AUTH_TOKEN", "a" * 32)
    request = replace(delivery("speech"), headers={"x-twilio-signature": "SN70tS9zzp14rHQ5e/hqpiOiBHk="})
    verify(request, TwilioSettings.read())
    for url in (request.url.replace("turn=3", "turn=4"), request.url.partition("?")[0], f"{request.url}&tries=1"):
        with pytest.raises(Forged):
            verify(replace(request, url=url), TwilioSettings.read())


def test_a_form_that_is_about_no_call_is_malformed() -> None:
    request = delivery("speech")
    for body in (b"", b"CallSid=CA1&From=a&To=b", b"\xff\xfe", request.body.replace(b"CallSid", b"MessageSid")):
        with pytest.raises(Malformed):
            Call.read(Delivery("POST", request.url, request.query, {}, body, NOW))
