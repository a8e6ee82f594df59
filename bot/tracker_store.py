"""Short-lived trackers: the dialogue's state is in the claims database, so the engine keeps only what rules look at."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Iterable, List, Optional, Text

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker


class BriefTrackerStore(TrackerStore):
    """Keeps the newest `conversations` trackers, of each about the last `events` events, in memory.

    A conversation that fell out simply starts with an empty tracker at its next message. Slot values and an active
    loop outlive the events that set them. Cuts are made between turns, never inside one.
    """

    def __init__(
        self,
        domain: Optional[Domain] = None,
        event_broker: Optional[EventBroker] = None,
        host: Optional[Text] = None,
        conversations: int = 2000,
        events: int = 30,
        **kwargs: Any,
    ) -> None:
        """`host` is passed by Rasa for every store and not used. Raises ValueError for limits under 1."""
        if conversations < 1 or events < 1:
            raise ValueError("endpoints.yml, tracker_store: conversations and events must be 1 or more")
        super().__init__(domain, event_broker, **kwargs)
        self._conversations = conversations
        self._events = events
        self._kept: "OrderedDict[Text, List[Event]]" = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        await self.stream_events(tracker)
        self._kept[tracker.sender_id] = self._shortened(tracker)
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._conversations:
            self._kept.popitem(last=False)

    async def retrieve(self, sender_id: Text) -> Optional[DialogueStateTracker]:
        events = self._kept.get(sender_id)
        if events is None:
            return None
        self._kept.move_to_end(sender_id)
        return DialogueStateTracker.from_events(
            sender_id, events, self.domain.slots, max_event_history=self.max_event_history, domain=self.domain
        )

    async def keys(self) -> Iterable[Text]:
        return list(self._kept)

    def _shortened(self, tracker: DialogueStateTracker) -> List[Event]:
        events = list(tracker.events)
        if len(events) <= self._events:
            return events
        cut = len(events) - self._events
        while cut > 0 and not _listens(events[cut]):
            cut -= 1
        carried = [
            SlotSet(name, slot.value)
            for name, slot in tracker.slots.items()
            if slot.has_been_set and slot.value != slot.initial_value
        ]
        rest = events[cut:]
        set_again = {event.key for event in rest if isinstance(event, SlotSet)}
        carried = [event for event in carried if event.key not in set_again]
        if tracker.active_loop_name and not any(isinstance(event, ActiveLoop) for event in rest):
            return [*carried, ActiveLoop(tracker.active_loop_name), *rest]
        return [*carried, *rest]


def _listens(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME
