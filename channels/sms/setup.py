"""Text messages: which provider sends them."""

from __future__ import annotations

from channels.base import Sends
from channels.sms.console import ConsoleSms
from lipei.settings import Settings


def state(settings: Settings) -> str:
    """Whether text messages leave, and how."""
    if settings.sms_provider == "console":
        return "on (console: messages are written to the log, none leaves)"
    return f"off: LIPEI_SMS_PROVIDER names {settings.sms_provider!r}, known is console"


def sender(settings: Settings) -> Sends | None:
    """The provider chosen by LIPEI_SMS_PROVIDER; None when there is none of that name."""
    return ConsoleSms(plainly=settings.demo) if settings.sms_provider == "console" else None
