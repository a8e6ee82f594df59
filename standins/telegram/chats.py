"""What the stand-in knows: chats, their messages and files, and the updates they make."""

from __future__ import annotations

import itertools
import threading
import time
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Chats:
    """Everything behind the Bot API for one bot. sent: what the bot said, in order, as Message objects.

    blocked: chats whose person blocked the bot. A bot may write only to who wrote to it first (`known`).
    """

    sent: list[Json] = field(default_factory=list)
    answered_callbacks: list[str] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    known: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._update_ids = itertools.count(871_000_001)
        self._message_ids: dict[int, itertools.count[int]] = {}

    def message(self, chat: Json, **content: Any) -> Json:
        """A new Message in a chat."""
        with self.lock:
            numbers = self._message_ids.setdefault(chat["id"], itertools.count(1))
            return {"message_id": next(numbers), "date": int(time.time()), "chat": chat, **content}

    def update(self, **what: Any) -> Json:
        """A new Update."""
        with self.lock:
            return {"update_id": next(self._update_ids), **what}

    def to(self, chat_id: int) -> list[Json]:
        """What the bot said in one chat."""
        return [message for message in self.sent if message["chat"]["id"] == chat_id]

    def add_file(self, data: bytes, folder: str = "photos") -> Json:
        """A File of these bytes: {file_id, file_unique_id, file_size}."""
        number = len(self.files) + 1
        file_id = f"AgACAgUAAxkBAAI{number:04}"
        self.files[file_id] = data
        return {"file_id": file_id, "file_unique_id": f"AQAD{number:04}", "file_size": len(data), "folder": folder}


def private_chat(chat_id: int, first_name: str) -> Json:
    """The chat of one person, whose id is the person's."""
    return {"id": chat_id, "type": "private", "first_name": first_name}


def user(chat_id: int, first_name: str) -> Json:
    """A person."""
    return {"id": chat_id, "is_bot": False, "first_name": first_name, "language_code": "zh-hans"}
