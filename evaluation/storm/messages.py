"""What customers say in a storm, and in which order the provider delivers it."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field

from standins.telegram.chats import Chats, Json, private_chat, user

FIRST_CHAT = 5_000_001


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """One message of a customer: the `place`-th of theirs, from 0. update: the same at every delivery."""

    chat_id: int
    place: int
    text: str
    update: Json = field(repr=False)


def said_by(chats: Chats, customers: int, messages: int) -> dict[int, list[Said]]:
    """chat_id → what this customer says, in order; the messages shared out evenly."""
    said: dict[int, list[Said]] = {FIRST_CHAT + number: [] for number in range(customers)}
    for number in range(messages):
        chat_id = FIRST_CHAT + number % customers
        chats.known.add(chat_id)
        place = len(said[chat_id])
        text = f"{chat_id}号客户的第{place + 1}句"
        name = "王芳"
        message = chats.message(private_chat(chat_id, name), **{"from": user(chat_id, name)}, text=text)
        said[chat_id].append(Said(chat_id, place, text, chats.update(message=message)))
    return said


def deliveries(said: dict[int, list[Said]], times: int, seed: int) -> list[Said]:
    """Every message `times` times, shuffled; only the first deliveries of one customer are in order."""
    copies = [message for messages in said.values() for message in messages for _ in range(times)]
    random.Random(seed).shuffle(copies)
    # Whichever message of a customer comes first in the shuffled list becomes their first one, and so on.
    renamed: dict[int, dict[int, Said]] = defaultdict(dict)
    for copy in copies:
        own = renamed[copy.chat_id]
        if copy.place not in own:
            own[copy.place] = said[copy.chat_id][len(own)]
    return [renamed[copy.chat_id][copy.place] for copy in copies]
