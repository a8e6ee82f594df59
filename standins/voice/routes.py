"""Calls as JSON for the phone simulator's page, and Twilio's API for the calls that the gateway places."""

from __future__ import annotations

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standins.twilio.account import Account
from standins.voice.api import CallsApi, Placed
from standins.voice.line import Line
from standins.voice.session import Session

Json = dict[str, Any]
VERBS = frozenset({"start", "say", "press", "silence", "hang_up", "take", "decline"})
ANSWERED_BY = {"person": "human", "machine": "machine_end_beep"}


class VoicePhones:
    """One phone a number. GET /api/voice → {"ringing": [number]}, those that we call;
    GET /api/voice/{number} → the session's state and `ringing`: whether we call this number;
    POST /api/voice/{number}/{verb} with {"value": text or keys} → the same.

    Verbs: start, say, press, silence, hang_up; take (a call of ours; value "person" or "machine"), decline (it).
    """

    def __init__(self, account: Account, gateway_url: str, public_url: str) -> None:
        self._line = Line(gateway_url, public_url, account, dial="no-answer", pace=1.0)
        self._calls = CallsApi(account)
        self._phones: dict[str, Session] = {}
        self._over: set[str] = set()

    def routes(self) -> list[Route]:
        return [
            Route("/api/voice", self._all),
            Route("/api/voice/{number}", self._state),
            Route("/api/voice/{number}/{verb}", self._do, methods=["POST"]),
            *self._calls.routes(),
        ]

    async def _all(self, request: Request) -> Response:
        return JSONResponse({"ringing": sorted({each.form["To"] for each in self._calls.placed if self._rings(each)})})

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
                for each in self._ringing(number)[:1]:
                    self._over.add(each.sid)
                    phone.take(each.take(self._line, ANSWERED_BY.get(value, "human")))
            case "decline":
                for each in self._ringing(number)[:1]:
                    self._over.add(each.sid)
                    each.decline(self._line)

    def _phone(self, number: str) -> Session:
        return self._phones.setdefault(number, Session(self._line))

    def _rings(self, call: Placed) -> bool:
        return call.sid not in self._over

    def _ringing(self, number: str) -> list[Placed]:
        return [each for each in self._calls.placed if each.form["To"] == number and self._rings(each)]

    def _shown(self, number: str) -> Response:
        state: Json = {**self._phone(number).state(), "ringing": bool(self._ringing(number))}
        return JSONResponse(state)
