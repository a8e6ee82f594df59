"""The provider signs nothing that it pushes: a token in the address that we gave it stands in for a signature."""

from __future__ import annotations

from channels.base import Forged
from channels.sms.aliyun.settings import AliyunSmsSettings
from channels.webhook import Delivery, same


def verify(delivery: Delivery, settings: AliyunSmsSettings) -> None:
    """Raises Forged for a wrong token, or a caller outside of LIPEI_ALIYUN_SMS_PUSH_FROM."""
    known = same(delivery.query.get("token", ""), settings.expected_token())
    if not settings.may_call(delivery.peer):
        raise Forged("from an address that is not the provider's")
    if not known:
        raise Forged("wrong token")
