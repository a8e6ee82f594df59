"""Who is listening right now in this process: live sockets by conversation, and requests that wait for an answer."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

QUEUE_SIZE = 256
REMEMBERED_IDS = 512

Event = dict[str, Any]


class Listener:
    """One live socket. Messages with a higher id than `after` reach it once each; it is closed when it falls behind."""

    def __init__(self, after: int) -> None:
        self._after = after
        self.queue: asyncio.Queue[Event | None] = asyncio.Queue(QUEUE_SIZE)
        self._seen: OrderedDict[int, None] = OrderedDict()

    def put(self, event: Event) -> None:
        """Queue one event; a message that was queued before is left out."""
        if event.get("type") == "message":
            number = int(event["message"]["id"])
            if number <= self._after or number in self._seen:
                return
            self._seen[number] = None
            if len(self._seen) > REMEMBERED_IDS:
                self._seen.popitem(last=False)
        try:
            self.queue.put_nowait(event)
        except asyncio.QueueFull:
            self.close()

    def close(self) -> None:
        """Tell the socket to end: the client reconnects and asks for what it missed."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(None)


class Hub:
    """All listeners of one process. Used from the event loop only."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}

    @contextmanager
    def listening(self, conversation_id: str, after: int = 0) -> Iterator[Listener]:
        """A listener to one conversation for as long as the block runs."""
        listener = Listener(after)
        self._listeners.setdefault(conversation_id, set()).add(listener)
        try:
            yield listener
        finally:
            left = self._listeners[conversation_id]
            left.discard(listener)
            if not left:
                del self._listeners[conversation_id]

    def publish(self, conversation_id: str, event: Event) -> None:
        """Give one event to every live socket of a conversation."""
        for listener in list(self._listeners.get(conversation_id, ())):
            listener.put(event)

    def conversations(self) -> list[str]:
        """The conversations somebody listens to."""
        return list(self._listeners)

    def close(self) -> None:
        """End every live socket."""
        for listeners in self._listeners.values():
            for listener in listeners:
                listener.close()
