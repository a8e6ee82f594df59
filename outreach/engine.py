"""One round of work: what is due is planned, taken, decided on, prepared, and stored in the outbox."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import zip_longest

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import channel_states, clock, outreach
from claims.database import unit_of_work
from claims.models import Claim, DueRow, Touch
from claims.outreach import people
from claims.outreach.people import Person
from claims.vocabulary import OutreachKind
from outreach import budget, delivery, gate
from outreach.policy import policy
from outreach.purpose import Done, Later, Occasion, Prepared, Purpose, Say, Skip

logger = logging.getLogger(__name__)

BATCH = 200


class Engine:
    """The work of one worker. purposes: by name. worker: unique to this process. url: of the database."""

    def __init__(self, purposes: Mapping[str, Purpose], worker: str, url: str | None = None) -> None:
        self._purposes, self._worker, self._url = purposes, worker, url

    def plan(self) -> int:
        """Ask every purpose what is due; how many rows are new. One that fails holds up no other."""
        new = 0
        for purpose in self._purposes.values():
            try:
                with unit_of_work(self._url) as unit:
                    found = outreach.plan(
                        unit.session, purpose.name, purpose.kind, purpose.plan(unit.session, clock.now())
                    )
                    unit.commit()
                new += found
            except Exception:
                logger.exception("purpose %s could not plan", purpose.name)
        return new

    def work(self, limit: int = BATCH) -> int:
        """Take one batch and see to it; how many rows were taken.

        The batch is one transaction. When one row in it fails, nothing of it holds and each is seen to by itself.
        """
        with unit_of_work(self._url, read_only=True) as unit:
            if not outreach.any_due(unit.session):
                return 0
        with unit_of_work(self._url) as unit:
            ids = outreach.take(unit.session, self._worker, limit)
            unit.commit()
        if not ids:
            return 0
        try:
            self._see_to(ids)
        except Exception:
            logger.exception("a batch of %d due rows failed; each is seen to by itself", len(ids))
            for each in ids:
                self._see_to_one(each)
        return len(ids)

    def _see_to_one(self, row_id: str) -> None:
        try:
            self._see_to([row_id])
        except Exception as error:
            # The message of an error may hold what a customer said: only its kind is kept.
            logger.exception("due row %s failed", row_id)
            with unit_of_work(self._url) as unit:
                for row in outreach.held(unit.session, [row_id], self._worker):
                    outreach.backed_off(row, type(error).__name__)
                unit.commit()

    def _see_to(self, ids: list[str]) -> None:
        with unit_of_work(self._url) as unit:
            Batch(unit.session, self._purposes, outreach.held(unit.session, ids, self._worker)).see_to()
            unit.commit()


@dataclass(frozen=True, slots=True)
class _Going:
    """A row about which something may be said now; channels: on which, the best first."""

    row: DueRow
    purpose: Purpose
    person: Person | None
    channels: tuple[str, ...]


class Batch:
    """Rows that one worker holds, in one transaction, and all that is known about their customers."""

    def __init__(self, session: Session, purposes: Mapping[str, Purpose], rows: list[DueRow]) -> None:
        self._session, self._purposes, self._rows = session, purposes, rows
        self._now, self._policy = clock.now(), policy()
        self._people: dict[str, Person] = {}
        self._on: dict[str, bool] = {}
        self._tried: dict[str, list[str]] = defaultdict(list)
        self._claims: list[Claim] = []
        self._letters = delivery.Letters(session)
        self._segments = budget.Segments(session, self._policy)

    def see_to(self) -> None:
        """Settle each row, or say why it waits."""
        if not self._rows:
            return
        self._people = people.load(self._session, [row.customer_id for row in self._rows if row.customer_id])
        self._on = channel_states.on(self._session)
        self._read_ahead()
        again = [row.id for row in self._rows if row.tries]
        if again:
            touched = select(Touch).where(Touch.due_id.in_(again)).order_by(Touch.due_id, Touch.number)
            for touch in self._session.scalars(touched):
                self._tried[touch.due_id].append(touch.channel)
        for rows in self._waves():
            going = [each for row in rows if (each := self._decided(row)) is not None]
            while going:
                going = self._prepared(going)
            self._letters.store()

    def _read_ahead(self) -> None:
        """The claims of all rows at once: whoever asks for one of them finds it in the session. Kept for as long."""
        ids = {row.claim_id for row in self._rows if row.claim_id is not None}
        self._claims = list(self._session.scalars(select(Claim).where(Claim.id.in_(ids)))) if ids else []

    def _waves(self) -> Iterator[list[DueRow]]:
        """One row of each customer at a time: what is said in one wave counts when the next is decided on."""
        of_customer: dict[str, list[DueRow]] = defaultdict(list)
        for row in self._rows:
            of_customer[row.customer_id or row.id].append(row)
        for wave in zip_longest(*(of_customer[key] for key in sorted(of_customer))):
            yield [row for row in wave if row is not None]

    def _decided(self, row: DueRow) -> _Going | None:
        """Where nothing is to be said, or not now, the row says why, and None comes back."""
        purpose = self._purposes.get(row.purpose)
        if purpose is None:
            # Planned by a newer version of us, or taken out of the list: whoever knows it may come.
            outreach.postponed(row, self._now + gate.DAY, "failing", {"error": "unknown purpose"})
            return None
        if row.expires_at is not None and row.expires_at <= self._now:
            if row.tries:
                outreach.finished(row, "no_answer")
            else:
                outreach.skipped(row, "expired")
            return None
        if purpose.kind is OutreachKind.ALERT:
            return _Going(row, purpose, None, ("",))
        person = self._people.get(row.customer_id or "")
        if person is None:
            outreach.skipped(row, "unknown_customer")
            return None
        decision = gate.decide(purpose, row, person, self._on, self._tried[row.id], self._now, self._policy)
        match decision:
            case gate.Never():
                outreach.skipped(row, decision.reason, decision.values)
            case gate.Wait():
                outreach.postponed(row, decision.until, decision.reason, decision.values)
            case gate.Go():
                return _Going(row, purpose, person, decision.channels)
        return None

    def _prepared(self, going: list[_Going]) -> list[_Going]:
        """Prepare each for the best channel that can carry it; those that must be tried on their next one."""
        again = []
        of_purpose: dict[str, list[_Going]] = defaultdict(list)
        for each in going:
            of_purpose[each.purpose.name].append(each)
        for alike in of_purpose.values():
            occasions = [self._occasion(each) for each in alike]
            prepared = alike[0].purpose.prepare(self._session, occasions)
            for each, occasion, answer in zip(alike, occasions, prepared, strict=True):
                if not self._settled(each, occasion, answer):
                    again.append(replace(each, channels=each.channels[1:]))
        for each in again:
            if not each.channels:
                outreach.skipped(each.row, "too_long")
        return [each for each in again if each.channels]

    def _settled(self, going: _Going, occasion: Occasion, prepared: Prepared) -> bool:
        """False where it is a text message of too many parts."""
        row = going.row
        match prepared:
            case Done():
                outreach.finished(row, prepared.reason, prepared.values)
            case Skip():
                outreach.skipped(row, prepared.reason, prepared.values)
            case Later():
                outreach.postponed(row, prepared.until, prepared.reason, prepared.values)
            case Say() if occasion.person is None:
                raise TypeError(f"{row.purpose}: an alert goes to nobody in particular; store it yourself")
            case Say():
                room = self._segments.room_for(prepared.text) if occasion.channel == "sms" else budget.Room.YES
                if room is budget.Room.TOO_LONG:
                    return False
                if room is budget.Room.SPENT:
                    outreach.postponed(row, self._segments.tomorrow(), "budget_spent")
                else:
                    self._letters.add(occasion, prepared, self._again_at(row, going.purpose))
        return True

    def _again_at(self, row: DueRow, purpose: Purpose) -> datetime | None:
        return None if row.tries >= len(purpose.repeats) else self._now + purpose.repeats[row.tries]

    def _occasion(self, going: _Going) -> Occasion:
        row, person, channel = going.row, going.person, going.channels[0]
        address = person.addresses[channel].address if person is not None else ""
        gentle = person is not None and person.gentle
        return Occasion(row, person, channel, address, row.tries + 1, gentle, self._now)
