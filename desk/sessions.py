"""The cookie that carries a session of the desk's pages, and what keeps other sites from using it.

SameSite=Strict alone is not enough for an old browser or a sister site: whatever changes something must come with our
own Origin, and a form with the token that belongs to the cookie.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response

from claims import crypto
from claims.logins import LONGEST

COOKIE = "lipei_staff"
FORM_COOKIE = "lipei_form"
LONGEST_TOKEN = 200


def token_of(connection: HTTPConnection) -> str | None:
    """The session's token that the browser sent; None without one that can be one."""
    token = connection.cookies.get(COOKIE, "")
    return token if 0 < len(token) <= LONGEST_TOKEN and token.isascii() else None


def remember(response: Response, token: str, *, secure: bool) -> None:
    """Give the browser the session."""
    response.set_cookie(
        COOKIE,
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def forget(response: Response) -> None:
    """Take the session back."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")


def own_origin(headers: Headers) -> bool:
    """Whether the request says that it comes from a page of this very host. One that does not say is refused."""
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


def form_token(secret: str) -> str:
    """What a form carries to show that it was made for the holder of this secret (a cookie)."""
    return crypto.secret_hash(f"form {secret}")


def form_holds(secret: str | None, given: str) -> bool:
    """Whether a form was made for the holder of this secret."""
    return bool(secret) and given.isascii() and hmac.compare_digest(form_token(str(secret)), given)


def new_form_secret() -> str:
    """A secret for somebody who is not signed in yet."""
    return secrets.token_urlsafe(24)
