"""Text messages through the domestic gateway."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import httpx
from starlette.applications import Starlette

from standins.aliyun.customer import SmsCustomer
from standins.aliyun.messages import Messages
from tests.channels.contract.kit import ChannelKit, Request

TOKEN = "token-of-the-push-address"
PATH = "/channels/sms/aliyun"


class Kit(ChannelKit):
    name, channel = "sms/aliyun", "sms"
    address = "13800138001"

    def __init__(self) -> None:
        self.messages = Messages()
        super().__init__()

    def environment(self) -> dict[str, str]:
        account = self.messages.account
        return {
            "LIPEI_ALIYUN_SMS_ACCESS_KEY_ID": account.key_id,
            "LIPEI_ALIYUN_SMS_ACCESS_KEY_SECRET": account.secret,
            "LIPEI_ALIYUN_SMS_SIGN_NAME": account.sign_name,
            "LIPEI_ALIYUN_SMS_TEMPLATE_CODE": "SMS_100000001",
            "LIPEI_ALIYUN_SMS_PUSH_TOKEN": TOKEN,
            "LIPEI_ALIYUN_SMS_API_BASE": self.standin_url,
            "LIPEI_ALIYUN_SMS_PUSH_SECONDS": "30",  # a busy machine is no failure of the channel
            "LIPEI_SMS_PROVIDER": "aliyun",
        }

    def standin(self) -> Any:
        return Starlette(routes=self.messages.routes())

    @property  # type: ignore[override]
    def outage(self) -> int:
        return len(self.messages.refusals)

    @outage.setter
    def outage(self, count: int) -> None:
        self.messages.refusals = [("503", ""), ("isp.SYSTEM_ERROR", "")] * (count // 2) + [("503", "")] * (count % 2)

    @property  # type: ignore[override]
    def gone(self) -> bool:
        return bool(self.messages.refused)

    @gone.setter
    def gone(self, gone: bool) -> None:
        self.messages.refused = {self.address: "isv.MOBILE_NUMBER_ILLEGAL"} if gone else {}

    @property  # type: ignore[override]
    def sent(self) -> list[tuple[str, str]]:
        """Without the signature, which the provider puts in front of every message."""
        signature = f"【{self.messages.account.sign_name}】"
        return [(each.to, each.body.removeprefix(signature)) for each in self.messages.sent]

    @sent.setter
    def sent(self, sent: list[tuple[str, str]]) -> None:
        """The stand-in keeps them."""

    def text(self, text: str, provider_id: str = "1", address: str | None = None, age: float = 0) -> Request:
        element = SmsCustomer(self.messages, address or self.address, "").element(text)
        return self.pushed([{**element, "sequence_id": provider_id}])

    def pushed(self, elements: Any) -> Request:
        """A push of these elements, at the address with its token."""
        body = elements if isinstance(elements, bytes) else json.dumps(elements, ensure_ascii=False).encode()
        return Request(f"{PATH}?token={TOKEN}", body, {"Content-Type": "application/json"})

    def unknown(self, provider_id: str) -> Request:
        return self.text(" ", provider_id)

    def forged(self, request: Request) -> list[Request]:
        queries = ["", "?token=", f"?token={TOKEN}x", "?token=%E7%AD%BE", f"/report?t={TOKEN}"]
        return [replace(request, path=PATH + query) for query in queries]

    def stale(self) -> Request | None:
        return None

    def malformed(self) -> list[Request]:
        element = {"phone_number": self.address, "content": "你好", "sequence_id": 1}
        bodies = [b"", b"{", b"{}", b"3", b"\xff\xfe", b"[" * 60_000, b"[" + b"9" * 6_000 + b"]"]
        broken = [[1], [{}], [{**element, "phone_number": "a"}], [{**element, "content": 3}], [{"success": True}]]
        return [self.pushed(each) for each in [*bodies, *broken]]

    def oversized(self) -> Request:
        return self.pushed(b" " * 300_000)

    def acknowledged(self, response: httpx.Response) -> bool:
        return response.status_code == 200 and response.json()["code"] == 0
