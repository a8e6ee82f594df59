"""What the contract test has to know of a channel: its provider's requests, and a stand-in for its provider's API.

A channel joins with one file under kits/: a subclass of Kit named `Kit`. The stand-in behaves as the provider's
documents say; `outage` and `gone` are how the test tells it to fail.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

import httpx

PUBLIC_URL = "https://lipei.example.com"


@dataclass(frozen=True)
class Request:
    """One request of a provider. path: below the gateway, with its query."""

    path: str
    content: bytes
    headers: dict[str, str] = field(default_factory=dict)
    method: str = "POST"


class ChannelKit:
    """One channel under test. A new one is made for each test; `standin_url` is where its stand-in listens by then.

    outage: the stand-in answers with the provider's passing failure while it is above 0, counting down. gone: it
    answers that the address does not exist. sent: (address, text) of what the customer got, in order, pushed or in an
    answer. module: the setup module, where the registry has none of this name. calls: a call, which is answered in its
    requests only, so that nothing can be pushed to it, and which knows no other kind of message than words.
    """

    name: ClassVar[str]
    channel: ClassVar[str]
    address: ClassVar[str]
    module: ClassVar[str | None] = None
    calls: ClassVar[bool] = False

    def __init__(self) -> None:
        self.standin_url = ""
        self.outage = 0
        self.gone = False
        self.sent: list[tuple[str, str]] = []

    def standin(self) -> Any:
        """The ASGI app of the provider's API."""
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        """The variables that switch the channel on, its *_API_BASE at `standin_url`."""
        raise NotImplementedError

    def text(self, text: str, provider_id: str = "1", address: str | None = None, age: float = 0) -> Request:
        """A signed request with one text message; age: how many seconds ago it was signed."""
        raise NotImplementedError

    def choose(self, number: int, provider_id: str) -> Request:
        """A signed request that makes a choice of the last message: its number, or a tap where there are buttons."""
        return self.text(str(number), provider_id)

    def unknown(self, provider_id: str) -> Request:
        """A signed request with a kind of message that the channel does not read."""
        raise NotImplementedError

    def forged(self, request: Request) -> list[Request]:
        """The same request in ways its provider would not send it: another body, no or another signature."""
        raise NotImplementedError

    def stale(self) -> Request | None:
        """A request signed too long ago; None where the provider signs no time."""
        raise NotImplementedError

    def malformed(self) -> list[Request]:
        """Signed requests that cannot be read, an entity bomb among them where they are XML."""
        raise NotImplementedError

    def oversized(self) -> Request:
        """A request larger than the address takes."""
        raise NotImplementedError

    def acknowledged(self, response: httpx.Response) -> bool:
        """Whether this is what the provider wants to hear; a reply in it is added to `sent`."""
        raise NotImplementedError
