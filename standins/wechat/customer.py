"""A WeChat user who chats with the account, and WeChat's servers in between."""

from __future__ import annotations

import itertools
import time

import httpx
from defusedxml.ElementTree import fromstring

from standins.wechat import delivery
from standins.wechat.account import MESSAGE, TAP, Account
from standins.wechat.delivery import Delivered, Mode
from standins.wechat.sealing import signature, unseal

ANSWER_SECONDS, DELIVERIES = 5.0, 3
"""WeChat waits this long for an answer, and asks this often."""
PATH = "/channels/wechat"
_numbers = itertools.count(time.time_ns() // 1_000)


class Customer:
    """One user. Every method that says something gives back the texts that came for it, passive and pushed."""

    def __init__(self, gateway: str, account: Account, openid: str = "oCustomer_1", mode: Mode = "safe") -> None:
        self.account, self.openid, self.mode = account, openid, mode
        self.http = httpx.Client(base_url=gateway, trust_env=False, timeout=ANSWER_SECONDS)
        self.deliveries = 0

    def says(self, text: str) -> list[str]:
        """A text message."""
        return self.sends("text", Content=text)

    def writes(self, text: str) -> None:
        """The same without waiting for what is answered."""
        self.account.opened(self.openid, MESSAGE)
        plain = delivery.message(self.account, self.openid, "text", str(next(_numbers)), Content=text)
        self.deliver(delivery.request(self.account, plain, self.mode))

    def taps(self, key: str) -> list[str]:
        """An entry of the menu."""
        return self.does("CLICK", key)

    def sends_photo(self, data: bytes, mime: str = "image/jpeg") -> list[str]:
        """A photo, which lies with WeChat."""
        return self.sends("image", PicUrl="https://mmbiz.example.com/1", MediaId=self._upload(data, mime))

    def speaks(self, data: bytes, heard: str = "") -> list[str]:
        """A voice message, and what WeChat made of it."""
        media = self._upload(data, "audio/amr")
        return self.sends("voice", MediaId=media, Format="amr", **({"Recognition": heard} if heard else {}))

    def is_at(self, latitude: float, longitude: float, label: str) -> list[str]:
        """A place on the map."""
        return self.sends("location", Location_X=latitude, Location_Y=longitude, Scale=15, Label=label)

    def sends(self, kind: str, **fields: object) -> list[str]:
        """A message of any kind."""
        self.account.opened(self.openid, MESSAGE)
        return self._told(delivery.message(self.account, self.openid, kind, str(next(_numbers)), **fields))

    def does(self, event: str, key: str = "", answered: bool = True) -> list[str]:
        """An event: CLICK, subscribe, SCAN, unsubscribe, VIEW, …"""
        if event in ("CLICK", "subscribe", "SCAN"):
            self.account.opened(self.openid, TAP)
        return self._told(delivery.event(self.account, self.openid, event, key), answered)

    def deliver(self, request: Delivered) -> httpx.Response | None:
        """As WeChat does it: again when there is no answer in time. None when there never was one."""
        for _ in range(DELIVERIES):
            self.deliveries += 1
            try:
                response = self.http.request(request.method, f"{PATH}?{request.query}", content=request.body)
            except httpx.HTTPError:
                continue
            if response.status_code == 200:
                if request.method == "POST":
                    self.takes(response.content)
                return response
        return None

    def takes(self, answer: bytes) -> None:
        """The passive reply in an answer, if there is one. ValueError for one that WeChat would not show."""
        if answer in (b"", b"success"):
            return
        fields = {child.tag: child.text or "" for child in fromstring(answer)}
        if "Encrypt" in fields:
            stamp, nonce, sealed = fields["TimeStamp"], fields["Nonce"], fields["Encrypt"]
            if fields["MsgSignature"] != signature(self.account.token, stamp, nonce, sealed):
                raise ValueError("the reply is not signed")
            plain = unseal(sealed, self.account.aes_key, self.account.appid)
            fields = {child.tag: child.text or "" for child in fromstring(plain)}
        if (fields["FromUserName"], fields["ToUserName"]) != (self.account.original_id, self.openid):
            raise ValueError("the reply is for somebody else")
        if fields["MsgType"] != "text" or len(fields["Content"].encode()) > 2_048:
            raise ValueError("the reply is too long")
        self.account.received.append((self.openid, fields["Content"]))

    def heard(self) -> list[str]:
        """All texts that came, oldest first."""
        return [text for openid, text in self.account.received if openid == self.openid]

    def _upload(self, data: bytes, mime: str) -> str:
        media_id = f"media-{next(_numbers)}"
        self.account.media[media_id] = (data, mime)
        return media_id

    def _told(self, plain: str, answered: bool = True, seconds: float = 15.0, quiet: float = 0.8) -> list[str]:
        """What comes until nothing more has come for `quiet` seconds."""
        before = len(self.heard())
        self.deliver(delivery.request(self.account, plain, self.mode))
        end, last = time.monotonic() + seconds, time.monotonic()
        count = before
        while time.monotonic() < end:
            if len(self.heard()) > count:
                count, last = len(self.heard()), time.monotonic()
            if (count > before or not answered) and time.monotonic() - last > quiet:
                break
            time.sleep(0.05)
        return self.heard()[before:]
