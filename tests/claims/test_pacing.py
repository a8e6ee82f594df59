"""One line before each provider, however many gateways stand in it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from claims import outbox
from tests.claims.conftest import Clock, Work


def test_places_follow_each_other_and_a_free_line_begins_now(session, time: Clock) -> None:
    now = time.moment.timestamp()
    assert outbox.places(session, "telegram", 2, 25) == pytest.approx([now, now + 0.04])
    assert outbox.places(session, "telegram", 1, 25) == pytest.approx([now + 0.08])
    assert outbox.places(session, "voice", 1, 1) == pytest.approx([now])
    time.forward(seconds=10)
    assert outbox.places(session, "telegram", 1, 25) == pytest.approx([now + 10])


def test_gateways_that_send_at_once_share_the_pace(work: Work) -> None:
    def take(_: int) -> list[float]:
        with work() as unit:
            taken = outbox.places(unit.session, "telegram", 3, 25)
            unit.commit()
            return taken

    with ThreadPoolExecutor(4) as gateways:
        places = sorted(place for taken in gateways.map(take, range(20)) for place in taken)
    assert len(places) == 60
    assert min(later - earlier for earlier, later in pairwise(places)) > 0.039
