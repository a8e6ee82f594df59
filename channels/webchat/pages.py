"""The page, the widget and their files, with caching by content."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from starlette.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

AnyResponse = TypeVar("AnyResponse", bound=Response)
STATIC = Path(__file__).with_name("static")
ASK_EACH_TIME = "no-cache"
"""Kept by the browser, but asked for each time: an unchanged file costs one short "304"."""


class Files(StaticFiles):
    """Static files under the page's own content policy, asked for anew with their ETag."""

    def __init__(self, policy: str) -> None:
        super().__init__(directory=STATIC, check_dir=False)
        self._policy = policy

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        return with_headers(response, self._policy)


def page(name: str, policy: str) -> FileResponse:
    """One file of the static folder as a page or script of its own."""
    return with_headers(FileResponse(STATIC / name), policy)


def with_headers(response: AnyResponse, policy: str) -> AnyResponse:
    """Set how long it may be kept, and the content policy."""
    response.headers["Cache-Control"] = ASK_EACH_TIME
    response.headers["Content-Security-Policy"] = policy
    return response
