"""The account that the stand-in serves, and what Twilio signs its requests with."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

API = "/2010-04-01/Accounts/{account}"


@dataclass(frozen=True)
class Account:
    """Made up; numbers are in E.164."""

    sid: str = "AC" + "5" * 32
    token: str = "0123456789abcdef" * 2
    number: str = "+8613800138000"

    def sign(self, url: str, form: Mapping[str, str]) -> str:
        """X-Twilio-Signature: HMAC-SHA1 over the URL and the sorted fields, names and values without separators."""
        text = url + "".join(f"{name}{form[name]}" for name in sorted(form))
        return base64.b64encode(hmac.new(self.token.encode(), text.encode(), hashlib.sha1).digest()).decode()

    def refused(self, request: Request) -> Response | None:
        """The answer to a request that does not carry the account's own credentials; None when it does."""
        expected = base64.b64encode(f"{self.sid}:{self.token}".encode()).decode()
        if request.headers.get("authorization", "") != f"Basic {expected}":
            return error(401, 20003, "Authenticate")
        if request.path_params["account"] != self.sid:
            return error(404, 20404, "The requested resource was not found")
        return None


def error(status: int, code: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """Twilio's form of an error."""
    more_info = f"https://www.twilio.com/docs/errors/{code}"
    body = {"code": code, "message": message, "more_info": more_info, "status": status}
    return JSONResponse(body, status, headers=dict(headers or {}))
