"""Text messages through Twilio."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import httpx
from starlette.applications import Starlette

from standins.twilio.account import Account
from standins.twilio.customer import PATH, SmsCustomer
from standins.twilio.messages import Messages
from tests.channels.contract.kit import PUBLIC_URL, ChannelKit, Request


class Kit(ChannelKit):
    name, channel = "sms/twilio", "sms"
    address = "+8613800138001"

    def __init__(self) -> None:
        self.account = Account()
        self.messages = Messages(self.account)
        self.messages.faults.fate[self.address] = "silent"
        super().__init__()

    def environment(self) -> dict[str, str]:
        return {
            "LIPEI_TWILIO_ACCOUNT_SID": self.account.sid,
            "LIPEI_TWILIO_AUTH_TOKEN": self.account.token,
            "LIPEI_TWILIO_FROM": self.account.number,
            "LIPEI_TWILIO_API_BASE": self.standin_url,
            "LIPEI_SMS_PROVIDER": "twilio",
        }

    def standin(self) -> Any:
        return Starlette(routes=self.messages.routes())

    @property  # type: ignore[override]
    def outage(self) -> int:
        return self.messages.faults.outage

    @outage.setter
    def outage(self, count: int) -> None:
        self.messages.faults.outage = count

    @property  # type: ignore[override]
    def gone(self) -> bool:
        return bool(self.messages.faults.refused)

    @gone.setter
    def gone(self, gone: bool) -> None:
        self.messages.faults.refused = {self.address: 21614} if gone else {}

    @property  # type: ignore[override]
    def sent(self) -> list[tuple[str, str]]:
        return [(each.to, each.body) for each in self.messages.sent]

    @sent.setter
    def sent(self, sent: list[tuple[str, str]]) -> None:
        """The stand-in keeps them."""

    def text(self, text: str, provider_id: str = "1", address: str | None = None, age: float = 0) -> Request:
        return self.signed(self.form(text, provider_id, address))

    def form(self, text: str, provider_id: str, address: str | None = None) -> dict[str, str]:
        """The fields of a message whose SID is made from the id."""
        customer = SmsCustomer(self.messages, address or self.address, PUBLIC_URL)
        return customer.form(text, sid=f"SM{provider_id}")

    def signed(self, form: dict[str, str]) -> Request:
        """A request with these fields, signed for the public address."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Twilio-Signature": self.account.sign(PUBLIC_URL + PATH, form),
        }
        return Request(PATH, urlencode(form).encode(), headers)

    def unknown(self, provider_id: str) -> Request:
        return self.signed(self.form("", provider_id))

    def forged(self, request: Request) -> list[Request]:
        foreign = self.form("我要报案", "1")
        foreign["AccountSid"] = "AC" + "6" * 32
        return [
            replace(request, content=request.content.replace(b"SM1", b"SM2")),
            replace(request, headers={**request.headers, "X-Twilio-Signature": "0" * 28}),
            replace(request, headers={}),
            replace(request, path=f"{PATH}?v=2"),
            replace(request, path=f"{PATH}/status"),
            self.signed(foreign),
        ]

    def stale(self) -> Request | None:
        return None

    def malformed(self) -> list[Request]:
        whole = self.form("我要报案", "1")
        broken = [{**whole, "NumMedia": bad} for bad in ("many", "-1", "²", "1000000", "1")]
        return [self.signed(form) for form in ({**whole, "MessageSid": ""}, {**whole, "From": " "}, *broken)]

    def oversized(self) -> Request:
        return self.signed(self.form("好" * 30_000, "1"))

    def acknowledged(self, response: httpx.Response) -> bool:
        empty = '<?xml version="1.0" encoding="UTF-8"?><Response />'
        return response.status_code == 200 and response.text == empty and "xml" in response.headers["content-type"]
