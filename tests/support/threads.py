"""Running the same thing many times at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

T = TypeVar("T")


def together(times: int, act: Callable[[int], T]) -> list[T]:
    """Call act(0), act(1), … in threads that start at the same moment; their results in order, or the first error."""
    barrier = Barrier(times)

    def run(number: int) -> T:
        barrier.wait(timeout=30)
        return act(number)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))
