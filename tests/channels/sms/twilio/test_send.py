"""Sending and fetching through the twilio library, against a server that behaves as Twilio's documents say."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure, PermanentFailure
from channels.sms.twilio.send import MOST_BYTES, TwilioFiles, TwilioSms
from channels.twilio.settings import TwilioSettings
from standins.twilio.account import Account
from standins.twilio.messages import Messages
from tests.channels.support import Server

PUBLIC_URL = "https://lipei.example.com"
MESSAGE = Outbound("13800138001", "您好，请问发生了什么？", "reply", "message:1")


@pytest.fixture
def twilio() -> Iterator[Messages]:
    messages = Messages(Account())
    server = Server(Starlette(routes=messages.routes())).start()
    messages.faults.fate["+8613800138001"] = "silent"
    messages.gateway_url = server.url  # only its address is needed here
    yield messages
    server.stop()


def settings(twilio: Messages, **other: str) -> TwilioSettings:
    account = twilio.account
    values = {
        "account_sid": account.sid,
        "auth_token": account.token,
        "LIPEI_TWILIO_FROM": account.number,
        "api_base": twilio.gateway_url,
    }
    return TwilioSettings(**{**values, **other})  # type: ignore[arg-type]


async def test_a_message_is_sent_with_where_to_report_it(twilio: Messages) -> None:
    sid = await TwilioSms(settings(twilio), PUBLIC_URL).send(MESSAGE)
    (sent,) = twilio.sent
    assert (sent.sid, sent.to, sent.body) == (sid, "+8613800138001", MESSAGE.text)
    assert sent.callback == f"{PUBLIC_URL}/channels/sms/twilio/status"


@pytest.mark.parametrize(
    ("code", "failure"),
    [
        (21610, AddressGone),
        (21614, AddressGone),
        (21211, AddressGone),
        (21408, MessageRefused),
        (21617, MessageRefused),
        (21611, PassingFailure),
    ],
)
async def test_what_twilio_refuses(twilio: Messages, code: int, failure: type[Exception]) -> None:
    twilio.faults.refused["+8613800138001"] = code
    with pytest.raises(failure, match=str(code)):
        await TwilioSms(settings(twilio), PUBLIC_URL).send(MESSAGE)
    assert twilio.sent == []


async def test_a_customer_who_told_twilio_to_stop_is_gone(twilio: Messages) -> None:
    twilio.stopped.add("+8613800138001")
    with pytest.raises(AddressGone, match="21610"):
        await TwilioSms(settings(twilio), PUBLIC_URL).send(MESSAGE)


@pytest.mark.parametrize(
    ("status", "asked", "wait"), [(429, 7, 7.0), (429, None, 1.0), (503, 30, 30.0), (500, None, None)]
)
async def test_a_busy_or_broken_twilio_is_tried_again_when_it_says(
    twilio: Messages, status: int, asked: int | None, wait: float | None
) -> None:
    twilio.faults.outage, twilio.faults.status, twilio.faults.retry_after = 1, status, asked
    sender = TwilioSms(settings(twilio), PUBLIC_URL)
    with pytest.raises(PassingFailure) as failure:
        await sender.send(MESSAGE)
    assert failure.value.retry_after == wait
    assert await sender.send(MESSAGE) == twilio.sent[0].sid


@pytest.mark.parametrize("wrong", [{"auth_token": "f" * 32}, {"api_base": "http://127.0.0.1:9"}])
async def test_our_own_mistakes_leave_the_message_waiting(twilio: Messages, wrong: dict[str, str]) -> None:
    with pytest.raises(PassingFailure) as failure:
        await TwilioSms(settings(twilio, **wrong), PUBLIC_URL).send(MESSAGE)
    assert "138" not in str(failure.value)


async def test_a_file_is_fetched_with_the_accounts_secret_and_through_the_redirect(twilio: Messages) -> None:
    reference = twilio.keep_file(b"\x89PNG photo", "image/png")
    fetched = await TwilioFiles(settings(twilio)).fetch(reference)
    assert (fetched.data, fetched.mime) == (b"\x89PNG photo", "image/png")
    with pytest.raises(PassingFailure):
        await TwilioFiles(settings(twilio, auth_token="f" * 32)).fetch(reference)


async def test_of_a_file_that_is_too_large_no_more_is_read_than_shows_it(twilio: Messages) -> None:
    reference = twilio.keep_file(b"x" * (MOST_BYTES + 5_000_000), "video/mp4")
    fetched = await TwilioFiles(settings(twilio)).fetch(reference)
    assert MOST_BYTES <= len(fetched.data) < MOST_BYTES + 1_000_000


async def test_a_file_that_is_not_there_yet_is_asked_for_again(twilio: Messages) -> None:
    reference = twilio.keep_file(b"x", "image/png")
    twilio.files.clear()
    with pytest.raises(PassingFailure):
        await TwilioFiles(settings(twilio)).fetch(reference)


@pytest.mark.parametrize(
    "reference",
    [
        "https://evil.example.com/2010-04-01/Accounts/AC55555555555555555555555555555555/Messages/MM1/Media/ME1",
        "https://api.twilio.com/2010-04-01/Accounts/AC66666666666666666666666666666666/Messages/MM1/Media/ME1",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
    ],
)
async def test_the_secret_goes_to_twilio_only(twilio: Messages, reference: str) -> None:
    with pytest.raises(PermanentFailure, match="not with Twilio"):
        await TwilioFiles(settings(twilio)).fetch(reference)
