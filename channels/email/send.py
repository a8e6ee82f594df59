"""Handing an e-mail to the mail server of LIPEI_SMTP_URL, over smtplib in a thread."""

from __future__ import annotations

import asyncio
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from email.headerregistry import Address
from email.message import EmailMessage
from ipaddress import ip_address

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure, SendFailed
from channels.email.compose import LIMITS, compose, say
from channels.email.settings import EmailSettings, address_of
from claims import clock

TIMEOUT_SECONDS = 6.0
"""Of one step of the conversation with the server: connecting, greeting, log-in, envelope, text."""


class SmtpEmail:
    """One connection for a message: notices are few, and a server closes idle connections as it likes."""

    limits = LIMITS

    def __init__(self, settings: EmailSettings, default_sender: str) -> None:
        self._settings = settings
        name = say("sender")
        chosen = address_of(settings.sender or settings.user, name) or address_of(default_sender, name)
        self._sender = chosen or Address(name, "lipei", "localhost")

    async def send(self, message: Outbound) -> str:
        """The Message-ID. Raises PassingFailure or PermanentFailure.

        A connection that breaks after the text may have delivered it: it is sent again under the same Message-ID.
        """
        mail = compose(message, self._sender, clock.now(), self._settings.unsubscribe)
        await asyncio.to_thread(self._hand_over, mail)
        return str(mail["Message-ID"])

    def _hand_over(self, mail: EmailMessage) -> None:
        server = self._connected()
        try:
            with in_our_words():
                server.send_message(mail)
        except BaseException:
            server.close()
            raise
        # What was taken is taken, whatever becomes of the farewell.
        with suppress(smtplib.SMTPException, OSError):
            server.quit()

    def _connected(self) -> smtplib.SMTP:
        """Greeted, encrypted and logged in. What goes wrong here is the server's or ours to set right: it passes."""
        own, context = self._settings, ssl.create_default_context()
        with ExitStack() as undone, while_connecting():
            if own.tls:
                server: smtplib.SMTP = smtplib.SMTP_SSL(own.host, own.port, timeout=TIMEOUT_SECONDS, context=context)
            else:
                server = smtplib.SMTP(own.host, own.port, timeout=TIMEOUT_SECONDS)
            undone.callback(server.close)
            server.ehlo_or_helo_if_needed()
            encrypted = own.tls
            if not encrypted and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
                encrypted = True
            if own.user:
                if not encrypted and not _is_this_machine(own.host):
                    raise PassingFailure("smtp: the server offers no TLS, and the password is not sent in the clear")
                server.login(own.user, own.password)
            undone.pop_all()
        return server


@contextmanager
def while_connecting() -> Iterator[None]:
    """Turns whatever a server says before it is given a message into a PassingFailure, with the code alone."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        raise PassingFailure(f"smtp: {type(error).__name__} ({error.smtp_code})") from error
    except (smtplib.SMTPException, OSError) as error:
        raise PassingFailure(f"smtp: not reached: {type(error).__name__}") from error


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turns what a mail server says into our failures. 4xx passes, 5xx does not (RFC 5321 section 4.2.1); only codes
    are kept, because texts repeat addresses."""
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        code, text = next(iter(error.recipients.values()))
        raise _refused(code, text) from error
    except smtplib.SMTPResponseException as error:  # the sender, or the text
        if 500 <= error.smtp_code < 600:
            raise MessageRefused(f"smtp: message refused ({error.smtp_code})") from error
        raise PassingFailure(f"smtp: not now ({error.smtp_code})") from error
    except smtplib.SMTPNotSupportedError as error:
        raise MessageRefused("smtp: the server cannot do what this message needs") from error
    except (smtplib.SMTPException, OSError) as error:
        raise PassingFailure(f"smtp: broken off: {type(error).__name__}") from error


def _refused(code: int, text: bytes | str) -> SendFailed:
    """Of a recipient. Enhanced codes (RFC 3463): 5.1.x and 5.2.1 say that the mailbox is none, others 5.x.x that this
    message is not wanted there."""
    said = text.decode("ascii", "replace") if isinstance(text, bytes) else text
    if not 500 <= code < 600:
        return PassingFailure(f"smtp: recipient not now ({code})")
    enhanced = said.split()[0] if said else ""
    if enhanced.startswith("5.") and not enhanced.startswith(("5.1.", "5.2.1")):
        return MessageRefused(f"smtp: refused for this recipient ({code} {enhanced})")
    return AddressGone(f"smtp: no such recipient ({code})")


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
