"""The engine's only door: one HTTP request a customer message, answered with everything the bot says to it.

POST /webhooks/lipei/message with `Authorization: Bearer <token>` and
{"conversation", "message_id", "text", "now" (ISO 8601 with zone), "awaiting" (str or null), "payload" (bool),
"channel" (where the customer is, "sms", "voice", …; it chooses the responses' `channel:` variants)}
→ 200 {"messages": [{"text", "buttons": [{"title", "payload"}], "awaiting"}]}. Every other status means: nothing was
said, send the same message again later (400: the request itself is wrong; 401: wrong token; 503: the action server is
away or no model is loaded; 500: all parts are there and the turn failed, which may be this message's own doing).
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Awaitable, Callable, Dict, Optional, Text
from weakref import WeakValueDictionary

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.exceptions import RasaException
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot import filling, hotspots, turns
from bot.output import TurnOutput

logger = logging.getLogger(__name__)

SHORTEST_TOKEN = 16
_CHANNEL = re.compile(r"[a-z]{1,20}")


class BadRequest(ValueError):
    """The request is not in the form the module text gives; the message says what is wrong with it."""


@dataclass(frozen=True)
class Turn:
    """One request of the gateway, checked."""

    conversation: str
    message_id: str
    text: str
    now: str
    awaiting: Optional[str]
    payload: bool
    channel: str = "lipei"

    @classmethod
    def read(cls, data: Any) -> Turn:
        """Raises BadRequest naming the field that is missing or wrong."""
        if not isinstance(data, dict):
            raise BadRequest("the body must be a JSON object")
        for name in ("conversation", "message_id", "text", "now"):
            if not isinstance(data.get(name), str):
                raise BadRequest(f"{name} must be a string")
        if not data["conversation"] or not data["message_id"]:
            raise BadRequest("conversation and message_id must not be empty")
        try:
            aware = datetime.fromisoformat(data["now"].replace("Z", "+00:00")).tzinfo is not None
        except ValueError:
            aware = False
        if not aware:
            raise BadRequest("now must be an ISO 8601 time with a zone")
        awaiting, payload = data.get("awaiting"), data.get("payload", False)
        if not (awaiting is None or isinstance(awaiting, str)) or not isinstance(payload, bool):
            raise BadRequest("awaiting must be a string or null, payload true or false")
        if payload and not data["text"].startswith("/"):
            raise BadRequest('the text of a payload must be a command, "/intent{…}"')
        channel = data.get("channel", GatewayInput.name())
        if not isinstance(channel, str) or not _CHANNEL.fullmatch(channel):
            raise BadRequest("channel must be a short name in lower case letters")
        return cls(data["conversation"], data["message_id"], data["text"], data["now"], awaiting, payload, channel)

    @property
    def engine_text(self) -> str:
        """What Rasa gets to read. A customer's words never begin with the slash that would make them a command."""
        if self.payload:
            return self.text
        words = self.text.strip()
        return "／" + words[1:] if words.startswith("/") else words


class GatewayInput(InputChannel):
    """Input channel "lipei" (credentials.yml: `bot.channel.GatewayInput: {token: …}`)."""

    def __init__(self, token: str) -> None:
        self._token = token.encode()
        self._locks: "WeakValueDictionary[str, asyncio.Lock]" = WeakValueDictionary()

    @classmethod
    def name(cls) -> Text:
        return "lipei"

    @classmethod
    def from_credentials(cls, credentials: Optional[Dict[Text, Any]]) -> GatewayInput:
        """Also prepares this process: the hot spots are removed and failures made visible.

        Raises RasaException when the token is missing or too short to be one.
        """
        token = (credentials or {}).get("token") or ""
        if len(token) < SHORTEST_TOKEN or token.startswith("${"):
            raise RasaException(
                "credentials.yml, bot.channel.GatewayInput: set LIPEI_ENGINE_TOKEN to the engine's token, "
                f"at least {SHORTEST_TOKEN} characters"
            )
        filling.install()
        hotspots.remove()
        turns.fail_visibly()
        return cls(token)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        routes = Blueprint("lipei_gateway_input", __name__)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            if _ready(request.app):
                return response.json({"status": "ok"})
            return response.json({"status": "no model loaded"}, status=503)

        @routes.post("/message")
        async def message(request: Request) -> HTTPResponse:
            if not self._authorised(request):
                return response.json({"error": "wrong or missing token"}, status=401)
            try:
                turn = Turn.read(_json(request))
            except BadRequest as error:
                return response.json({"error": str(error)}, status=400)
            if not _ready(request.app):
                return response.json({"error": "no model loaded"}, status=503)
            return await self._answer(turn, on_new_message)

        return routes

    def _authorised(self, request: Request) -> bool:
        said = request.headers.get("authorization", "").encode()
        return hmac.compare_digest(said, b"Bearer " + self._token)

    async def _answer(self, turn: Turn, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> HTTPResponse:
        output = TurnOutput(turn.channel)
        # Rasa's own lock polls once a second; ours hands over at once, in order of arrival.
        lock = self._locks.setdefault(turn.conversation, asyncio.Lock())
        try:
            async with lock:
                await on_new_message(_user_message(turn, output))
        except turns.TurnFailed as error:
            logger.error("message %s: %s", turn.message_id, error)
            return response.json({"error": "the turn failed"}, status=500 if error.reached else 503)
        except Exception:
            logger.exception("message %s: the turn failed", turn.message_id)
            return response.json({"error": "the turn failed"}, status=500)
        if not output.messages:
            logger.error("message %s: no rule or action said anything", turn.message_id)
            return response.json({"error": "nothing was said"}, status=500)
        return response.json({"messages": output.messages}, ensure_ascii=False)


def _user_message(turn: Turn, output: TurnOutput) -> UserMessage:
    return UserMessage(
        turn.engine_text,
        output,
        turn.conversation,
        input_channel=GatewayInput.name(),
        message_id=turn.message_id,
        metadata={
            "message_id": turn.message_id,
            "now": turn.now,
            "awaiting": turn.awaiting,
            "channel": turn.channel,
        },
    )


def _json(request: Request) -> Any:
    try:
        return request.json
    except Exception as error:  # Sanic wraps whatever the JSON library raised
        raise BadRequest("the body is not JSON") from error


def _ready(app: Sanic) -> bool:
    agent = getattr(app.ctx, "agent", None)
    return agent is not None and agent.is_ready()
