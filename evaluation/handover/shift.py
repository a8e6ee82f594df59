"""A shift at the desk under load: real gateways, an engine that takes its time, agents who take, talk and hand back."""

from __future__ import annotations

import asyncio
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from claims import conversations
from claims.database import unit_of_work
from claims.errors import BadInput, OwnedByOther
from claims.handover import ending, ownership, presence
from claims.handover.escalate import escalate
from claims.models import Conversation, StaffAccount
from claims.vocabulary import HandoverReason, Presence, Role
from evaluation.handover import verdict
from evaluation.storm import books
from evaluation.storm.delivering import Deliveries
from evaluation.storm.engine import EchoEngine
from evaluation.storm.gateways import BOT_TOKEN, ENGINE_TOKEN, SECRET_TOKEN, Gateways
from evaluation.storm.messages import deliveries, said_by
from evaluation.storm.provider import Provider
from evaluation.storm.serving import serving
from lipei.settings import get_settings

PATIENCE_SECONDS = 60.0
PAUSE = (0.01, 0.15)
TRIES = 10


@dataclass(frozen=True, slots=True)
class Shift:
    """How much: hand-overs to be made, agents who make them, customers who go on talking meanwhile."""

    handovers: int = 200
    agents: int = 12
    customers: int = 50
    messages_each: int = 30
    gateways: int = 1
    seed: int = 1


@dataclass(slots=True)
class Done:
    """What the agents did. said: (conversation, text) of every message that was taken from them; collisions: attempts
    at what a colleague had."""

    handovers: int = 0
    said: list[tuple[str, str]] = field(default_factory=list)
    collisions: int = 0


async def run(shift: Shift, folder: Path, database_url: str | None = None) -> dict[str, Any]:
    """Its figures and, in "problems", what did not hold. Raises StackError when it cannot begin."""
    engine, provider = EchoEngine(ENGINE_TOKEN, slowly), Provider(BOT_TOKEN)
    said = said_by(provider.chats, shift.customers, shift.customers * shift.messages_each)
    planned = deliveries(said, 1, shift.seed)
    async with serving(engine.app) as engine_url, serving(provider.app) as provider_url:
        gateways = Gateways(folder, shift.gateways, database_url, engine_url, provider_url)
        sender = Deliveries(gateways.addresses, SECRET_TOKEN)
        try:
            await gateways.start()
            with _keys_of(folder, gateways.database_url):
                accounts = await asyncio.to_thread(_open, shift.agents)
                started = time.monotonic()
                done, _ = await asyncio.gather(_work(shift, accounts), sender.all(planned, said))
                await _until_quiet(gateways.database_url)
                took = time.monotonic() - started
                judged = verdict.judge(said, done.said, provider.sent)
        finally:
            await sender.close()
            gateways.stop()
    judged.must(not engine.side_by_side, f"{len(engine.side_by_side)} messages were worked on beside another")
    return {
        "handovers": done.handovers,
        "agents": shift.agents,
        "customers": shift.customers,
        "messages_of_customers": len(planned),
        "messages_of_agents": len(done.said),
        "collisions": done.collisions,
        "database": gateways.database_url.partition(":")[0].partition("+")[0],
        "seconds": round(took, 1),
        "engine_turns": engine.turns,
        **asdict(judged),
    }


def slowly() -> float:
    """20 to 250 ms: long enough for an agent to come in the middle of most turns."""
    return random.uniform(0.02, 0.25)


@contextmanager
def _keys_of(folder: Path, database_url: str) -> Iterator[None]:
    """This process reads and writes what the gateways do, at any hour of the day."""
    ours = {
        "LIPEI_VAR_DIR": str(folder),
        "LIPEI_KEY_FILE": str(folder / "keys" / "data.key"),
        "LIPEI_DATABASE_URL": database_url,
        "LIPEI_SERVICE_HOURS": "always",
    }
    before = {name: os.environ.get(name) for name in [*ours, "LIPEI_DATA_KEY"]}
    os.environ.update(ours)
    os.environ.pop("LIPEI_DATA_KEY", None)
    get_settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
        get_settings.cache_clear()


def _open(agents: int) -> list[str]:
    """Accounts at the desk; their ids."""
    with unit_of_work() as unit:
        accounts = [StaffAccount(login=f"shift{n}", name=f"坐席{n}", role=Role.AGENT) for n in range(agents)]
        unit.session.add_all(accounts)
        unit.session.flush()
        for each in accounts:
            presence.announce(unit.session, each, Presence.ONLINE)
        unit.commit()
        return [each.id for each in accounts]


async def _work(shift: Shift, accounts: list[str]) -> Done:
    done = Done()
    rng = random.Random(shift.seed)

    async def agent(account_id: str) -> None:
        while done.handovers < shift.handovers:
            await asyncio.sleep(rng.uniform(*PAUSE))
            conversation_id = await asyncio.to_thread(_any_conversation, rng)
            if conversation_id is not None:
                await _one(done, rng, conversation_id, account_id)

    await asyncio.gather(*(agent(each) for each in accounts))
    return done


async def _one(done: Done, rng: random.Random, conversation_id: str, account_id: str) -> None:
    """Queue (half of the time), take, say something, hand back; a colleague may be faster at each step."""
    try:
        if rng.random() < 0.5:
            await _patiently(_queue, conversation_id)
            await asyncio.sleep(rng.uniform(*PAUSE))
        for _ in range(rng.randint(1, 3)):
            text = f"坐席的话{rng.getrandbits(64):x}"
            await _patiently(_say, conversation_id, account_id, text)
            done.said.append((conversation_id, text))
            await asyncio.sleep(rng.uniform(*PAUSE))
        await _patiently(_hand_back, conversation_id, account_id)
        done.handovers += 1
    except OwnedByOther:
        done.collisions += 1


async def _patiently(act: Callable[..., None], *arguments: str) -> None:
    """As a person at the desk does: once more when it could not be saved. SQLite turns away who has waited for
    ten seconds, before they have done anything."""
    for _ in range(TRIES - 1):
        try:
            return await asyncio.to_thread(act, *arguments)
        except OperationalError:
            await asyncio.sleep(PAUSE[1])
    return await asyncio.to_thread(act, *arguments)


def _any_conversation(rng: random.Random) -> str | None:
    with unit_of_work(read_only=True) as unit:
        ids = list(unit.session.scalars(select(Conversation.id)))
    return rng.choice(ids) if ids else None


def _queue(conversation_id: str) -> None:
    with unit_of_work() as unit:
        escalate(unit.session, conversations.get(unit.session, conversation_id), HandoverReason.ASKED)
        unit.commit()


def _say(conversation_id: str, account_id: str, text: str) -> None:
    with unit_of_work() as unit:
        ownership.send(unit.session, conversation_id, unit.session.get_one(StaffAccount, account_id), text)
        unit.commit()


def _hand_back(conversation_id: str, account_id: str) -> None:
    with unit_of_work() as unit:
        try:
            ending.hand_back(unit.session, conversation_id, unit.session.get_one(StaffAccount, account_id))
        except BadInput as error:
            raise AssertionError("whoever spoke last has the conversation no longer") from error
        unit.commit()


async def _until_quiet(database_url: str) -> None:
    """Until nothing waits for an answer or for being sent, or nothing has moved for long."""
    moved, state = time.monotonic(), -1
    while time.monotonic() - moved < PATIENCE_SECONDS:
        left = (await asyncio.to_thread(books.read, database_url)).waiting
        if not left:
            return
        if left != state:
            moved, state = time.monotonic(), left
        await asyncio.sleep(0.3)
