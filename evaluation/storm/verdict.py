"""Whether anything was lost, doubled or out of order: what engine and provider noted, and what the database says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from claims import outbox
from claims.vocabulary import OutboxState
from evaluation.storm.books import Books
from evaluation.storm.engine import ANSWER
from evaluation.storm.messages import Said
from evaluation.storm.provider import Sent

UNMARKED_SECONDS = outbox.HOLD.total_seconds()
"""How long before its death a gateway may have handed over what it then could not mark as sent; or after it, when the
stand-in came to its last requests late. What it has not marked by then is no longer its own."""

WHOLE = frozenset({OutboxState.SENT, OutboxState.DELIVERED})


@dataclass(slots=True)
class Verdict:
    """problems: one sentence for each kind of failure, none when all is well.

    repeats: messages that a gateway handed over and was killed before it could mark them, so that they left again:
    Telegram has no idempotency key. longest_gap_ms: the longest from such a handing over to the kill. unexplained:
    every other repeat, with the lives of gateways that made it.
    """

    effects: int = 0
    answers: int = 0
    receipts: int = 0
    repeats: int = 0
    longest_gap_ms: float = 0.0
    unexplained: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def must(self, holds: bool, problem: str) -> None:
        if not holds:
            self.problems.append(problem)


def judge(
    said: dict[int, list[Said]],
    effects: Iterable[str],
    sent: list[Sent],
    killed_at: dict[int, float],
    books: Books,
) -> Verdict:
    """said: by chat, in order. effects: texts, in the order in which the engine did them. killed_at: by life."""
    verdict = Verdict()
    done = list(effects)
    verdict.effects = len(done)
    _judge_effects(verdict, said, done)
    once = _without_repeats(verdict, sent, killed_at)
    verdict.must(
        not verdict.unexplained, f"{len(verdict.unexplained)} messages left again without a kill that explains it"
    )
    _judge_answers(verdict, said, once)
    expected = sum(len(messages) for messages in said.values())
    verdict.must(books.inbound == expected, f"{books.inbound} messages are stored, not {expected}")
    verdict.must(not books.unanswered, f"{books.unanswered} messages are unanswered")
    other = {state: number for state, number in books.outbox.items() if state not in WHOLE}
    verdict.must(not other, f"the outbox holds what did not leave: {other}")
    left, given = sum(books.outbox.values()), sum(len(texts) for texts in once.values())
    verdict.must(left == given, f"the outbox holds {left} rows, the provider got {given}")
    return verdict


def _judge_effects(verdict: Verdict, said: dict[int, list[Said]], done: list[str]) -> None:
    times = Counter(done)
    whose = {each.text: each.chat_id for messages in said.values() for each in messages}
    lost, doubled = len(whose.keys() - times.keys()), sum(number - 1 for number in times.values())
    verdict.must(not lost, f"{lost} messages had no effect")
    verdict.must(not doubled, f"{doubled} effects were done twice")
    strange = times.keys() - whose.keys()
    verdict.must(not strange, f"{len(strange)} effects of what nobody said")
    by_chat: dict[int, list[str]] = defaultdict(list)
    for text in dict.fromkeys(done):
        if text in whose:
            by_chat[whose[text]].append(text)
    mixed = sum(_mixed(said[chat_id], texts) for chat_id, texts in by_chat.items())
    verdict.must(not mixed, f"{mixed} customers were not worked on in order")


def _without_repeats(verdict: Verdict, sent: list[Sent], killed_at: dict[int, float]) -> dict[int, list[str]]:
    """By chat, what the provider got, less what left again because of a kill."""
    by_chat: dict[int, list[Sent]] = defaultdict(list)
    for each in sent:
        by_chat[each.chat_id].append(each)
    once: dict[int, list[str]] = {}
    for chat_id, got in by_chat.items():
        once[chat_id] = [got[0].text]
        for before, after in pairwise(got):
            if before.text != after.text:
                once[chat_id].append(after.text)
                continue
            gap = killed_at.get(before.life, float("inf")) - before.at
            if before.life != after.life and abs(gap) <= UNMARKED_SECONDS:
                verdict.repeats += 1
                verdict.longest_gap_ms = max(verdict.longest_gap_ms, round(gap * 1000, 1))
            else:
                once[chat_id].append(after.text)
                verdict.unexplained.append(
                    f"{after.text} from life {before.life}, killed {gap:.2f} s later, "
                    f"and from life {after.life} after {after.at - before.at:.2f} s"
                )
    return once


def _judge_answers(verdict: Verdict, said: dict[int, list[Said]], once: dict[int, list[str]]) -> None:
    lost = doubled = mixed = 0
    for chat_id, messages in said.items():
        got = [text.removeprefix(ANSWER) for text in once.get(chat_id, []) if text.startswith(ANSWER)]
        times = Counter(got)
        verdict.answers += len(got)
        verdict.receipts += len(once.get(chat_id, [])) - len(got)
        lost += sum(each.text not in times for each in messages)
        doubled += sum(number - 1 for number in times.values())
        mixed += _mixed(messages, list(dict.fromkeys(got)))
    verdict.must(not lost, f"{lost} answers never came")
    verdict.must(not doubled, f"{doubled} answers came twice without a kill that explains it")
    verdict.must(not mixed, f"{mixed} customers got their answers out of order")


def _mixed(messages: list[Said], texts: list[str]) -> bool:
    there = set(texts)
    return [each.text for each in messages if each.text in there] != texts
