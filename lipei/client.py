"""Clients of the two public APIs: a customer's chat and the staff's. Used by the terminal chat and by evaluation."""

import uuid
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

import httpx


class ApiError(RuntimeError):
    """The other side refused or did not answer. The message names the address and what came back."""


@dataclass(frozen=True)
class BotMessage:
    """One message to the customer. `sender`: bot, agent, system, or customer for their own."""

    id: int
    sender: str
    text: str
    buttons: list[dict[str, str]]
    awaiting: str | None


@dataclass
class Answer:
    """What one customer turn brought: messages in order and who owns the conversation now."""

    messages: list[BotMessage]
    mode: str
    raw: dict[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """All texts, one below the other."""
        return "\n".join(message.text for message in self.messages)

    @property
    def awaiting(self) -> str | None:
        """What the last message asks for."""
        return self.messages[-1].awaiting if self.messages else None

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Every button offered, in order."""
        return [button for message in self.messages for button in message.buttons]


class _Client:
    def __init__(self, base_url: str, headers: dict[str, str], seconds: float) -> None:
        # trust_env off: a proxy set for the machine must not be asked for a loopback address.
        self._http = httpx.Client(base_url=base_url, headers=headers, timeout=seconds, trust_env=False)

    def _call(self, method: str, path: str, **arguments: Any) -> Any:
        try:
            response = self._http.request(method, path, **arguments)
        except httpx.HTTPError as error:
            raise ApiError(f"{self._http.base_url} does not answer ({type(error).__name__})") from error
        if response.is_error:
            raise ApiError(f"{method} {path}: {response.status_code} {response.text[:300]}")
        return response.json() if response.content else None

    def close(self) -> None:
        """Give the connections back."""
        self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class ChatClient(_Client):
    """One customer's conversation over the web chat API. Opens a session when made; raises ApiError."""

    def __init__(self, base_url: str, seconds: float = 30.0) -> None:
        super().__init__(base_url, {}, seconds)
        opened = self._call("POST", "/api/chat/sessions")
        self.session_id: str = opened["session_id"]
        self.token: str = opened["token"]
        self._http.headers["Authorization"] = f"Bearer {self.token}"

    def say(self, text: str, client_id: str | None = None) -> Answer:
        """Send words."""
        return self._send({"text": text}, client_id)

    def tap(self, payload: str, client_id: str | None = None) -> Answer:
        """Press a button, by the payload it came with."""
        return self._send({"payload": payload}, client_id)

    def upload(self, name: str, content: bytes, mime: str) -> Answer:
        """Send a file: stored first, then sent as a message."""
        stored = self._call("POST", "/api/chat/attachments", files={"file": (name, content, mime)})
        return self._send({"attachment_id": stored["attachment_id"]}, None)

    def messages_after(self, after: int = 0) -> list[BotMessage]:
        """Everything said since message `after`, the customer's own messages included."""
        return [_message(each) for each in self._call("GET", "/api/chat/messages", params={"after": after})["messages"]]

    def _send(self, body: dict[str, str], client_id: str | None) -> Answer:
        reply = self._call("POST", "/api/chat/messages", json={**body, "client_id": client_id or uuid.uuid4().hex})
        return Answer([_message(each) for each in reply["messages"]], reply.get("mode", "bot"), reply)


class StaffClient(_Client):
    """The staff API, with the rights of the token's account. Raises ApiError."""

    def __init__(self, base_url: str, token: str, seconds: float = 30.0) -> None:
        super().__init__(f"{base_url}/api/staff", {"Authorization": f"Bearer {token}"}, seconds)

    def claim(self, number: str) -> dict[str, Any]:
        """One claim with its facts, timeline and materials."""
        return self._call("GET", f"/claims/{number}")  # type: ignore[no-any-return]

    def claims(self, **query: str) -> list[dict[str, Any]]:
        """Claims of a conversation=… or a phone=…, newest first."""
        return _rows(self._call("GET", "/claims", params=query))

    def step(self, number: str, step: str, **details: Any) -> dict[str, Any]:
        """Move a claim one step on its life cycle."""
        return self._call("POST", f"/claims/{number}/{step}", json=details)  # type: ignore[no-any-return]

    def post(self, path: str, **body: Any) -> dict[str, Any]:
        """Any other act of the staff API, by its path below /api/staff."""
        return self._call("POST", path, json=body)  # type: ignore[no-any-return]

    def get(self, path: str, **query: str) -> Any:
        """Anything else that staff may read."""
        return self._call("GET", path, params=query)

    def upload(self, path: str, name: str, content: bytes, mime: str) -> dict[str, Any]:
        """A file for a customer."""
        return self._call("POST", path, files={"file": (name, content, mime)})  # type: ignore[no-any-return]

    def outbox(self, **query: str) -> list[dict[str, Any]]:
        """What was sent, newest first; phone=… and purpose=… choose."""
        return _rows(self._call("GET", "/outbox", params=query))


def _rows(answer: Any) -> list[dict[str, Any]]:
    return [dict(row) for row in answer]


def _message(each: dict[str, Any]) -> BotMessage:
    return BotMessage(each["id"], each["from"], each["text"] or "", each.get("buttons") or [], each.get("awaiting"))
