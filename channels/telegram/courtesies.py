"""What Telegram wants of a bot beside its messages: a tap is confirmed, a group is told that nothing is done there.

Nothing of a conversation: it is stored nowhere, tried once, and whatever fails is no harm.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from telegram import Bot, Chat, Update
from telegram.constants import ChatMemberStatus, ChatType

from channels.telegram.commands import say

logger = logging.getLogger(__name__)

GROUPS = (ChatType.GROUP, ChatType.SUPERGROUP)
INSIDE = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR)
REMEMBERED = 10_000


class Courtesies:
    """One for a process, which tells each group once."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._told: set[int] = set()
        self._under_way: set[asyncio.Task[None]] = set()

    def see_to(self, update: Update) -> None:
        """Begin with what this update asks for, without waiting for it."""
        if update.callback_query is not None:
            # Until then the customer sees the button turn.
            self._begin(self._bot.answer_callback_query(update.callback_query.id))
        chat = _group(update)
        if chat is not None and chat.id not in self._told:
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            self._told.add(chat.id)
            self._begin(self._bot.send_message(chat.id, say("groups")))

    def _begin(self, call: Coroutine[Any, Any, Any]) -> None:
        task = asyncio.create_task(_once(call))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


def _group(update: Update) -> Chat | None:
    """The group in which somebody spoke to the bot, or took it in."""
    if update.my_chat_member is not None and update.my_chat_member.new_chat_member.status not in INSIDE:
        return None
    chat = update.effective_chat
    return chat if chat is not None and chat.type in GROUPS else None


async def _once(call: Coroutine[Any, Any, Any]) -> None:
    try:
        await call
    except Exception as error:  # also what the library cannot read of the answer
        logger.info("telegram: a courtesy was not taken: %s", type(error).__name__)
