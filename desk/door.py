"""The one door through which the desk's pages reach the core: every operation names the right it needs.

A page never opens a transaction itself. It hands the session's token and an operation to `perform`, which asks afresh
who that is, whether the session still holds and whether the role carries the right; so a page that stays open for
hours can do no more than a page that was opened just now.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from claims import logins, staff
from claims.database import unit_of_work
from claims.staff import Right
from desk.access import Desk
from lipei.settings import Settings

P = ParamSpec("P")
R = TypeVar("R")


class SignedOut(Exception):
    """The session has ended."""


@dataclass(frozen=True)
class Operation(Generic[P, R]):
    """What a page may ask for. right: None for whoever is signed in. reads: writes nothing, not even to the trail."""

    name: str
    right: Right | None
    reads: bool
    run: Callable[Concatenate[Desk, P], R]


OPERATIONS: dict[str, Operation[Any, Any]] = {}
"""Every operation there is, by its name. The test of who may do what walks it."""


def operation(
    right: Right | None, *, reads: bool = False
) -> Callable[[Callable[Concatenate[Desk, P], R]], Operation[P, R]]:
    """Make a function that takes a Desk first an operation that needs this right."""

    def registered(function: Callable[Concatenate[Desk, P], R]) -> Operation[P, R]:
        made = Operation(function.__name__, right, reads, function)
        if made.name in OPERATIONS:
            raise ValueError(f"there are two operations {made.name}")
        OPERATIONS[made.name] = made
        return made

    return registered


def perform(settings: Settings, token: str, asked: Operation[P, R], *args: P.args, **values: P.kwargs) -> R:
    """Do it, in one transaction, for whoever this session is. SignedOut, NotEntitled, and what the operation raises."""
    with unit_of_work(settings.database_url, read_only=asked.reads) as unit:
        account = logins.account_of(unit.session, token)
        if account is None:
            raise SignedOut
        if asked.right is not None:
            staff.require(account, asked.right)
        if not asked.reads:
            logins.seen(unit.session, token)
        result = asked.run(Desk(unit.session, account, settings.demo, token), *args, **values)
        if not asked.reads:
            unit.commit()
        return result
