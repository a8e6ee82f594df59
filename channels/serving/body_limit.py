"""How much: a limit on the size of a request's body, by address."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class TooLarge(Exception):
    """More bytes came than the address takes."""


class BodyLimit:
    """ASGI middleware: a body longer than its address allows is refused, without reading the rest.

    `refusal` makes the answer (413) from the limit in bytes and the path; `by_path` holds the addresses that
    take another size than `default`, by_ending those whose path ends so. `below`: other paths see to it themselves.
    """

    def __init__(
        self,
        app: ASGIApp,
        default: int,
        refusal: Callable[[int, str], ASGIApp],
        by_path: dict[str, int] | None = None,
        below: str = "/",
        by_ending: dict[str, int] | None = None,
    ) -> None:
        self.app, self.default, self.refusal, self.by_path, self.below = app, default, refusal, by_path or {}, below
        self.by_ending = by_ending or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(self.below):
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        refusal = self.refusal(limit, scope["path"])
        declared = next((value for key, value in scope["headers"] if key == b"content-length"), b"0")
        if declared.isdigit() and int(declared) > limit:
            await refusal(scope, receive, send)
            return
        taken, started = 0, False

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise TooLarge
            return message

        async def unless_too_large(message: Message) -> None:
            # The framework turns an error while it reads the body into its own 400: ours is the truer answer.
            nonlocal started
            if taken <= limit or started:
                started = True
                await send(message)

        with suppress(TooLarge):
            await self.app(scope, counted, unless_too_large)
        if taken > limit and not started:
            await refusal(scope, receive, send)

    def _limit(self, path: str) -> int:
        by_ending = (size for ending, size in self.by_ending.items() if path.endswith(ending))
        return self.by_path.get(path, next(by_ending, self.default))
