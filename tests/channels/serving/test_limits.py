"""The token bucket."""

from __future__ import annotations

from channels.serving import rate_limit
from channels.serving.rate_limit import RateLimit


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_one_at_a_time() -> None:
    clock = Clock()
    limit = RateLimit(30, 3, clock)
    assert [limit.wait("a") for _ in range(4)] == [0, 0, 0, 2]
    clock.now += 2
    assert [limit.wait("a"), limit.wait("a")] == [0, 2]


def test_asking_in_vain_does_not_make_it_longer() -> None:
    clock = Clock()
    limit = RateLimit(60, 1, clock)
    assert limit.wait("a") == 0
    for _ in range(50):
        assert limit.wait("a") == 1
    clock.now += 1
    assert limit.wait("a") == 0


def test_keys_do_not_share() -> None:
    limit = RateLimit(1, 1, Clock())
    assert [limit.wait("a"), limit.wait("b"), limit.wait("a")] == [0, 0, 60]


def test_keys_are_not_kept_for_ever(monkeypatch: object) -> None:
    limit = RateLimit(1, 1, Clock())
    for number in range(rate_limit.KEYS_KEPT + 10):
        limit.wait(str(number))
    assert len(limit._buckets) == rate_limit.KEYS_KEPT
