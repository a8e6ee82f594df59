"""The provider signs nothing that it pushes. What can stand in for a signature is ours to set: a token in the address
that we gave it, or the networks it calls from. With neither, anybody who knows the address can push, and the gateway
says so at start. The send_time of a message is no protection: whoever makes up a message makes up its time."""

from __future__ import annotations

from channels.base import Forged
from channels.sms.aliyun.settings import AliyunSmsSettings
from channels.webhook import Delivery, same


def verify(delivery: Delivery, settings: AliyunSmsSettings) -> None:
    """Raises Forged for another token than LIPEI_ALIYUN_SMS_PUSH_TOKEN, or a caller outside of
    LIPEI_ALIYUN_SMS_PUSH_FROM, where these are set."""
    if not settings.may_call(delivery.peer):
        raise Forged("from an address that is not the provider's")
    if settings.push_token and not same(delivery.query.get("token", ""), settings.push_token):
        raise Forged("wrong token")
