"""The page, the widget and their files, with caching by content."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

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
        response.headers["Cache-Control"] = ASK_EACH_TIME
        response.headers["Content-Security-Policy"] = self._policy
        return response
