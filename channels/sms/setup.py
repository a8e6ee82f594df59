"""Text messages: which provider sends them. Each provider besides the console has a folder here with its setup.py.

Every provider that is set up is listened to; one of them sends.
"""

from __future__ import annotations

from channels.base import Sends
from channels.sms.aliyun import setup as aliyun
from channels.sms.console import ConsoleSms
from channels.sms.twilio import setup as twilio
from lipei.settings import Settings

CONSOLE = "console"
PROVIDERS = {"twilio": twilio, "aliyun": aliyun}


def provider(settings: Settings) -> str:
    """The one that LIPEI_SMS_PROVIDER names, else the first that has its secrets, else the console."""
    return settings.sms_provider or next(
        (name for name, module in PROVIDERS.items() if module.state(settings).startswith("on")), CONSOLE
    )


def state(settings: Settings) -> str:
    """Whether text messages leave, and how."""
    name = provider(settings)
    if name == CONSOLE:
        return "on (console: messages are written to the log, none leaves)"
    if name not in PROVIDERS:
        return f"off: LIPEI_SMS_PROVIDER names {name!r}, which there is none of"
    return f"{PROVIDERS[name].state(settings)} ({name})"


def sender(settings: Settings) -> Sends | None:
    """The provider that sends; None when it is off, or there is none of that name."""
    name = provider(settings)
    if name == CONSOLE:
        return ConsoleSms(plainly=settings.demo)
    return PROVIDERS[name].sender(settings) if name in PROVIDERS else None
