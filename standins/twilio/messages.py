"""Programmable Messaging: accepts text messages, reports what became of them, and keeps the files of incoming ones.

https://www.twilio.com/docs/messaging/api/message-resource
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime

import httpx
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from standins.twilio.account import API, Account, error
from standins.twilio.faults import Faults

logger = logging.getLogger(__name__)


@dataclass
class Sent:
    """A message that the account sent. states: as reported, oldest first, with the error code of the last."""

    sid: str
    to: str
    body: str
    callback: str
    at: datetime
    states: list[str] = field(default_factory=lambda: ["queued"])
    error: int | None = None


class Messages:
    """The API's half. rewrite: the account's callback addresses are called at this server instead of their public one
    (they are signed for the public one, as behind a proxy)."""

    def __init__(self, account: Account, faults: Faults | None = None, gateway_url: str = "") -> None:
        self.account, self.faults, self.gateway_url = account, faults or Faults(), gateway_url
        self.sent: list[Sent] = []
        self.files: dict[str, tuple[bytes, str]] = {}
        self.stopped: set[str] = set()
        """Numbers that said STOP where Twilio honours it itself."""

    def routes(self) -> list[Route]:
        return [
            Route(f"{API}/Messages.json", self._create, methods=["POST"]),
            Route(f"{API}/Messages/{{message}}/Media/{{media}}", self._media),
            Route("/mms/{media}", self._file),
        ]

    def keep_file(self, data: bytes, mime: str) -> str:
        """A customer's file; its address as Twilio gives it."""
        media = f"ME{secrets.token_hex(16)}"
        self.files[media] = (data, mime)
        path = API.format(account=self.account.sid)
        return f"https://api.twilio.com{path}/Messages/MM{secrets.token_hex(16)}/Media/{media}"

    async def _create(self, request: Request) -> Response:
        refused = self.account.refused(request) or await self._fault()
        if refused is not None:
            return refused
        form = {name: str(value) for name, value in (await request.form()).items()}
        wrong = self._wrong(form)
        if wrong is not None:
            return error(400, *wrong)
        sid = f"SM{secrets.token_hex(16)}"
        sent = Sent(sid, form["To"], form["Body"], form.get("StatusCallback", ""), datetime.now(UTC))
        self.sent.append(sent)
        logger.info("SMS %s: %s", sent.to, sent.body)
        return JSONResponse(self._shown(sent), 201, background=BackgroundTask(self.report, sent))

    async def _fault(self) -> Response | None:
        await asyncio.sleep(self.faults.slow)
        if self.faults.outage <= 0:
            return None
        self.faults.outage -= 1
        asked = self.faults.retry_after
        headers = {"Retry-After": str(asked)} if asked is not None else {}
        return error(self.faults.status, 20429 if self.faults.status == 429 else 20500, "Try later", headers)

    def _wrong(self, form: dict[str, str]) -> tuple[int, str] | None:
        to = form.get("To", "")
        if not to:
            return 21604, "A 'To' phone number is required."
        if not re.fullmatch(r"\+[1-9]\d{6,14}", to):
            return 21211, "Invalid 'To' Phone Number"
        if form.get("From") != self.account.number:
            return 21606, "The From phone number is not a valid, SMS-capable number for your account."
        if not form.get("Body"):
            return 21602, "Message body is required."
        if len(form["Body"]) > 1_600:
            return 21617, "The concatenated message body exceeds the 1600 character limit"
        if to in self.stopped:
            return 21610, "Attempt to send to unsubscribed recipient"
        code = self.faults.refused.get(to)
        return (code, "Refused") if code else None

    def _shown(self, sent: Sent) -> dict[str, object]:
        path = f"{API.format(account=self.account.sid)}/Messages/{sent.sid}.json"
        return {
            "sid": sent.sid,
            "account_sid": self.account.sid,
            "api_version": "2010-04-01",
            "body": sent.body,
            "date_created": format_datetime(sent.at),
            "date_sent": None,
            "date_updated": format_datetime(sent.at),
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": self.account.number,
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": "USD",
            "status": "queued",
            "subresource_uris": {},
            "to": sent.to,
            "uri": path,
        }

    async def report(self, sent: Sent) -> None:
        """Tell the account's address each state, in the order and as often as the faults say."""
        fate = self.faults.fate.get(sent.to, "delivered")
        if fate == "silent":
            return
        states = ["sent", "delivered"] if fate == "delivered" else ["sent", "undelivered"]
        sent.error = None if isinstance(fate, str) else fate
        sent.states += states
        for state in reversed(states) if self.faults.backwards else states:
            for _ in range(self.faults.reports):
                await self._call(sent, state)

    async def _call(self, sent: Sent, state: str) -> None:
        if not sent.callback:
            return
        form = {
            "AccountSid": self.account.sid,
            "ApiVersion": "2010-04-01",
            "From": self.account.number,
            "MessageSid": sent.sid,
            "MessageStatus": state,
            "SmsSid": sent.sid,
            "SmsStatus": state,
            "To": sent.to,
        }
        if sent.error is not None and state in ("undelivered", "failed"):
            form["ErrorCode"] = str(sent.error)
        headers = {"X-Twilio-Signature": self.account.sign(sent.callback, form)}
        address = sent.callback
        if self.gateway_url:
            address = self.gateway_url + httpx.URL(sent.callback).raw_path.decode()
        async with httpx.AsyncClient(timeout=15, trust_env=False) as http:
            await http.post(address, data=form, headers=headers)

    async def _media(self, request: Request) -> Response:
        refused = self.account.refused(request) or await self._fault()
        if refused is not None:
            return refused
        if request.path_params["media"] not in self.files:
            return error(404, 20404, "The requested resource was not found")
        return RedirectResponse(f"/mms/{request.path_params['media']}", 307)

    async def _file(self, request: Request) -> Response:
        data, mime = self.files[request.path_params["media"]]
        return Response(data, media_type=mime)
