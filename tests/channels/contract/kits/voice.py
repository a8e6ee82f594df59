"""Calls: what the caller says comes as the result of a Gather, and the answer is TwiML."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import httpx

from standins.twilio.account import Account
from standins.voice.api import CallsApi
from standins.voice.twiml import Verb, read
from tests.channels.contract.kit import PUBLIC_URL, ChannelKit, Request

ACCOUNT = Account(number="+862012345678")
PATH = "/channels/voice/twilio"


class Kit(ChannelKit):
    name = channel = "voice"
    address = "+8613800138001"
    calls = True

    def standin(self) -> Any:
        return CallsApi(ACCOUNT).app

    def environment(self) -> dict[str, str]:
        return {
            "LIPEI_TWILIO_ACCOUNT_SID": ACCOUNT.sid,
            "LIPEI_TWILIO_AUTH_TOKEN": ACCOUNT.token,
            "LIPEI_TWILIO_FROM": ACCOUNT.number,
            "LIPEI_TWILIO_API_BASE": self.standin_url,
        }

    def text(self, text: str, provider_id: str = "1", address: str | None = None, age: float = 0) -> Request:
        sid = "CA" + provider_id.encode().hex().zfill(32)
        form = {"CallSid": sid, "From": address or self.address, "To": ACCOUNT.number, "SpeechResult": text}
        return self._signed(f"{PATH}?step=heard&turn=1", form)

    def forged(self, request: Request) -> list[Request]:
        return [
            replace(request, content=request.content.replace(b"0", b"1")),
            replace(request, headers={**request.headers, "X-Twilio-Signature": "A" * 28}),
            replace(request, headers={"Content-Type": request.headers["Content-Type"]}),
            replace(request, path=f"{PATH}?step=heard&turn=2"),
        ]

    def stale(self) -> Request | None:
        return None

    def malformed(self) -> list[Request]:
        whole = {"CallSid": "CA" + "0" * 32, "From": self.address, "To": ACCOUNT.number}
        bomb = '<!DOCTYPE r [<!ENTITY a "aa">]><r>&a;</r>'
        return [
            self._signed(PATH, {}),
            self._signed(PATH, {**whole, "CallSid": bomb}),
            self._signed(f"{PATH}?step=elsewhere", whole),
            self._signed(f"{PATH}?step=heard&turn=x", whole),
        ]

    def oversized(self) -> Request:
        return self._signed(PATH, {"SpeechResult": "啊" * 20_000})

    def acknowledged(self, response: httpx.Response) -> bool:
        """Follows a redirect as Twilio does, on its own time; what asks for nothing new is no message."""
        if response.status_code != 200:
            return False
        verbs = read(response.content)
        self.sent += [(self.address, text.rstrip("。")) for text in _said(verbs) if "还有什么需要" not in text]
        redirect = next((each.text for each in verbs if each.name == "Redirect"), "")
        if redirect:
            threading.Thread(target=self._follow, args=(response.request, redirect), daemon=True).start()
        return True

    def _follow(self, request: httpx.Request, address: str) -> None:
        form = dict(httpx.QueryParams(request.content.decode()))
        form.pop("SpeechResult", None)
        following = self._signed(address.removeprefix(PUBLIC_URL), form)
        url = request.url.copy_with(raw_path=following.path.encode())
        answer = httpx.post(url, content=following.content, headers=following.headers, trust_env=False, timeout=20)
        self.acknowledged(answer)

    def _signed(self, path: str, form: dict[str, str]) -> Request:
        form = {"AccountSid": ACCOUNT.sid, **form}
        signature = ACCOUNT.sign(PUBLIC_URL + path, form)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Twilio-Signature": signature}
        return Request(path, urlencode(form).encode(), headers)


def _said(verbs: list[Verb]) -> list[str]:
    return [text for verb in verbs for text in ([verb.text] if verb.name == "Say" else verb.says)]
