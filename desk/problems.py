"""Refusals of the staff API: {"detail": sentence, "code": name, …}, never a traceback."""

from __future__ import annotations

import logging

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse

from claims.errors import BadInput, NotEntitled, NotFound, OwnedByOther, StepNotAllowed
from claims.lifecycle import STATE_NAMES
from claims.vocabulary import ClaimState
from desk.wording import say, step_name

logger = logging.getLogger(__name__)


class Refused(Exception):
    """A request that is not served: status, name of its sentence, values of the sentence."""

    def __init__(self, status: int, code: str, **values: object) -> None:
        super().__init__(code)
        self.status, self.code, self.values = status, code, values


def problem(status: int, code: str, more: dict[str, object] | None = None, **values: object) -> JSONResponse:
    """The answer to a refused request."""
    headers = {"WWW-Authenticate": "Bearer"} if status == 401 else {}
    return JSONResponse({"detail": say(f"refusals.{code}", **values), "code": code, **(more or {})}, status, headers)


def install(app: FastAPI) -> None:
    """Give every kind of failure its plain answer."""

    @app.exception_handler(Refused)
    async def refused(request: Request, error: Refused) -> JSONResponse:
        return problem(error.status, error.code, None, **error.values)

    @app.exception_handler(NotEntitled)
    async def not_entitled(request: Request, error: NotEntitled) -> JSONResponse:
        return problem(403, "not_entitled")

    @app.exception_handler(NotFound)
    async def not_found(request: Request, error: NotFound) -> JSONResponse:
        return problem(404, "not_found")

    @app.exception_handler(OwnedByOther)
    async def owned_by_other(request: Request, error: OwnedByOther) -> JSONResponse:
        return problem(409, "owned_by_other", {"owner": error.owner}, owner=error.owner or say("refusals.someone"))

    @app.exception_handler(BadInput)
    async def bad_input(request: Request, error: BadInput) -> JSONResponse:
        return problem(422, "bad_input", reason=error)

    @app.exception_handler(StepNotAllowed)
    async def step_not_allowed(request: Request, error: StepNotAllowed) -> JSONResponse:
        state = STATE_NAMES[ClaimState(error.state)]
        more: dict[str, object] = {"state": error.state, "allowed": error.allowed}
        if not error.allowed:
            return problem(409, "final_state", more, state=state)
        allowed = "、".join(step_name(ClaimState(step)) for step in error.allowed)
        to = STATE_NAMES[ClaimState(error.to)]
        return problem(409, "step_not_allowed", more, state=state, to=to, allowed=allowed)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        # Where it is wrong, not what was sent: that may be personal.
        fields = [".".join(str(part) for part in problem["loc"]) for problem in error.errors()]
        return problem(422, "bad_request", {"fields": fields})

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> JSONResponse:
        names = {404: "not_found", 405: "method"}
        return problem(error.status_code, names.get(error.status_code, "bad_request"))

    @app.exception_handler(DBAPIError)
    async def database_down(request: Request, error: DBAPIError) -> JSONResponse:
        logger.error("database failed on %s: %s", request.url.path, type(error).__name__, exc_info=error)
        return problem(503, "database_down")

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        logger.error("request to %s failed", request.url.path, exc_info=error)
        return problem(500, "server_error")
