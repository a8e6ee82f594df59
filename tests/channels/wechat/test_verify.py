"""Who may call, in each of the three modes, and with which key."""

from __future__ import annotations

import pytest

from channels.base import Forged, Malformed, Stale
from channels.webhook import Delivery
from channels.wechat import envelope
from channels.wechat.settings import WeChatSettings
from channels.wechat.verify import verify
from claims import clock
from standins.wechat import delivery
from standins.wechat.account import Account
from standins.wechat.delivery import Delivered, Mode

ACCOUNT = Account()
PREVIOUS = "zyxwvutsrqponmlkjihgfedcba9876543210ZYXWVUT"
TEXT = delivery.message(ACCOUNT, "oCustomer_1", "text", "1", Content="你好")


def settings(**more: object) -> WeChatSettings:
    given = {"appid": ACCOUNT.appid, "appsecret": ACCOUNT.appsecret, "token": ACCOUNT.token, **more}
    return WeChatSettings.model_validate(given)


WITH_KEYS = settings(aes_key=ACCOUNT.aes_key, aes_key_previous=PREVIOUS)
WITHOUT = settings()


def arrived(request: Delivered) -> Delivery:
    query = dict(pair.split("=", 1) for pair in request.query.split("&") if pair)
    return Delivery(request.method, "https://lipei.example.com/", query, {}, request.body, clock.now())


def opened(request: Delivered, own: WeChatSettings) -> envelope.Opened:
    came = arrived(request)
    verify(came, own)
    return envelope.open_up(envelope.read(came.body), own)


@pytest.mark.parametrize(
    ("mode", "own", "key"),
    [
        ("plain", WITHOUT, None),
        ("plain", WITH_KEYS, None),
        ("compatible", WITHOUT, None),
        ("compatible", WITH_KEYS, ACCOUNT.aes_key),
        ("safe", WITH_KEYS, ACCOUNT.aes_key),
    ],
)
def test_the_three_modes(mode: Mode, own: WeChatSettings, key: str | None) -> None:
    found = opened(delivery.request(ACCOUNT, TEXT, mode), own)
    assert (found.fields["Content"], found.key) == ("你好", key)


@pytest.mark.parametrize("mode", ["compatible", "safe"])
def test_the_previous_key_is_still_good_and_the_answer_is_told_which_it_was(mode: Mode) -> None:
    found = opened(delivery.request(ACCOUNT, TEXT, mode, key=PREVIOUS), WITH_KEYS)
    assert (found.fields["Content"], found.key) == ("你好", PREVIOUS)


def test_a_key_of_nobody() -> None:
    with pytest.raises(Forged, match="no key of ours"):
        opened(delivery.request(ACCOUNT, TEXT, key="0" * 43), WITH_KEYS)


def test_encrypted_without_a_key_says_what_is_missing() -> None:
    with pytest.raises(Forged, match="no AES key is set"):
        opened(delivery.request(ACCOUNT, TEXT), WITHOUT)


def test_in_safe_mode_nothing_plain_is_taken() -> None:
    own = settings(aes_key=ACCOUNT.aes_key, safe_mode=True)
    assert opened(delivery.request(ACCOUNT, TEXT, "safe"), own).fields["Content"] == "你好"
    with pytest.raises(Forged, match="not encrypted"):
        opened(delivery.request(ACCOUNT, TEXT, "plain"), own)


def test_the_plain_part_of_a_compatible_message_is_not_believed() -> None:
    """Only the encrypted part is covered by the signature."""
    request = delivery.request(ACCOUNT, TEXT, "compatible")
    changed = Delivered(request.query, request.body.replace("你好".encode(), "转账".encode()))
    assert opened(changed, WITH_KEYS).fields["Content"] == "你好"


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_too_old_or_from_the_future(mode: Mode, seconds: float) -> None:
    request = delivery.request(ACCOUNT, TEXT, mode, at=clock.now().timestamp() + seconds)
    with pytest.raises(Stale):
        verify(arrived(request), WITH_KEYS)


def test_the_age_is_signed() -> None:
    request = delivery.request(ACCOUNT, TEXT, "plain", at=clock.now().timestamp() - 600)
    stamp = arrived(request).query["timestamp"]
    moved = Delivered(request.query.replace(stamp, str(int(stamp) + 600)), request.body)
    with pytest.raises(Forged, match="wrong signature"):
        verify(arrived(moved), WITH_KEYS)


@pytest.mark.parametrize("name", ["signature", "msg_signature"])
@pytest.mark.parametrize("value", ["", "0" * 40, "签名"])
def test_a_wrong_signature(name: str, value: str) -> None:
    came = arrived(delivery.request(ACCOUNT, TEXT))
    wrong = Delivery(came.method, came.url, {**came.query, name: value}, {}, came.body, came.arrived)
    with pytest.raises(Forged):
        verify(wrong, WITH_KEYS)


def test_the_signature_over_the_encrypted_part_suffices() -> None:
    came = arrived(delivery.request(ACCOUNT, TEXT))
    query = {name: value for name, value in came.query.items() if name != "signature"}
    verify(Delivery(came.method, came.url, query, {}, came.body, came.arrived), WITH_KEYS)
    for body in (b"", TEXT.encode(), b"<xml>"):
        with pytest.raises(Forged):
            verify(Delivery(came.method, came.url, query, {}, body, came.arrived), WITH_KEYS)


def test_the_check_of_the_address() -> None:
    verify(arrived(delivery.url_check(ACCOUNT, "5837397520665436492")), WITHOUT)
    with pytest.raises(Stale):
        verify(arrived(delivery.url_check(ACCOUNT, "1", at=clock.now().timestamp() - 900)), WITHOUT)
    with pytest.raises(Forged):
        verify(arrived(Delivered("echostr=1", method="GET")), WITHOUT)


def test_entities_within_the_encryption_are_refused_too() -> None:
    bomb = '<!DOCTYPE xml [<!ENTITY a "1">]><xml><MsgType>&a;</MsgType></xml>'
    with pytest.raises(Malformed):
        opened(delivery.request(ACCOUNT, bomb), WITH_KEYS)
