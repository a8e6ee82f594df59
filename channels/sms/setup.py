"""Text messages: which provider sends them. Each provider besides the console has a folder here with its setup.py."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from channels.base import Sends
from channels.sms.console import ConsoleSms
from lipei.settings import Settings

CONSOLE = "console"


def state(settings: Settings) -> str:
    """Whether text messages leave, and how."""
    provider = settings.sms_provider
    if provider == CONSOLE:
        return "on (console: messages are written to the log, none leaves)"
    if not _known(provider):
        return f"off: LIPEI_SMS_PROVIDER names {provider!r}, which there is none of"
    own: str = import_module(f"channels.sms.{provider}.setup").state(settings)
    return f"{own} ({provider})"


def sender(settings: Settings) -> Sends | None:
    """The provider chosen by LIPEI_SMS_PROVIDER; None when there is none of that name, or it is off."""
    provider = settings.sms_provider
    if provider == CONSOLE:
        return ConsoleSms(plainly=settings.demo)
    if not _known(provider):
        return None
    made: Sends | None = import_module(f"channels.sms.{provider}.setup").sender(settings)
    return made


def _known(provider: str) -> bool:
    folder = f"channels.sms.{provider}"
    return provider.isidentifier() and find_spec(folder) is not None and find_spec(f"{folder}.setup") is not None
