"""E-mail for notices: to the mail server of LIPEI_SMTP_URL, or to the log. Nothing comes in this way."""

from __future__ import annotations

from urllib.parse import urlsplit

from channels.base import Sends
from channels.email.console import ConsoleEmail
from channels.email.send import SmtpEmail
from channels.email.settings import EmailSettings
from lipei.settings import Settings


def state(settings: Settings) -> str:
    """Always on: without a mail server, notices are written to the log."""
    own = EmailSettings.read()
    if not own.on:
        return "on (console: notices are written to the log, none leaves; set LIPEI_SMTP_URL)"
    return f"on ({own.host})"


def sender(settings: Settings) -> Sends | None:
    """The mail server, or its console twin."""
    own = EmailSettings.read()
    if not own.on:
        return ConsoleEmail(plainly=settings.demo)
    return SmtpEmail(own, default_sender=f"no-reply@{urlsplit(settings.public_url).hostname}")
