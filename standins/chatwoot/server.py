"""One account of a Chatwoot installation with one inbox whose agent bot is Lipei.

https://developers.chatwoot.com/api-reference: messages (POST …/conversations/ID/messages, message_type outgoing,
private), toggle_status (POST …/conversations/ID/toggle_status), the header api_access_token. The bot is called with
message_created for every message of the inbox, its own included, and conversation_opened and conversation_resolved;
each call is signed: X-Chatwoot-Signature, X-Chatwoot-Timestamp.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import time
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

STATUSES = ("open", "resolved", "pending", "snoozed")


@dataclass
class Talk:
    """One conversation. said: (who, private, text) in order, who: contact, agent_bot, user."""

    number: int
    status: str = "pending"
    said: list[tuple[str, bool, str]] = field(default_factory=list)

    @property
    def heard(self) -> list[str]:
        """What the customer was told, by whomever."""
        return [text for who, private, text in self.said if who != "contact" and not private]

    @property
    def notes(self) -> list[str]:
        """What only agents see."""
        return [text for _, private, text in self.said if private]


class Chatwoot:
    """account: its number. refuse: status codes with which the next API calls are answered, in order."""

    def __init__(self, token: str, secret: str, account: int = 7) -> None:
        self.token, self.secret, self.account = token, secret, account
        self.talks: dict[int, Talk] = {}
        self.bot_url = ""
        self.refuse: list[int] = []
        self._numbers = itertools.count(1000)
        base = "/api/v1/accounts/{account:int}/conversations/{talk:int}"
        self.app = Starlette(
            routes=[
                Route(f"{base}/messages", self._message, methods=["POST"]),
                Route(f"{base}/toggle_status", self._toggle, methods=["POST"]),
            ]
        )

    def opens(self) -> Talk:
        """A new conversation: with a bot on the inbox it begins as pending."""
        talk = Talk(next(self._numbers))
        self.talks[talk.number] = talk
        return talk

    def customer_says(self, talk: Talk, text: str, times: int = 1) -> list[httpx.Response]:
        """A message of the contact; times: how often the call is made."""
        talk.said.append(("contact", False, text))
        event = self._created(talk, text, "incoming", {"id": 31, "name": "张伟", "type": "contact"})
        return [self.calls(event) for _ in range(times)]

    def agent_says(
        self, talk: Talk, text: str, *, number: int = 5, name: str = "李坐席", private: bool = False
    ) -> None:
        """A message, or a private note, of an agent."""
        talk.said.append(("user", private, text))
        event = self._created(talk, text, "outgoing", {"id": number, "name": name, "type": "user"})
        self.calls({**event, "private": private})

    def resolves(self, talk: Talk) -> None:
        """The agent is done."""
        talk.status = "resolved"
        self.calls({"event": "conversation_resolved", **self._talk(talk)})

    def calls(
        self, event: dict[str, Any], signature: str | None = None, timestamp: int | None = None
    ) -> httpx.Response:
        """One call of the bot's webhook, signed unless a signature is given."""
        body, stamp = json.dumps(event, ensure_ascii=False).encode(), str(timestamp or int(time.time()))
        mac = hmac.new(self.secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "X-Chatwoot-Timestamp": stamp,
            "X-Chatwoot-Signature": f"sha256={mac}" if signature is None else signature,
        }
        with httpx.Client(timeout=15, trust_env=False) as http:
            return http.post(self.bot_url, content=body, headers=headers)

    def _created(self, talk: Talk, text: str, kind: str, sender: dict[str, Any]) -> dict[str, Any]:
        return {
            "event": "message_created",
            "id": next(self._numbers),
            "content": text,
            "content_type": "text",
            "message_type": kind,
            "private": False,
            "created_at": "2026-11-26T08:00:00.000Z",
            "sender": sender,
            "account": {"id": self.account, "name": "理赔"},
            "conversation": self._talk(talk),
        }

    def _talk(self, talk: Talk) -> dict[str, Any]:
        return {"id": talk.number, "status": talk.status, "inbox_id": 3, "channel": "Channel::WebWidget"}

    async def _message(self, request: Request) -> Response:
        talk, refusal = self._found(request)
        if talk is None:
            return Response(status_code=refusal)
        body = await request.json()
        if body.get("message_type") != "outgoing" or not isinstance(body.get("content"), str) or not body["content"]:
            return JSONResponse({"message": "invalid"}, 422)
        talk.said.append(("agent_bot", bool(body.get("private")), body["content"]))
        return JSONResponse({"id": next(self._numbers), "content": body["content"], "conversation_id": talk.number})

    async def _toggle(self, request: Request) -> Response:
        talk, refusal = self._found(request)
        if talk is None:
            return Response(status_code=refusal)
        status = (await request.json()).get("status")
        if status not in STATUSES:
            return JSONResponse({"message": "invalid"}, 422)
        talk.status = status
        return JSONResponse({"payload": {"success": True, "current_status": status, "conversation_id": talk.number}})

    def _found(self, request: Request) -> tuple[Talk | None, int]:
        if self.refuse:
            return None, self.refuse.pop(0)
        if request.headers.get("api_access_token") != self.token:
            return None, 401
        if request.path_params["account"] != self.account:
            return None, 404
        return self.talks.get(request.path_params["talk"]), 404
