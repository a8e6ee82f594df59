"""A line between Twilio and the gateway: signed requests, sent again on demand, as Twilio sends them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from standins.twilio.account import Account

PATIENCE_SECONDS = 15.0


@dataclass
class Line:
    """gateway: where it listens; public: its LIPEI_PUBLIC_URL, which is what is signed.

    again: how often each request is sent once more, as Twilio does when a connection breaks. dial: what becomes of a
    call that is put through ("completed", "no-answer", "busy", "failed"). pace: of pauses, 1 is as long as they are.
    answers: body of every answer, by request.
    """

    gateway: str
    public: str
    account: Account
    again: int = 0
    dial: str = "completed"
    pace: float = 0.0
    answers: list[list[bytes]] = field(default_factory=list)
    between: Callable[[], None] = lambda: None

    def __post_init__(self) -> None:
        self._http = httpx.Client(trust_env=False, timeout=PATIENCE_SECONDS)

    def post(self, address: str, form: dict[str, str]) -> httpx.Response:
        """The gateway's first answer to this request. address: below the gateway, or its public one."""
        path = address.removeprefix(self.public)
        headers = {"X-Twilio-Signature": self.account.sign(self.public + path, form)}
        got = []
        for number in range(self.again + 1):
            if number:
                self.between()
            got.append(self._http.post(self.gateway + path, data=form, headers=headers))
        self.answers.append([each.content for each in got])
        return got[0]

    def close(self) -> None:
        self._http.close()
