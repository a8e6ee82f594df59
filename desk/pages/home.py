"""The address without a path: on to where the role's work is."""

from __future__ import annotations

from fastapi import Request
from nicegui import app
from starlette.responses import RedirectResponse, Response

from claims.vocabulary import Role
from desk.seat import PAGES, enter

FIRST = {Role.SURVEYOR: "/cases", Role.ADMIN: "/accounts"}
PAGES["/"] = None


@app.get("/", include_in_schema=False)
async def home(request: Request) -> Response:
    """The queue for who talks to customers, claims for surveyors, accounts for administrators."""
    seat = await enter(request, None)
    if isinstance(seat, Response):
        return seat
    return RedirectResponse(FIRST.get(seat.role, "/talks"), 303)
