"""The workbench: who waits, the conversation, and everything that is known beside it."""

from __future__ import annotations

from claims.staff import Right
from desk.parts.frame import frame
from desk.parts.workbench import Workbench
from desk.seat import Seat, desk_page
from desk.wording import say


@desk_page("/talks", Right.READ_CONVERSATIONS, say("nav.talks"))
async def talks(seat: Seat) -> None:
    """No conversation chosen yet."""
    await _build(seat, "")


@desk_page("/talks/{conversation_id}", Right.READ_CONVERSATIONS, say("nav.talks"))
async def talk(seat: Seat, conversation_id: str) -> None:
    """One conversation chosen."""
    await _build(seat, conversation_id)


async def _build(seat: Seat, conversation_id: str) -> None:
    with frame(seat, "talks"):
        bench = Workbench(seat)
        bench.listen()
        if conversation_id:
            await bench.choose(conversation_id)
