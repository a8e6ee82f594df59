"""The monthly report: every figure of a month, and the month before for comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from claims import clock
from claims.insight.durations import Durations, durations
from claims.insight.figures import Figure, Share, row_sets
from claims.insight.month import Month
from claims.insight.renewals import renewed
from claims.insight.service import Service, service
from claims.insight.talks import Talks, talks
from claims.insight.voices import Voices, voices
from claims.insight.volume import Volume, volume


@dataclass(frozen=True, slots=True)
class MonthlyReport:
    """made_at: the moment its rows were read. before: the service figures of the month before."""

    month: Month
    made_at: datetime
    service: Service
    before: Service
    volume: Volume
    durations: Durations
    talks: Talks
    voices: Voices
    renewed: Share

    @property
    def complete(self) -> bool:
        """Whether the month was over when the report was made."""
        return self.made_at >= self.month.end

    @property
    def empty(self) -> bool:
        """Whether nothing at all happened."""
        return not any(len(rows) for each in self.figures() for _, rows in row_sets(each))

    def figures(self) -> Iterator[Figure]:
        """Every figure that is shown, in the order of the report."""
        yield from self.service.all
        yield from (self.service.started, self.service.reached, self.renewed)
        yield self.volume.reported
        yield from self.volume.results.values()
        yield from self.volume.by_line.values()
        yield from self.volume.by_tier.values()
        yield self.volume.paid
        yield from self.volume.paid_by_line.values()
        yield from self.volume.by_day
        yield from self.volume.by_hour.values()
        yield from self.durations.steps.values()
        yield self.durations.whole
        yield from self.durations.promises
        yield self.talks.contained
        yield from self.talks.by_channel.values()
        yield from self.talks.escalations.values()
        yield from self.voices.moods.values()
        yield from self.voices.topics.values()

    def figure(self, key: str) -> Figure | None:
        """One of them by its key."""
        return next((each for each in self.figures() if each.key == key), None)


def monthly(session: Session, month: Month) -> MonthlyReport:
    """Read the month. Nothing is written, and nothing personal is read out of it."""
    now = clock.now()
    return MonthlyReport(
        month=month,
        made_at=now,
        service=service(session, month, now),
        before=service(session, month.previous, now),
        volume=volume(session, month),
        durations=durations(session, month),
        talks=talks(session, month),
        voices=voices(session, month),
        renewed=renewed(session, month),
    )
