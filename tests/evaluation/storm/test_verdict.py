"""The storm's verdict finds what went wrong, and excuses nothing but a kill before the mark."""

from __future__ import annotations

import pytest

from evaluation.storm.books import Books
from evaluation.storm.engine import ANSWER
from evaluation.storm.messages import Said
from evaluation.storm.provider import Sent
from evaluation.storm.verdict import Verdict, judge

CHAT = 7
TEXTS = ["一", "二", "三"]
SAID = {CHAT: [Said(CHAT, place, text, {}) for place, text in enumerate(TEXTS)]}


def sent(*texts: str, lives: dict[int, int] | None = None) -> list[Sent]:
    """One a second; lives: which gateway's life gave the n-th, 0 unless named."""
    return [Sent(CHAT, f"{ANSWER}{text}", (lives or {}).get(number, 0), number) for number, text in enumerate(texts)]


def verdict(
    given: list[Sent],
    effects: list[str] = TEXTS,
    killed_at: dict[int, float] | None = None,
    outbox: dict[str, int] | None = None,
    unanswered: int = 0,
) -> Verdict:
    books = Books(len(TEXTS), unanswered, {"sent": 3} if outbox is None else outbox)
    return judge(SAID, effects, given, killed_at or {}, books)


def test_all_is_well() -> None:
    found = verdict(sent(*TEXTS))
    assert found.problems == []
    assert (found.effects, found.answers, found.repeats) == (3, 3, 0)


def test_a_receipt_is_no_answer_and_no_problem() -> None:
    receipt = Sent(CHAT, "已经收到并保存", 0, 0)
    found = verdict([receipt, *sent(*TEXTS)], outbox={"sent": 4})
    assert found.problems == []
    assert (found.answers, found.receipts) == (3, 1)


def test_what_was_not_marked_before_a_kill_may_come_again() -> None:
    found = verdict(sent("一", "二", "二", "三", lives={0: 0, 1: 0, 2: 1, 3: 1}), killed_at={0: 1.5})
    assert found.problems == []
    assert (found.repeats, found.longest_gap_ms) == (1, 500)


@pytest.mark.parametrize(
    ("lives", "killed_at"),
    [
        pytest.param({}, {}, id="one gateway twice"),
        pytest.param({2: 1}, {}, id="two that live"),
        pytest.param({2: 1}, {0: 60.0}, id="killed long after"),
    ],
)
def test_any_other_repeat_is_a_failure(lives: dict[int, int], killed_at: dict[int, float]) -> None:
    found = verdict(sent("一", "二", "二", "三", lives=lives), killed_at=killed_at)
    assert any("came twice" in problem for problem in found.problems)
    assert len(found.unexplained) == 1


@pytest.mark.parametrize(
    ("found", "problem"),
    [
        (lambda: verdict(sent("一", "三")), "1 answers never came"),
        (lambda: verdict(sent("一", "三", "二")), "1 customers got their answers out of order"),
        (lambda: verdict(sent("一", "二", "一", "三")), "1 answers came twice without a kill that explains it"),
        (lambda: verdict(sent(*TEXTS), ["一", "三"]), "1 messages had no effect"),
        (lambda: verdict(sent(*TEXTS), ["一", "二", "二", "三"]), "1 effects were done twice"),
        (lambda: verdict(sent(*TEXTS), ["二", "一", "三"]), "1 customers were not worked on in order"),
        (lambda: verdict(sent(*TEXTS), unanswered=2), "2 messages are unanswered"),
        (lambda: verdict(sent(*TEXTS), outbox={"sent": 2, "dead": 1}), "the outbox holds what did not leave"),
        (lambda: verdict(sent(*TEXTS), outbox={"sent": 2}), "the outbox holds 2 rows, the provider got 3"),
    ],
)
def test_what_it_finds(found, problem: str) -> None:
    assert any(problem in each for each in found().problems)
