"""Each request of a call is answered once: Twilio's next try of the same request gets the same answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from sqlalchemy.orm import Session

from channels.voice.call import Call
from claims import turns
from claims.errors import TurnTaken

Compose = Callable[[Session, Call], str]


async def once(run: Callable[..., Awaitable[Any]], call: Call, compose: Compose) -> str:
    """The TwiML for this request: composed and kept in one transaction, or what was kept before."""
    try:
        return str(await run(_answer, call, compose))
    except TurnTaken:  # another delivery of the same request was faster
        return str(await run(_answer, call, compose))


def _answer(session: Session, call: Call, compose: Compose) -> str:
    key, action = f"{call.sid}:{call.step.turn}", f"voice:{call.step.name}:{call.step.tries}"
    before = turns.remembered(session, key, action)
    if before is not None:
        return str(before["twiml"])
    twiml = compose(session, call)
    turns.remember(session, key, action, {"twiml": twiml})
    return twiml
