"""The text messages of every phone, and the JSON that the page reads and writes."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standins.phone.people import PEOPLE
from standins.twilio.customer import SmsCustomer
from standins.twilio.faults import Fate
from standins.twilio.messages import Messages

FATES: dict[str, Fate] = {"delivered": "delivered", "silent": "silent", "30003": 30003, "30005": 30005, "30007": 30007}
"""What a phone can be set to: it receives; nothing is reported; switched off; no such number; filtered."""
MOST_TIMES = 5


@dataclass
class Written:
    """What was written on a phone. status: what the gateway answered at last (HTTP; 0: it was not there; None: it has
    not answered yet)."""

    text: str
    files: int
    status: int | None = None
    at: datetime = field(default_factory=lambda: datetime.now(UTC))


class SmsPhones:
    """All phones, in front of one stand-in."""

    def __init__(self, messages: Messages, public_url: str) -> None:
        self._messages = messages
        self._customers = {number: SmsCustomer(messages, number, public_url) for number in PEOPLE}
        self._written: dict[str, list[Written]] = {number: [] for number in PEOPLE}

    def routes(self) -> list[Route]:
        return [
            Route("/api/people", self._people),
            Route("/api/sms/{number}", self._history),
            Route("/api/sms/{number}", self._write, methods=["POST"]),
            Route("/api/sms/{number}/fate", self._set_fate, methods=["PUT"]),
        ]

    async def _people(self, request: Request) -> Response:
        fates = self._messages.faults.fate
        people = [
            {
                "number": number,
                "name": name,
                "arrived": len(self._customers[number].inbox),
                "fate": str(fates.get(number, "delivered")),
            }
            for number, name in PEOPLE.items()
        ]
        return JSONResponse({"people": people, "service": self._messages.account.number})

    async def _history(self, request: Request) -> Response:
        number = request.path_params["number"]
        if number not in PEOPLE:
            return _wrong(404, "没有这个号码")
        mine: list[tuple[datetime, dict[str, Any]]] = [
            (each.at, {"from": "me", "text": each.text, "files": each.files, "status": each.status})
            for each in self._written[number]
        ]
        theirs: list[tuple[datetime, dict[str, Any]]] = [
            (each.at, {"from": "them", "text": each.body, "state": each.states[-1], "error": each.error})
            for each in self._messages.sent
            if each.to == number
        ]
        ordered = sorted([*mine, *theirs], key=lambda pair: pair[0])
        return JSONResponse({"messages": [{**shown, "at": at.isoformat()} for at, shown in ordered]})

    async def _write(self, request: Request) -> Response:
        """Form: text, times (how often Twilio delivers it), file (any number)."""
        number = request.path_params["number"]
        form = await request.form()
        text, times = str(form.get("text", "")), str(form.get("times", "1"))
        uploads = [each for each in form.getlist("file") if isinstance(each, UploadFile) and each.size]
        if number not in PEOPLE or not (text.strip() or uploads):
            return _wrong(422, "没有内容")
        if not times.isdigit() or not 1 <= int(times) <= MOST_TIMES:
            return _wrong(422, f"最多投递 {MOST_TIMES} 次")
        files = [(await each.read(), each.content_type or "application/octet-stream") for each in uploads]
        written = Written(text, len(files))
        self._written[number].append(written)
        try:
            answers = await run_in_threadpool(self._customers[number].write, text, files or None, int(times))
            written.status = answers[-1].status_code
        except httpx.HTTPError:
            written.status = 0
        return JSONResponse({"status": written.status})

    async def _set_fate(self, request: Request) -> Response:
        number, fate = request.path_params["number"], (await request.json()).get("fate")
        if number not in PEOPLE or fate not in FATES:
            return _wrong(422, "没有这种状态")
        self._messages.faults.fate[number] = FATES[fate]
        return JSONResponse({"fate": fate})


def _wrong(status: int, words: str) -> Response:
    return JSONResponse({"error": words}, status)
