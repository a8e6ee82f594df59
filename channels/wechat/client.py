"""wechatpy's client with the account's shared access token, off the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from requests import PreparedRequest, RequestException, Response
from requests.adapters import HTTPAdapter
from sqlalchemy.exc import SQLAlchemyError
from wechatpy import WeChatClient
from wechatpy.exceptions import WeChatException

from channels.wechat.errors import TOKEN_SPOILT, failure
from channels.wechat.settings import WeChatSettings
from channels.wechat.token import SharedToken

THREADS = 16
TIMEOUT_SECONDS = 10.0
"""For connecting, and for each wait for bytes."""
T = TypeVar("T")


class Api:
    """WeChat's API for one account. `call(work)` runs `work(client)` in a thread."""

    def __init__(self, settings: WeChatSettings, database_url: str) -> None:
        self._client = _Client(settings)
        self._token = SharedToken(database_url, f"wechat:{settings.appid}", self._client.new_token)
        self._pool = ThreadPoolExecutor(THREADS, "wechat")

    async def call(self, work: Callable[[WeChatClient], T]) -> T:
        """What `work` gives. Raises PassingFailure or PermanentFailure; a spoilt access token is renewed, once."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, partial(self._call, work))

    def _call(self, work: Callable[[WeChatClient], T]) -> T:
        try:
            token = self._client.use(self._token.usable())
            try:
                return work(self._client)
            except WeChatException as error:
                if error.errcode not in TOKEN_SPOILT:
                    raise
                self._client.use(self._token.usable(spoilt=token))
                return work(self._client)
        except (WeChatException, RequestException, SQLAlchemyError, ValueError, KeyError) as error:
            raise failure(error) from None


class _Client(WeChatClient):  # type: ignore[misc]
    """wechatpy keeps a token for itself and renews it as often as it is refused; here each thread is told which."""

    def __init__(self, settings: WeChatSettings) -> None:
        super().__init__(settings.appid, settings.appsecret, timeout=TIMEOUT_SECONDS, auto_retry=False)
        self.API_BASE_URL = f"{settings.api_base}/cgi-bin/"
        self._used = threading.local()
        for scheme in ("https://", "http://"):
            self._http.mount(scheme, _Patient(pool_maxsize=THREADS))

    @property
    def access_token(self) -> str:
        return str(self._used.token)

    def use(self, token: str) -> str:
        """From now on, in this thread."""
        self._used.token = token
        return token

    def new_token(self) -> tuple[str, float]:
        """(token, seconds) from WeChat. It makes the one before invalid."""
        params = {"grant_type": "client_credential", "appid": self.appid, "secret": self.secret}
        given = self._fetch_access_token(f"{self.API_BASE_URL}token", params)
        return str(given["access_token"]), float(given["expires_in"])


class _Patient(HTTPAdapter):
    """wechatpy asks for a token without a time-out."""

    def send(self, request: PreparedRequest, **more: Any) -> Response:  # type: ignore[override]
        more["timeout"] = more.get("timeout") or TIMEOUT_SECONDS
        return super().send(request, **more)
