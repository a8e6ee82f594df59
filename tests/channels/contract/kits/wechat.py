"""WeChat, as it calls us in the compatible mode, in which the one body holds both."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import httpx

from standins.wechat import api, delivery
from standins.wechat.account import MESSAGE, Account
from standins.wechat.customer import PATH, Customer
from standins.wechat.delivery import Delivered, Mode
from tests.channels.contract.kit import ChannelKit, Request

BOMB = (
    '<!DOCTYPE xml [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><xml><MsgType>text</MsgType><Content>&c;</Content></xml>'
)


class Kit(ChannelKit):
    name = channel = "wechat"
    address = "oContract_Customer_1"
    mode: Mode = "compatible"

    def __init__(self) -> None:
        self.account = Account()
        super().__init__()
        self.customer = Customer("http://unused.invalid", self.account, self.address)

    @property
    def sent(self) -> list[tuple[str, str]]:
        return self.account.received

    @sent.setter
    def sent(self, received: list[tuple[str, str]]) -> None:
        self.account.received = received

    @property
    def gone(self) -> bool:
        return self.account.gone

    @gone.setter
    def gone(self, gone: bool) -> None:
        self.account.gone = gone

    @property
    def outage(self) -> int:
        return len(self.account.faults)

    @outage.setter
    def outage(self, calls: int) -> None:
        self.account.faults = [503, -1] * (calls // 2) + [503] * (calls % 2)

    def standin(self) -> Any:
        return api.app(self.account)

    def environment(self) -> dict[str, str]:
        return {
            "LIPEI_WECHAT_APPID": self.account.appid,
            "LIPEI_WECHAT_APPSECRET": self.account.appsecret,
            "LIPEI_WECHAT_TOKEN": self.account.token,
            "LIPEI_WECHAT_AES_KEY": self.account.aes_key,
            "LIPEI_WECHAT_API_BASE": self.standin_url,
        }

    def text(self, text: str, provider_id: str = "1", address: str | None = None, age: float = 0) -> Request:
        openid = address or self.address
        self.account.opened(openid, MESSAGE)
        plain = delivery.message(self.account, openid, "text", provider_id, Content=text)
        return self.signed(plain, age)

    def unknown(self, provider_id: str) -> Request:
        return self.signed(delivery.message(self.account, self.address, "sticker", provider_id, Emoji="1"))

    def signed(self, plain: str, age: float = 0, mode: Mode | None = None) -> Request:
        """A request with this XML."""
        return as_request(delivery.request(self.account, plain, mode or self.mode, self.account.now() - age))

    def forged(self, request: Request) -> list[Request]:
        other = delivery.request(
            replace(self.account, token="token-of-somebody-else"),
            delivery.message(self.account, self.address, "text", "2", Content="转账"),
        )
        elsewhere = replace(self.account, appid="wx9999999999999999")
        stranger = delivery.request(elsewhere, delivery.message(elsewhere, self.address, "text", "3", Content="转账"))
        return [
            replace(request, content=request.content.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[A")),
            replace(request, path=request.path.replace("msg_signature=", "msg_signature=0")),
            replace(request, path=request.path.replace("?signature=", "?signature=0")),
            replace(request, path=PATH),
            replace(request, path=f"{PATH}?echostr=1", method="GET", content=b""),
            as_request(other),
            as_request(stranger),
        ]

    def stale(self) -> Request | None:
        return self.text("你好", age=3600)

    def malformed(self) -> list[Request]:
        plain = ["", "<xml>", "<xml/>", BOMB, "<xml><MsgType>text</MsgType></xml>", "{}"]
        nowhere = delivery.message(self.account, self.address, "location", "1", Location_X="nan", Location_Y="1")
        return [self.signed(text, mode="plain") for text in [*plain, nowhere]] + [
            self.signed(text, mode="safe") for text in plain
        ]

    def oversized(self) -> Request:
        return self.signed(delivery.message(self.account, self.address, "text", "1", Content="长" * 30_000))

    def acknowledged(self, response: httpx.Response) -> bool:
        if response.status_code != 200:
            return False
        self.customer.takes(response.content)
        return True


def as_request(delivered: Delivered) -> Request:
    """As the contract test posts it."""
    return Request(f"{PATH}?{delivered.query}", delivered.body, method=delivered.method)
