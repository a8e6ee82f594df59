"""Collects what the bot says in one turn, one message an utterance."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.core.channels.channel import OutputChannel


class TurnOutput(OutputChannel):
    """Keeps text, buttons and custom data of one utterance together; Rasa's own channels split them.

    `messages` holds {"text": str, "buttons": [{"title", "payload"}], "awaiting": str | None} in the order said.
    channel: where the customer is. Rasa chooses a response's variant by this name: one with `channel: sms` is said
    there, and nowhere else.
    """

    def __init__(self, channel: Text = "lipei") -> None:
        self.messages: List[Dict[Text, Any]] = []
        self._channel = channel

    def name(self) -> Text:  # type: ignore[override]  # Rasa asks the instance; one instance is one turn
        return self._channel

    async def send_response(self, recipient_id: Text, message: Dict[Text, Any]) -> None:
        """Takes one utterance whole. One with neither text nor buttons says nothing and is left out."""
        text = (message.get("text") or "").strip()
        buttons = [
            {"title": str(button.get("title", "")), "payload": str(button.get("payload") or button.get("title", ""))}
            for button in (message.get("buttons") or message.get("quick_replies") or [])
        ]
        custom = message.get("custom") or {}
        if text or buttons:
            self.messages.append({"text": text, "buttons": buttons, "awaiting": custom.get("awaiting")})
        elif custom.get("awaiting") and self.messages:
            self.messages[-1]["awaiting"] = custom["awaiting"]
