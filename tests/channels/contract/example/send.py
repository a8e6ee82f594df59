"""Handing messages to the provider, and fetching files from it."""

import httpx

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure
from channels.rendering import Limits
from channels.webhook import Fetched

LIMITS = Limits(size=60, buttons=0)


class ExampleClient:
    """The provider's API. One for a gateway process."""

    limits = LIMITS

    def __init__(self, base: str, account: str) -> None:
        self._http = httpx.AsyncClient(base_url=base, params={"account": account}, timeout=10, trust_env=False)

    async def send(self, message: Outbound) -> str | None:
        """The provider's id. Raises PassingFailure or PermanentFailure."""
        body = {"to": message.address, "text": message.text, "key": message.dedupe_key}
        response = await self._call("POST", "/messages", json=body)
        return str(response.json()["id"])

    async def fetch(self, reference: str) -> Fetched:
        """A file. Raises PassingFailure or PermanentFailure."""
        response = await self._call("GET", f"/files/{reference}")
        return Fetched(response.content, mime=response.headers.get("content-type", ""))

    async def _call(self, method: str, path: str, **more: object) -> httpx.Response:
        try:
            response = await self._http.request(method, path, **more)  # type: ignore[arg-type]
        except httpx.HTTPError as error:
            raise PassingFailure(f"provider not reached: {type(error).__name__}") from error
        match response.status_code:
            case 200:
                return response
            case 404:
                raise AddressGone("no such address")
            case 422:
                raise MessageRefused("message refused")
            case code:
                asked = response.headers.get("retry-after")
                raise PassingFailure(f"provider answered {code}", float(asked) if asked else None)
