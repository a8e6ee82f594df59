"""What stands in for a signature: the token in the address, and where the caller may be."""

from __future__ import annotations

import pytest

from channels.base import Forged
from channels.sms.aliyun.settings import AliyunSmsSettings
from channels.sms.aliyun.setup import state
from channels.sms.aliyun.verify import verify
from channels.webhook import Delivery
from claims import clock
from lipei.settings import Settings


def settings(**more: str) -> AliyunSmsSettings:
    return AliyunSmsSettings(access_key_id="LTAI1", access_key_secret="secret1", sign_name="理赔助手", **more)  # type: ignore[arg-type]


def delivery(token: str | None, peer: str = "203.0.113.7") -> Delivery:
    query = {} if token is None else {"token": token}
    return Delivery("POST", "https://lipei.example.com/x", query, {}, b"[]", clock.now(), peer)


def test_the_token_that_was_set() -> None:
    own = settings(push_token="a-token-of-our-own")
    verify(delivery("a-token-of-our-own"), own)
    for wrong in (None, "", "a-token-of-our-owN", "令牌"):
        with pytest.raises(Forged):
            verify(delivery(wrong), own)


def test_without_one_none_is_asked_for() -> None:
    verify(delivery(None), settings())


@pytest.mark.parametrize(
    ("peer", "passes"), [("203.0.113.7", True), ("198.51.100.9", True), ("8.8.8.8", False), ("", False)]
)
@pytest.mark.parametrize("token", [None, "a-token-of-our-own"])
def test_only_from_where_the_provider_calls(peer: str, passes: bool, token: str | None) -> None:
    more = {} if token is None else {"push_token": token}
    own = settings(push_from="203.0.113.0/24, 198.51.100.9", **more)
    if passes:
        verify(delivery(token, peer), own)
    else:
        with pytest.raises(Forged, match="address"):
            verify(delivery(token, peer), own)


@pytest.mark.parametrize(
    ("more", "warned"),
    [({}, True), ({"PUSH_TOKEN": "a-token-of-our-own"}, False), ({"PUSH_FROM": "203.0.113.0/24"}, False)],
)
def test_the_state_says_when_anybody_may_push(
    more: dict[str, str], warned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = {"ACCESS_KEY_ID": "LTAI1", "ACCESS_KEY_SECRET": "secret1", "SIGN_NAME": "理赔助手", "TEMPLATE_CODE": "SMS_1"}
    for name, value in {**own, **more}.items():
        monkeypatch.setenv(f"LIPEI_ALIYUN_SMS_{name}", value)
    assert state(Settings()).startswith("on")
    assert ("LIPEI_ALIYUN_SMS_PUSH_TOKEN" in state(Settings())) == warned
