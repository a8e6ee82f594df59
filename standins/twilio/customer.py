"""A customer with a phone: writes text messages through the stand-in, and reads what arrives."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator

import httpx

from standins.twilio.messages import Messages

PATH = "/channels/sms/twilio"


class SmsCustomer:
    """public_url: Lipei's, which is signed; messages.gateway_url: where its gateway listens (empty: there too)."""

    def __init__(self, messages: Messages, number: str, public_url: str) -> None:
        self.messages, self.number, self.public_url = messages, number, public_url.rstrip("/")
        self._read = 0

    @property
    def inbox(self) -> list[str]:
        """Every text that arrived on this phone, oldest first."""
        return [sent.body for sent in self.messages.sent if sent.to == self.number]

    def form(self, text: str, files: list[tuple[bytes, str]] | None = None, sid: str = "") -> dict[str, str]:
        """What Twilio posts for a message. files: (bytes, MIME type)."""
        message = sid or f"{'MM' if files else 'SM'}{secrets.token_hex(16)}"
        form = {
            "AccountSid": self.messages.account.sid,
            "ApiVersion": "2010-04-01",
            "Body": text,
            "From": self.number,
            "FromCountry": "CN",
            "MessageSid": message,
            "NumMedia": str(len(files or [])),
            "NumSegments": "1",
            "SmsMessageSid": message,
            "SmsSid": message,
            "SmsStatus": "received",
            "To": self.messages.account.number,
            "ToCountry": "CN",
        }
        for number, (data, mime) in enumerate(files or []):
            form[f"MediaUrl{number}"] = self.messages.keep_file(data, mime)
            form[f"MediaContentType{number}"] = mime
        return form

    def post(self, form: dict[str, str], signature: str | None = None) -> httpx.Response:
        """Deliver a form, signed unless a signature is given."""
        signed = self.messages.account.sign(f"{self.public_url}{PATH}", form) if signature is None else signature
        address = f"{self.messages.gateway_url or self.public_url}{PATH}"
        with httpx.Client(timeout=15, trust_env=False) as http:
            return http.post(address, data=form, headers={"X-Twilio-Signature": signed})

    def write(self, text: str, files: list[tuple[bytes, str]] | None = None, times: int = 1) -> list[httpx.Response]:
        """Send a message; times: how often Twilio delivers it."""
        form = self.form(text, files)
        return [self.post(form) for _ in range(times)]

    def says(self, text: str, quiet: float = 1.0, patience: float = 15.0) -> list[str]:
        """Send a message and wait for what is answered: all that arrives until nothing has for `quiet` seconds."""
        self._read = len(self.inbox)
        self.write(text)
        return list(self._answers(quiet, patience))

    def _answers(self, quiet: float, patience: float) -> Iterator[str]:
        end = time.monotonic() + patience
        while time.monotonic() < end:
            arrived = self.inbox
            if len(arrived) > self._read:
                yield from arrived[self._read :]
                self._read, end = len(arrived), time.monotonic() + quiet
            time.sleep(0.02)
