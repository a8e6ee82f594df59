"""Who is asking (a bearer token, kept as a hash in the database) and how often."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from channels.gateway.gateway import Gateway
from channels.gateway.problems import Refused
from channels.serving.rate_limit import RateLimit
from claims.tokens import token_hash

_scheme = HTTPBearer(auto_error=False, description="POST /api/chat/sessions 返回的 token")
LONGEST_TOKEN = 200


def bearer(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)]) -> str:
    """The bearer token of a request; Refused (401) without one."""
    if credentials is None or not usable(credentials.credentials):
        raise Refused(401, "no_session")
    return credentials.credentials


def usable(token: str) -> bool:
    """Whether this can be a token at all."""
    return 0 < len(token) <= LONGEST_TOKEN and token.isascii()


Bearer = Annotated[str, Depends(bearer)]


def gateway_of(connection: Request) -> Gateway:
    """The gateway of the running app."""
    gateway: Gateway = connection.app.state.gateway
    return gateway


def limit(connection: Request, what: str, key: str) -> None:
    """Count one use; Refused (429) when there were too many. what: messages, attachments (key: the token), sessions."""
    limits: dict[str, RateLimit] = connection.app.state.limits
    hashed = key if what == "sessions" else token_hash(key)
    seconds = limits[what].wait(hashed)
    if seconds:
        name = "too_many_sessions" if what == "sessions" else "too_many_messages"
        raise Refused(429, name, seconds=seconds)
