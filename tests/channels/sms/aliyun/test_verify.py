"""What stands in for a signature: the token in the address, and where the caller may be."""

from __future__ import annotations

import pytest

from channels.base import Forged
from channels.sms.aliyun.settings import AliyunSmsSettings
from channels.sms.aliyun.verify import verify
from channels.webhook import Delivery
from claims import clock


def settings(**more: str) -> AliyunSmsSettings:
    return AliyunSmsSettings(access_key_id="LTAI1", access_key_secret="secret1", sign_name="理赔助手", **more)  # type: ignore[arg-type]


def delivery(token: str | None, peer: str = "203.0.113.7") -> Delivery:
    query = {} if token is None else {"token": token}
    return Delivery("POST", "https://lipei.example.com/x", query, {}, b"[]", clock.now(), peer)


def test_the_token_that_was_set() -> None:
    own = settings(push_token="a-token-of-our-own")
    verify(delivery("a-token-of-our-own"), own)
    for wrong in (None, "", "a-token-of-our-owN", settings().expected_token()):
        with pytest.raises(Forged):
            verify(delivery(wrong), own)


def test_without_one_it_is_made_from_the_secret() -> None:
    token = settings().expected_token()
    assert len(token) == 32 and token != AliyunSmsSettings(access_key_secret="secret2").expected_token()
    verify(delivery(token), settings())


@pytest.mark.parametrize(
    ("peer", "passes"), [("203.0.113.7", True), ("198.51.100.9", True), ("8.8.8.8", False), ("", False)]
)
def test_only_from_where_the_provider_calls(peer: str, passes: bool) -> None:
    own = settings(push_from="203.0.113.0/24, 198.51.100.9")
    if passes:
        verify(delivery(own.expected_token(), peer), own)
    else:
        with pytest.raises(Forged, match="address"):
            verify(delivery(own.expected_token(), peer), own)
