"""One Official Account as WeChat knows it: its secrets, its access token, its followers and what they got."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MESSAGE, TAP = (48 * 3600.0, 5), (60.0, 3)
"""(seconds, service messages) that a message of the customer, or a tap, opens."""
TOKEN_SECONDS = 7200


@dataclass
class Account:
    """received: (openid, text) of all that customers got, in order, however it was sent. template_texts, calls: the
    part of it that came as template messages, and every API call as (name, body).

    faults: what the next API calls are answered instead, each a page with an HTTP status (200 to 599), or an errcode,
    or None for one that goes well; delay: seconds before every API answer; gone: nobody follows any more.
    """

    appid: str = "wx0123456789abcdef"
    appsecret: str = "secret-of-the-account"
    token: str = "token-of-the-address"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    original_id: str = "gh_0123456789ab"
    now: Callable[[], float] = time.time
    received: list[tuple[str, str]] = field(default_factory=list)
    template_texts: list[str] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    media: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    menu: dict[str, Any] | None = None
    faults: list[int | None] = field(default_factory=list)
    delay: float = 0.0
    gone: bool = False
    tokens_given: int = 0
    _token: str = ""
    _spoilt: dict[str, int] = field(default_factory=dict)
    _token_until: float = 0.0
    _windows: dict[str, tuple[float, int]] = field(default_factory=dict)
    _template_ids: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def new_token(self) -> str:
        """The one before is invalid from now on."""
        with self._lock:
            self.spoil_token(40001)
            self._token, self._token_until = secrets.token_hex(32), self.now() + TOKEN_SECONDS
            self.tokens_given += 1
            return self._token

    def spoil_token(self, code: int) -> None:
        """Refuse the present token with this errcode."""
        if self._token:
            self._spoilt[self._token] = code
        self._token = ""

    def token_error(self, token: str) -> int | None:
        """The errcode for a call with this token; None when it is in force."""
        if token and token == self._token:
            return 42001 if self.now() > self._token_until else None
        return self._spoilt.get(token, 40014 if token else 41001)

    def opened(self, openid: str, by: tuple[float, int]) -> None:
        """A customer did something that lets the account write to them. Nothing adds up: the larger of each counts."""
        until, left = self._windows.get(openid, (0.0, 0))
        until, left = (until, left) if until > self.now() else (0.0, 0)
        self._windows[openid] = (max(until, self.now() + by[0]), max(left, by[1]))

    def windows_close(self) -> None:
        """As if every customer had last written days ago."""
        self._windows.clear()

    def service_error(self, openid: str) -> int | None:
        """The errcode for a service message to a customer; None when it may be sent, which counts as one."""
        with self._lock:
            until, left = self._windows.get(openid, (0.0, 0))
            if until <= self.now():
                return 45015
            if left <= 0:
                return 45047
            self._windows[openid] = (until, left - 1)
            return None

    def template_is_new(self, openid: str, client_msg_id: str) -> bool:
        """Whether a template message of this id has not been sent yet."""
        named = f"{openid} {client_msg_id}"
        if client_msg_id and named in self._template_ids:
            return False
        self._template_ids.add(named)
        return True
