"""What a caller gets as a text message: lists too long to be heard, and a link to go on with."""

from __future__ import annotations

from sqlalchemy.orm import Session

from channels.base import Outbound
from channels.gateway.script import to_script
from channels.voice.call import Call
from channels.voice.prompts import is_list, say
from claims import contacts, outbox

CHANNEL = "sms"


def may_text(session: Session, call: Call) -> bool:
    """Whether a text message reaches the other side and is wanted there."""
    return call.has_number and not contacts.opted_out(session, address=call.address, channel=CHANNEL)


def send_lists(session: Session, call: Call, replies: list[Outbound]) -> None:
    """The lists of materials among these replies, each once."""
    for reply in replies:
        if is_list(reply):
            _store(session, call, "materials", reply.text, f"voice:list:{reply.dedupe_key}")


def send_link(session: Session, call: Call, url: str, script: str) -> None:
    """How to go on after a call that broke off, once a call."""
    text = to_script(say("follow_up", url=url, number=call.ours), script)
    _store(session, call, "voice_follow_up", text, f"voice:link:{call.sid}")


def _store(session: Session, call: Call, purpose: str, text: str, dedupe_key: str) -> None:
    outbox.enqueue(session, channel=CHANNEL, address=call.address, purpose=purpose, text=text, dedupe_key=dedupe_key)
