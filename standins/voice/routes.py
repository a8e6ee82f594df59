"""Calls as JSON for the phone simulator's page, and Twilio's API for the calls that the gateway places."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standins.twilio.account import Account
from standins.voice.api import CallsApi
from standins.voice.line import Line
from standins.voice.session import Session

Json = dict[str, Any]
VERBS = frozenset({"start", "say", "press", "silence", "hang_up", "take"})
ANSWERED_BY = {"person": "human", "machine": "machine_end_beep"}


class VoicePhones:
    """One phone a number. GET /api/voice/{number} → the session's state and `ringing`: whether we call this number;
    POST /api/voice/{number}/{verb} with {"value": text or keys} → the same.

    Verbs: start, say, press, silence, hang_up; take (a call of ours; value "person" or "machine").
    """

    def __init__(self, account: Account, gateway_url: str, public_url: str) -> None:
        self._line = Line(gateway_url, public_url, account, dial="no-answer", pace=1.0)
        self._calls = CallsApi(account)
        self._phones: dict[str, Session] = {}
        self._taken: set[str] = set()

    def routes(self) -> list[Route]:
        return [
            Route("/api/voice/{number}", self._state),
            Route("/api/voice/{number}/{verb}", self._do, methods=["POST"]),
            *self._calls.routes(),
        ]

    async def _state(self, request: Request) -> Response:
        return self._shown(request.path_params["number"])

    async def _do(self, request: Request) -> Response:
        number, verb = request.path_params["number"], request.path_params["verb"]
        if verb not in VERBS:
            return JSONResponse({"error": "没有这个操作"}, 404)
        value = str((await request.json()).get("value", ""))
        await run_in_threadpool(self._done, self._phone(number), number, verb, value)
        return self._shown(number)

    def _done(self, phone: Session, number: str, verb: str, value: str) -> None:
        match verb:
            case "start":
                phone.start(number)
            case "say":
                phone.say(value)
            case "press":
                phone.press(value)
            case "silence":
                phone.keep_silent()
            case "hang_up":
                phone.hang_up()
            case "take":
                ringing = [each for each in self._calls.placed if self._rings(each.sid, each.form["To"], number)]
                if ringing:
                    self._taken.add(ringing[0].sid)
                    phone.take(ringing[0].take(self._line, ANSWERED_BY.get(value, "human")))

    def _phone(self, number: str) -> Session:
        return self._phones.setdefault(number, Session(self._line))

    def _rings(self, sid: str, to: str, number: str) -> bool:
        return to == number and sid not in self._taken

    def _shown(self, number: str) -> Response:
        ringing = any(self._rings(each.sid, each.form["To"], number) for each in self._calls.placed)
        state: Json = {**self._phone(number).state(), "ringing": ringing}
        return JSONResponse(state)
