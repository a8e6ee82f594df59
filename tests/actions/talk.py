"""A conversation with the actions alone: the test says how each message was understood."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk.executor import ActionExecutor

from claims import conversations, database
from claims.clock import SHANGHAI

DOMAIN: dict[str, Any] = yaml.safe_load((Path(__file__).parents[2] / "domain.yml").read_text(encoding="utf-8"))


@dataclass
class Talk:
    """One conversation. `hears` runs the actions of a rule for a message and returns what the customer reads."""

    executor: ActionExecutor
    conversation_id: str
    channel: str = "webchat"
    last_message_id: str = ""
    last_replies: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def begin(cls, channel: str = "webchat", address: str | None = None) -> Talk:
        executor = ActionExecutor()
        executor.register_package("actions")
        with database.unit_of_work() as work:
            conversation, _ = conversations.open_conversation(work.session, channel, address)
            work.commit()
            return cls(executor, conversation.id, channel)

    @property
    def awaiting(self) -> str | None:
        with database.unit_of_work(read_only=True) as work:
            return conversations.get(work.session, self.conversation_id).awaiting

    def hears(self, intent: str, text: str, *actions: str, **values: Any) -> str:
        """A new message. told: of its values those before a question in it, by name."""
        with database.unit_of_work() as work:
            conversation = conversations.get(work.session, self.conversation_id)
            message, _ = conversations.record_inbound(work.session, conversation, text=text, provider_id=None)
            self.last_message_id = str(message.id)
            work.commit()
        return self.hears_again(intent, text, *actions, **values)

    def hears_again(self, intent: str, text: str, *actions: str, **values: Any) -> str:
        """The same message, sent once more."""
        self.last_replies = []
        for action in actions:
            result = asyncio.run(self.executor.run(self._call(action, intent, text, values)))
            assert result is not None
            self.last_replies += result.responses
        return "\n".join(_text(reply, self.channel) for reply in self.last_replies)

    def _call(self, action: str, intent: str, text: str, values: dict[str, Any]) -> dict[str, Any]:
        metadata = {
            "message_id": self.last_message_id,
            "now": datetime.now(tz=SHANGHAI).isoformat(),
            "awaiting": self.awaiting,
        }
        latest = {
            "intent": {"name": intent, "confidence": 1.0},
            "intent_ranking": [{"name": intent, "confidence": 1.0}],
            "entities": [
                *({"entity": name, "value": value} for name, value in values.items() if name != "told"),
                *({"entity": name, "value": each, "told": True} for name, each in values.get("told", {}).items()),
            ],
            "text": text,
            "metadata": metadata,
        }
        tracker = {
            "sender_id": self.conversation_id,
            "slots": {},
            "latest_message": latest,
            "events": [],
            "paused": False,
            "followup_action": None,
            "active_loop": {},
            "latest_action_name": None,
        }
        return {"next_action": action, "tracker": tracker, "domain": DOMAIN}


def _text(reply: dict[str, Any], channel: str) -> str:
    """The reply as the engine would say it there; a missing response or value is a KeyError."""
    variants = DOMAIN["responses"][reply["response"]]
    chosen = [each for each in variants if each.get("channel") == channel] or variants
    return str(chosen[0]["text"].format(**reply))
