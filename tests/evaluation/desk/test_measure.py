"""What counts as being on an agent's screen."""

from __future__ import annotations

import pytest

from evaluation.desk.house import Held
from evaluation.desk.measure import Sent, _figures, waits
from evaluation.desk.page import Page

NEVER = float("inf")


def page(conversation_id: str, seen: dict[int, float]) -> Page:
    opened = Page("http://127.0.0.1:1", "lpd_x", conversation_id)
    opened.seen = seen
    return opened


def sent(conversation_id: str, at: float, *, taken: bool = True) -> Sent:
    return Sent(Held(conversation_id, "token", 0), at, 0.01, taken)


def test_an_open_conversation_shows_each_message_and_the_list_the_newest_words() -> None:
    pages = [page("open", {0: 1.5, 3: 4.25})]
    messages = {0: sent("open", 1.0), 1: sent("open", 2.0), 2: sent("listed", 2.5), 3: sent("listed", 4.0)}
    opened, listed = waits(messages, pages)
    assert sorted(opened) == [0.5, NEVER]
    assert sorted(listed) == [0.25, 1.75]  # the first of two is overtaken by the second, which came at 4.25


@pytest.mark.parametrize(
    ("seen", "message", "problem"),
    [
        ({0: 1.2}, sent("open", 1.0), None),
        ({0: 2.5}, sent("open", 1.0), "95 % are on the screen within 1.50 s only"),
        ({}, sent("open", 1.0), "1 messages were never shown"),
        ({0: 1.2}, sent("open", 1.0, taken=False), "1 messages were refused"),
    ],
)
def test_what_is_late_or_lost_is_a_problem(seen: dict[int, float], message: Sent, problem: str | None) -> None:
    figures = _figures({0: message}, [page("open", seen)], 0.1, 0.0)
    assert (problem in figures["problems"]) if problem else figures["problems"] == []


def test_a_page_that_lost_its_connection_is_a_problem() -> None:
    lost = page("open", {0: 1.2})
    lost.lost = True
    assert _figures({0: sent("open", 1.0)}, [lost], 0.1, 0.0)["problems"] == ["1 pages lost their connection"]
