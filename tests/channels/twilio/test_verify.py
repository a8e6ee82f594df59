"""Twilio's signature over the public address, as the stand-in makes it by hand from Twilio's description."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from channels.base import Forged
from channels.twilio.settings import TwilioSettings
from channels.twilio.verify import form_of, verify
from channels.webhook import Delivery
from claims import clock
from standins.twilio.account import Account

ACCOUNT = Account()
URL = "https://lipei.example.com/channels/sms/twilio"
FORM = {"AccountSid": ACCOUNT.sid, "Body": "我要报案 & 转人工", "Empty": "", "From": "+8613800138001"}


def settings(account: Account = ACCOUNT) -> TwilioSettings:
    return TwilioSettings(
        account_sid=account.sid, auth_token=account.token, LIPEI_TWILIO_FROM=account.number, api_base="http://x"
    )


def delivery(signature: str, url: str = URL, form: dict[str, str] = FORM) -> Delivery:
    headers = {"x-twilio-signature": signature} if signature else {}
    return Delivery("POST", url, {}, headers, urlencode(form).encode(), clock.now())


@pytest.mark.parametrize(
    "signed",
    [
        URL,
        "https://lipei.example.com:443/channels/sms/twilio",
        "https://lipei.example.com/channels/sms/twilio/",
        "https://lipei.example.com:443/channels/sms/twilio/",
    ],
)
def test_the_public_address_with_and_without_port_and_slash(signed: str) -> None:
    verify(delivery(ACCOUNT.sign(signed, FORM)), settings())


@pytest.mark.parametrize("ours", ["http://localhost:8080/channels/sms/twilio", f"{URL}?a=1&b=%E4%BA%8C"])
def test_a_port_and_a_query_of_our_own_are_part_of_it(ours: str) -> None:
    verify(delivery(ACCOUNT.sign(ours, FORM), ours), settings())


@pytest.mark.parametrize(
    ("signature", "url"),
    [
        ("", URL),
        ("x", URL),
        (ACCOUNT.sign(URL.replace("https", "http"), FORM), URL),
        (ACCOUNT.sign(URL.replace("lipei", "lipe1"), FORM), URL),
        (ACCOUNT.sign(f"{URL}?a=1", FORM), f"{URL}?a=2"),
        (ACCOUNT.sign(URL, {**FORM, "Body": "别的"}), URL),
        (Account(token="f" * 32).sign(URL, FORM), URL),
    ],
)
def test_anything_else_is_forged(signature: str, url: str) -> None:
    with pytest.raises(Forged):
        verify(delivery(signature, url), settings())


def test_another_account_signed_with_our_token_is_refused() -> None:
    form = {**FORM, "AccountSid": "AC" + "6" * 32}
    with pytest.raises(Forged, match="another account"):
        verify(delivery(ACCOUNT.sign(URL, form), form=form), settings())


def test_the_form_keeps_what_was_empty_and_what_was_said() -> None:
    assert dict(form_of(delivery("x"))) == FORM
