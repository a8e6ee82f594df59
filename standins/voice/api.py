"""Twilio's REST API for calls: places none, writes down which were asked for, and lets a test take them."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standins.twilio.account import API, Account, error
from standins.voice.call import PhoneCall
from standins.voice.line import Line


@dataclass(frozen=True)
class Placed:
    """A call that was asked for, by its form."""

    sid: str
    form: dict[str, str]

    def take(self, line: Line, answered_by: str = "human") -> PhoneCall:
        """The phone rings and is taken, by a person or "machine_end_beep", "machine_end_silence", "fax", …"""
        url, status = self.form["Url"], self.form["StatusCallback"]
        return PhoneCall(line, self.form["To"], url=url, status=status, sid=self.sid, answered_by=answered_by)

    def decline(self, line: Line) -> None:
        """The phone rings and the call is refused."""
        self.take(line, answered_by="").report("busy")


@dataclass
class CallsApi:
    """outage: how many requests fail from now on, with this `status`; dead: numbers that do not exist."""

    account: Account
    outage: int = 0
    status: int = 503
    dead: set[str] = field(default_factory=set)
    placed: list[Placed] = field(default_factory=list)

    def routes(self) -> list[Route]:
        return [Route(f"{API}/Calls.json", self._create, methods=["POST"])]

    @property
    def app(self) -> Starlette:
        """To be served."""
        return Starlette(routes=self.routes())

    async def _create(self, request: Request) -> Response:
        refused = self.account.refused(request)
        if refused is not None:
            return refused
        if self.outage > 0:
            self.outage -= 1
            return error(self.status, 20429 if self.status == 429 else 20500, "not now")
        form = {name: str(value) for name, value in (await request.form()).multi_items()}
        number = form.get("To", "")
        if not re.fullmatch(r"\+[1-9]\d{6,14}", number) or number in self.dead:
            return error(400, 21211, "The phone number you are attempting to call is not valid")
        if not form.get("Url", "").startswith("http"):
            return error(400, 21205, "Url is not a valid URL")
        self.placed.append(Placed(f"CA{secrets.token_hex(16)}", form))
        return JSONResponse(
            {
                "sid": self.placed[-1].sid,
                "account_sid": self.account.sid,
                "to": number,
                "from": form.get("From"),
                "status": "queued",
                "direction": "outbound-api",
                "uri": f"/2010-04-01/Accounts/{self.account.sid}/Calls/{self.placed[-1].sid}.json",
                "subresource_uris": {},
            },
            201,
        )
