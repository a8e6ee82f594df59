"""Recorded forms of Twilio, read."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from starlette.datastructures import ImmutableMultiDict

from channels.base import DeliveryReport, Inbound, Kind, Malformed
from channels.sms.twilio import parse
from channels.twilio.verify import Form
from claims import clock

PAYLOADS = Path(__file__).with_name("payloads")
NOW = clock.now()


def form(name: str, **other: str) -> Form:
    body = (PAYLOADS / f"{name}.form").read_text(encoding="utf-8").strip()
    return ImmutableMultiDict({**dict(parse_qsl(body, keep_blank_values=True)), **other})


def inbound(name: str, **other: str) -> list[Inbound]:
    read = parse.message(form(name, **other), NOW)
    assert all(isinstance(each, Inbound) for each in read)
    return read  # type: ignore[return-value]


def test_a_text() -> None:
    (message,) = inbound("text")
    assert (message.kind, message.text, message.address) == (Kind.TEXT, "昨天下午在朝阳路追尾了", "+8613800138001")
    assert (message.provider_id, message.said_at) == ("twilio:SM" + "1" * 32, NOW)


def test_words_and_files_are_messages_of_their_own() -> None:
    words, photo, document = inbound("media")
    assert (words.kind, words.text) == (Kind.TEXT, "现场照片")
    assert [each.kind for each in (photo, document)] == [Kind.ATTACHMENT] * 2
    assert [each.provider_id[-7:] for each in (photo, document)] == [":media0", ":media1"]
    assert photo.attached is not None and photo.attached.reference.endswith("/Media/ME0" + "3" * 31)


def test_a_photo_without_words_is_one_message() -> None:
    assert [each.kind for each in inbound("media", Body="")] == [Kind.ATTACHMENT] * 2


def test_twilios_own_word_for_an_opt_out_counts() -> None:
    assert [each.text for each in inbound("stop")] == ["STOP"]
    assert [each.text for each in inbound("stop", OptOutType="HELP")] == ["Stop please"]


def test_nothing_at_all_is_an_unknown_kind() -> None:
    assert [each.kind for each in inbound("empty")] == [Kind.UNKNOWN]


@pytest.mark.parametrize(
    "other", [{"MessageSid": ""}, {"From": ""}, {"NumMedia": "x"}, {"NumMedia": "11"}, {"NumMedia": "3"}]
)
def test_what_cannot_be_read_is_malformed(other: dict[str, str]) -> None:
    with pytest.raises(Malformed):
        parse.message(form("media", **other), NOW)


SID = "SM" + "3" * 32


@pytest.mark.parametrize(
    ("name", "reports"),
    [
        ("status-sent", []),
        ("status-delivered", [DeliveryReport(SID, True)]),
        ("status-unreachable", [DeliveryReport(SID, False, "undelivered 30003")]),
        ("status-unknown-number", [DeliveryReport(SID, False, "undelivered 30005", address_gone=True)]),
        ("status-stopped", [DeliveryReport(SID, False, "failed 21610", address_gone=True)]),
    ],
)
def test_states(name: str, reports: list[DeliveryReport]) -> None:
    assert parse.status(form(name)) == reports


@pytest.mark.parametrize(("code", "gone"), [("30004", False), ("30006", True), ("30007", False), ("30008", False)])
def test_which_codes_mean_that_the_number_is_gone(code: str, gone: bool) -> None:
    (report,) = parse.status(form("status-stopped", ErrorCode=code))
    assert isinstance(report, DeliveryReport) and report.address_gone is gone


@pytest.mark.parametrize("other", [{"MessageStatus": "lost"}, {"MessageStatus": ""}, {"MessageSid": ""}])
def test_a_state_that_cannot_be_read_is_malformed(other: dict[str, str]) -> None:
    with pytest.raises(Malformed):
        parse.status(form("status-sent", **other))
