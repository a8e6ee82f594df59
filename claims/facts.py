"""What a customer tells us of a loss: the facts of a report, all of them optional until the report is complete."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from claims.vocabulary import Cause, Line


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one report. None means "not said yet".

    incident_time is aware (any zone); loss_estimate is CNY with two places; policy is a policy number
    or "unknown" when the customer cannot name it (the handler then finds it).
    """

    policy: str | None = None
    line: Line | None = None
    incident_time: datetime | None = None
    location: str | None = None
    cause: Cause | None = None
    description: str | None = None
    injured_count: int | None = None
    third_party: bool | None = None
    police_reported: bool | None = None
    loss_estimate: Decimal | None = None
    contact_phone: str | None = None

    def with_(self, **changes: Any) -> Facts:
        """The same facts with some of them replaced."""
        return replace(self, **changes)

    def said(self) -> dict[str, Any]:
        """Only the facts that have a value, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}

    def to_json(self) -> dict[str, Any]:
        """JSON-ready: times as ISO 8601, money as a string with two places, enums by value."""
        out: dict[str, Any] = {}
        for name, value in self.said().items():
            if isinstance(value, datetime):
                out[name] = value.isoformat()
            elif isinstance(value, Decimal):
                out[name] = f"{value:.2f}"
            else:
                out[name] = value if isinstance(value, bool | int) else str(value)
        return out

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Facts:
        """The inverse of to_json. Unknown names are an error: a draft never carries what we cannot read."""
        unknown = set(data) - {f.name for f in fields(cls)}
        if unknown:
            raise ValueError(f"not facts of a report: {', '.join(sorted(unknown))}")
        values = dict(data)
        if "line" in values:
            values["line"] = Line(values["line"])
        if "cause" in values:
            values["cause"] = Cause(values["cause"])
        if "incident_time" in values:
            values["incident_time"] = datetime.fromisoformat(values["incident_time"])
        if "loss_estimate" in values:
            values["loss_estimate"] = Decimal(values["loss_estimate"])
        return cls(**values)


FACT_NAMES: tuple[str, ...] = tuple(f.name for f in fields(Facts))
