"""`lipei eval load`: how long a turn takes, for one customer and for many who pause between turns."""

import statistics
import threading
import time
from dataclasses import dataclass, field
from typing import Any

from evaluation.customer import Customer
from lipei.client import ApiError

WARM_UP_TURNS = 10


@dataclass
class Times:
    """Seconds of each turn, and what failed."""

    seconds: list[float] = field(default_factory=list)
    silent: int = 0
    errors: list[str] = field(default_factory=list)
    registered: int = 0

    def figures(self) -> dict[str, Any]:
        """Median, 95th percentile and longest in milliseconds."""
        return {
            "turns": len(self.seconds),
            "median_ms": _ms(statistics.median(self.seconds)) if self.seconds else None,
            "p95_ms": _ms(percentile(self.seconds, 95)) if self.seconds else None,
            "longest_ms": _ms(max(self.seconds)) if self.seconds else None,
            "claims_registered": self.registered,
            "unanswered": self.silent,
            "errors": len(self.errors),
            "first_error": self.errors[0] if self.errors else None,
        }


def percentile(values: list[float], percent: float) -> float:
    """Nearest-rank percentile: the smallest value that at least `percent` of all do not exceed."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 1)


def one_turn(customer: Customer, times: Times) -> None:
    """Time one turn; a failure is counted, not hidden among the times."""
    started = time.perf_counter()
    try:
        answer = customer.turn()
    except ApiError as error:
        times.errors.append(str(error))
        return
    times.seconds.append(time.perf_counter() - started)
    times.silent += not answer.messages


def single(base_url: str, turns: int) -> Times:
    """One customer who answers at once, `turns` turns after a warm-up."""
    customer, times = Customer(base_url), Times()
    for _ in range(WARM_UP_TURNS):
        one_turn(customer, Times())
    before = customer.registered
    for _ in range(turns):
        one_turn(customer, times)
    times.registered = customer.registered - before
    return times


def many(base_url: str, customers: int, pause: float, seconds: float) -> Times:
    """`customers` at once for `seconds`, each pausing `pause` seconds between turns; starts are spread over a pause."""
    times, lock = Times(), threading.Lock()
    end = time.monotonic() + seconds

    def live(number: int) -> None:
        time.sleep(pause * number / customers)
        own = Times()
        try:
            customer = Customer(base_url)
            while time.monotonic() < end:
                one_turn(customer, own)
                time.sleep(pause)
            own.registered = customer.registered
        except ApiError as error:
            own.errors.append(str(error))
        with lock:
            times.seconds += own.seconds
            times.errors += own.errors
            times.silent += own.silent
            times.registered += own.registered

    threads = [threading.Thread(target=live, args=[number]) for number in range(customers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times
