"""One round of work: what is due is planned, taken, decided on, prepared, and stored in the outbox."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

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
        for row in sorted(self._rows, key=lambda row: row.customer_id or ""):
            self._row(row)
        self._letters.store()

    def _read_ahead(self) -> None:
        """The claims of all rows at once: whoever asks for one of them finds it in the session. Kept for as long."""
        ids = {row.claim_id for row in self._rows if row.claim_id is not None}
        self._claims = list(self._session.scalars(select(Claim).where(Claim.id.in_(ids)))) if ids else []

    def _row(self, row: DueRow) -> None:
        purpose = self._purposes.get(row.purpose)
        if purpose is None:
            # Planned by a newer version of us, or taken out of the list: whoever knows it may come.
            outreach.postponed(row, self._now + gate.DAY, "failing", {"error": "unknown purpose"})
        elif row.expires_at is not None and row.expires_at <= self._now:
            if row.tries:
                outreach.finished(row, "no_answer")
            else:
                outreach.skipped(row, "expired")
        elif purpose.kind is OutreachKind.ALERT:
            self._settle(row, purpose, purpose.prepare(self._session, self._occasion(row, None, "", "")), None)
        else:
            self._to_customer(row, purpose)

    def _to_customer(self, row: DueRow, purpose: Purpose) -> None:
        person = self._people.get(row.customer_id or "")
        if person is None:
            outreach.skipped(row, "unknown_customer")
            return
        decision = gate.decide(purpose, row, person, self._on, self._tried[row.id], self._now, self._policy)
        match decision:
            case gate.Never():
                outreach.skipped(row, decision.reason, decision.values)
            case gate.Wait():
                outreach.postponed(row, decision.until, decision.reason, decision.values)
            case gate.Go():
                self._say(row, purpose, person, decision)

    def _say(self, row: DueRow, purpose: Purpose, person: Person, decision: gate.Go) -> None:
        """Prepare it for the best channel that can carry it."""
        for channel in decision.channels:
            occasion = self._occasion(row, person, channel, person.addresses[channel].address)
            prepared = purpose.prepare(self._session, occasion)
            if not isinstance(prepared, Say) or channel != "sms":
                self._settle(row, purpose, prepared, occasion)
                return
            match self._segments.room_for(prepared.text):
                case budget.Room.YES:
                    self._settle(row, purpose, prepared, occasion)
                    return
                case budget.Room.SPENT:
                    tomorrow = self._segments.tomorrow()
                    outreach.postponed(row, tomorrow, "budget_spent")
                    return
        outreach.skipped(row, "too_long")

    def _settle(self, row: DueRow, purpose: Purpose, prepared: Prepared, occasion: Occasion | None) -> None:
        match prepared:
            case Done():
                outreach.finished(row, prepared.reason, prepared.values)
            case Skip():
                outreach.skipped(row, prepared.reason, prepared.values)
            case Later():
                outreach.postponed(row, prepared.until, prepared.reason, prepared.values)
            case Say():
                if occasion is None:
                    raise TypeError(f"{purpose.name}: an alert goes to nobody in particular; store it yourself")
                self._letters.add(occasion, prepared, self._again_at(row, purpose))

    def _again_at(self, row: DueRow, purpose: Purpose) -> datetime | None:
        return None if row.tries >= len(purpose.repeats) else self._now + purpose.repeats[row.tries]

    def _occasion(self, row: DueRow, person: Person | None, channel: str, address: str) -> Occasion:
        gentle = person is not None and person.gentle
        return Occasion(row, person, channel, address, row.tries + 1, gentle, self._now)
