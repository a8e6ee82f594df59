"""Conversations: opening them, what is under way in them, and every message in and out."""

from claims.conversations.inbound import (
    any_unanswered,
    conversations_with_unanswered,
    hold_order,
    record_inbound,
    unanswered,
)
from claims.conversations.leases import keep, release, take
from claims.conversations.opening import (
    by_address,
    by_token,
    change_mode,
    get,
    hold_all,
    open_all,
    open_conversation,
    set_script,
)
from claims.conversations.outgoing import (
    OutgoingMessage,
    Saying,
    answer,
    button_payload,
    message,
    messages_after,
    put,
    say,
    say_all,
)
from claims.conversations.tasks import clear_tasks, drop_tasks, pop_task, push_task, replace_top, set_awaiting, top_task

__all__ = [
    "OutgoingMessage",
    "Saying",
    "answer",
    "any_unanswered",
    "button_payload",
    "by_address",
    "by_token",
    "change_mode",
    "clear_tasks",
    "conversations_with_unanswered",
    "drop_tasks",
    "get",
    "hold_all",
    "hold_order",
    "keep",
    "message",
    "messages_after",
    "open_all",
    "open_conversation",
    "pop_task",
    "push_task",
    "put",
    "record_inbound",
    "release",
    "replace_top",
    "say",
    "say_all",
    "set_awaiting",
    "set_script",
    "take",
    "top_task",
    "unanswered",
]
