"""Refusals: one plain Chinese sentence and a code a program can tell apart, never a traceback, never the input."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from channels.gateway.wording import say

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5


class Refused(Exception):
    """A request that is not served: HTTP status, name of its sentence in wording.yml, values of the sentence."""

    def __init__(self, status: int, code: str, **values: object) -> None:
        super().__init__(code)
        self.status, self.code, self.values = status, code, values


def problem_response(status: int, code: str, **values: object) -> JSONResponse:
    """The answer to a refused request: {"detail": sentence, "code": name}, with Retry-After where waiting helps."""
    headers = {}
    if "seconds" in values:
        headers["Retry-After"] = str(values["seconds"])
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    return JSONResponse({"detail": say(code, **values), "code": code}, status, headers)


def install(app: FastAPI) -> None:
    """Give every kind of failure its plain answer."""
    app.exception_handler(Refused)(_refused)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(DBAPIError)(_database_down)
    app.exception_handler(PoolTimeout)(_database_down)
    app.exception_handler(Exception)(_unexpected)


async def _refused(request: Request, error: Refused) -> JSONResponse:
    return problem_response(error.status, error.code, **error.values)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    # The usual answer repeats the input; ours does not: it may be personal, or not even encodable.
    return problem_response(422, "bad_request")


async def _http(request: Request, error: HTTPException) -> JSONResponse:
    names = {401: "no_session", 404: "not_found", 405: "method", 413: "too_large"}
    return problem_response(error.status_code, names.get(error.status_code, "bad_request"))


async def _database_down(request: Request, error: Exception) -> JSONResponse:
    """The message was not stored, and we say so: a receipt would be a lie."""
    logger.error("database failed on %s: %s", request.url.path, type(error).__name__, exc_info=error)
    text = say("not_stored")
    system: dict[str, object] = {
        "id": None,
        "from": "system",
        "text": text,
        "buttons": [],
        "awaiting": None,
        "created_at": None,
    }
    body = {"detail": text, "code": "not_stored", "messages": [system]}
    return JSONResponse(body, 503, {"Retry-After": str(RETRY_SECONDS)})


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    logger.error("request to %s failed", request.url.path, exc_info=error)
    return problem_response(500, "server_error")
