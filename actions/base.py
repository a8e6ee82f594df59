"""What every action shares: one transaction a turn, and the same replies when a message is sent again."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.flows import callback, feelings
from actions.turn import Turn
from claims import conversations, turns
from claims.database import unit_of_work


class LipeiAction(Action):
    """An action whose effects and replies are stored together under (message, action).

    The gateway sends a message again whenever it cannot know that the answer arrived. The second time
    the stored replies are given back and nothing else happens.
    """

    @abstractmethod
    def name(self) -> str:
        """The name that the rules use."""

    @abstractmethod
    def act(self, turn: Turn) -> None:
        """Do the work of the turn and say the replies."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        for reply in await asyncio.to_thread(self._replies, tracker, domain):
            dispatcher.utter_message(**reply)
        return []

    def _replies(self, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        message_id = (tracker.latest_message.get("metadata") or {}).get("message_id")
        with unit_of_work() as work:
            if message_id and (stored := turns.remembered(work.session, message_id, self.name())):
                return list(stored["replies"])
            turn = Turn.read(work.session, tracker, domain)
            self.act(turn)
            feelings.watch(turn, self.name())
            conversations.set_awaiting(turn.conversation, callback.heard_as(turn, turn.awaiting))
            if message_id:
                turns.remember(work.session, message_id, self.name(), {"replies": turn.replies})
            work.commit()
            return turn.replies
