"""The promised figures, what is expected next in each state of a claim, and by when."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from claims import clock
from claims.clock import SHANGHAI
from claims.facts import Facts
from claims.rules.calendar import deadline
from claims.rules.conditions import When, holds
from claims.rules.loading import DATA, Rule, read_rules
from claims.vocabulary import ClaimState, Line

WaitsFor = Literal["us", "customer", "nobody"]


class Figure(Rule):
    """A fixed figure: how long, counted from what (Chinese), promised or demanded by which source (Chinese)."""

    hours: int | None = Field(default=None, gt=0)
    working_days: int | None = Field(default=None, gt=0)
    days: int | None = Field(default=None, gt=0)
    from_event: str
    source: str

    @model_validator(mode="after")
    def _one_unit(self) -> "Figure":
        if sum(unit is not None for unit in (self.hours, self.working_days, self.days)) != 1:
            raise ValueError("give exactly one of hours, working_days, days")
        return self

    def due(self, start: datetime) -> datetime:
        """When it is over if it began at `start` (aware)."""
        return deadline(start, hours=self.hours, working_days=self.working_days, days=self.days)


class StateRule(Rule):
    next_step: str
    promise: str
    waits_for: WaitsFor
    figure: str | None = None
    counts_from: Literal["state", "acceptance"] = "state"


class LineStates(Rule):
    """States that go otherwise in some lines."""

    lines: frozenset[Line]
    states: dict[ClaimState, StateRule]


class StepRule(Rule):
    key: str
    name: str
    promise: str
    figure: str
    kind: Literal["step", "right"]
    lines: frozenset[Line] = frozenset(Line)
    when: When | None = None


class ServiceLevels(Rule):
    figures: dict[str, Figure]
    states: dict[ClaimState, StateRule]
    by_line: tuple[LineStates, ...] = ()
    after_report: tuple[StepRule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _complete(self) -> "ServiceLevels":
        for state in ClaimState:
            if state not in self.states:
                raise ValueError(f"state {state} is missing")
        rules = [*self.states.values(), *(rule for some in self.by_line for rule in some.states.values())]
        used = [*(rule.figure for rule in rules), *(step.figure for step in self.after_report)]
        for figure in used:
            if figure is not None and figure not in self.figures:
                raise ValueError(f"{figure} is not one of the figures")
        return self


@dataclass(frozen=True, slots=True)
class Expectation:
    """What happens next to a claim. due is aware, in Asia/Shanghai; source names the law article or our promise.

    waits_for "customer": due is when our step is done if the customer acts now; "nobody": due is when it ended.
    """

    state: ClaimState
    next_step: str
    due: datetime
    promise: str
    source: str
    waits_for: WaitsFor


@dataclass(frozen=True, slots=True)
class NextStep:
    """A step or a right of the customer after the report. due is known only for what counts from the report."""

    key: str
    name: str
    promise: str
    source: str
    kind: Literal["step", "right"]
    figure: Figure
    due: datetime | None

    @property
    def text(self) -> str:
        """Name, promise and where the promise stands, in one line for people."""
        return f"{self.name}：{self.promise}（{self.source}）"


@cache
def load(directory: Path) -> ServiceLevels:
    """service_levels.yml of a rule directory; RuleFileError if it is wrong."""
    return read_rules(directory / "service_levels.yml", ServiceLevels)


def _rules() -> ServiceLevels:
    return load(DATA)


def figure(key: str) -> Figure:
    """One of the fixed figures. KeyError if there is none of that name."""
    return _rules().figures[key]


def expected(
    claim_state: ClaimState,
    state_since: datetime,
    about: Facts | Line | None = None,
    *,
    accepted_at: datetime | None = None,
    now: datetime | None = None,
) -> Expectation:
    """The next step of a claim in `claim_state` since `state_since` and when it is due. Times are aware.

    about: the claim's facts or line, for the lines that go another way.
    accepted_at: when the claim was accepted, from which inspection and decision count (else state_since).
    now: from which our step counts while we wait for the customer (else the clock's now).
    """
    rule = _state_rule(claim_state, about.line if isinstance(about, Facts) else about)
    start = state_since
    if rule.counts_from == "acceptance":
        start = accepted_at or state_since
    elif rule.waits_for == "customer":
        start = max(now or clock.now(), state_since)
    due, source = start.astimezone(SHANGHAI), ""
    if rule.figure is not None:
        chosen = figure(rule.figure)
        due, source = chosen.due(start), chosen.source
    return Expectation(claim_state, rule.next_step, due, rule.promise, source, rule.waits_for)


def _state_rule(state: ClaimState, line: Line | None) -> StateRule:
    for some in _rules().by_line:
        if line in some.lines and state in some.states:
            return some.states[state]
    return _rules().states[state]


def next_steps_after_report(facts: Facts, reported_at: datetime | None = None) -> list[NextStep]:
    """What happens after the report, in order, then the customer's rights. `due` is set for what counts from the
    report when reported_at (aware) is given."""
    steps = []
    for rule in _rules().after_report:
        if (facts.line is not None and facts.line not in rule.lines) or holds(rule.when, facts) is False:
            continue
        chosen = figure(rule.figure)
        counts = reported_at is not None and rule.key == "initial_review"
        due = chosen.due(reported_at) if counts and reported_at is not None else None
        steps.append(NextStep(rule.key, rule.name, rule.promise, chosen.source, rule.kind, chosen, due))
    return steps
