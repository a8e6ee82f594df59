"""Whether one spoke at a time and nothing was lost: from the rows of the database and what the provider was given."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select

from claims.database import unit_of_work
from claims.models import Conversation, Handover, Message, OutboxItem
from claims.vocabulary import Author, InboundState, OutboxState
from evaluation.storm.messages import Said
from evaluation.storm.provider import Sent

TURN = timedelta(seconds=30)
"""How long after its message a turn may still be under way when an agent comes: then nothing is answered."""
GONE = frozenset({OutboxState.SENT, OutboxState.DELIVERED})


@dataclass(slots=True)
class Verdict:
    """problems: one sentence for each kind of failure. left_to_agents: messages of customers that only people read;
    withheld: words of the bot that were stored and not sent because the owner had changed."""

    bot_answers: int = 0
    left_to_agents: int = 0
    withheld: int = 0
    problems: list[str] = field(default_factory=list)

    def must(self, holds: bool, problem: str) -> None:
        if not holds:
            self.problems.append(problem)


def judge(said: dict[int, list[Said]], by_agents: list[tuple[str, str]], sent: list[Sent]) -> Verdict:
    """said: by customers, as delivered; by_agents: (conversation, text) as taken from agents."""
    verdict = Verdict()
    with unit_of_work(read_only=True) as unit:
        messages = list(unit.session.scalars(select(Message).order_by(Message.id)))
        handovers = list(unit.session.scalars(select(Handover).where(Handover.taken_at.is_not(None))))
        items = {item.message_id: item for item in unit.session.scalars(select(OutboxItem))}
        chats = {each.id: int(each.address or 0) for each in unit.session.scalars(select(Conversation))}
        _one_speaker(verdict, messages)
        _nothing_lost(verdict, said, by_agents, messages, handovers)
        _what_left(verdict, messages, items, chats, sent)
    return verdict


def _one_speaker(verdict: Verdict, messages: list[Message]) -> None:
    """Under one version of a conversation either the bot speaks or one agent, and versions only rise."""
    speakers: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    newest: dict[str, int] = {}
    fell = 0
    for each in messages:
        if each.author in (Author.BOT, Author.AGENT):
            speakers[each.conversation_id, each.version].add(each.staff_id or "bot")
            fell += (each.version or 0) < newest.get(each.conversation_id, 0)
            newest[each.conversation_id] = max(newest.get(each.conversation_id, 0), each.version or 0)
    several = sum(len(found) > 1 for found in speakers.values())
    verdict.must(not several, f"{several} times two spoke under one version")
    verdict.must(not fell, f"{fell} messages were stored under a version that was over")


def _nothing_lost(
    verdict: Verdict,
    said: dict[int, list[Said]],
    by_agents: list[tuple[str, str]],
    messages: list[Message],
    handovers: list[Handover],
) -> None:
    stored = Counter(each.text for each in messages if each.author is Author.CUSTOMER)
    wanted = Counter(each.text for own in said.values() for each in own)
    verdict.must(stored == wanted, f"{sum((wanted - stored).values())} messages of customers lost, or some twice")
    waiting = sum(each.state not in (None, InboundState.ANSWERED) for each in messages)
    verdict.must(not waiting, f"{waiting} messages were never settled")
    agents = Counter((each.conversation_id, each.text) for each in messages if each.author is Author.AGENT)
    verdict.must(agents == Counter(by_agents), "messages of agents were lost, or stored twice")
    answers = Counter(each.answers_id for each in messages if each.author is Author.BOT and each.answers_id)
    verdict.bot_answers = sum(answers.values())
    verdict.must(not [each for each in answers.values() if each > 1], "a message was answered twice")
    held = defaultdict(list)
    for each in handovers:
        held[each.conversation_id].append(each)
    unread = 0
    for message in messages:
        if message.state is None or answers[message.id]:
            continue
        verdict.left_to_agents += 1
        unread += not any(
            hold.taken_at is not None
            and hold.taken_at <= message.created_at + TURN
            and (hold.ended_at is None or hold.ended_at >= message.created_at)
            for hold in held[message.conversation_id]
        )
    verdict.must(not unread, f"{unread} messages had neither an answer nor an agent")


def _what_left(
    verdict: Verdict,
    messages: list[Message],
    items: dict[int | None, OutboxItem],
    chats: dict[str, int],
    sent: list[Sent],
) -> None:
    """Everything said left once, in an order in which no word of the bot follows an agent who came after it."""
    outgoing = [each for each in messages if each.author is not Author.CUSTOMER]
    missing = sum(each.id not in items for each in outgoing)
    verdict.must(not missing, f"{missing} messages have no way out")
    out = [each for each in outgoing if each.id in items and items[each.id].state in GONE]
    withheld = [each for each in outgoing if each.id in items and items[each.id].state is OutboxState.WITHHELD]
    verdict.withheld = len(withheld)
    others = len(outgoing) - missing - len(out) - len(withheld)
    verdict.must(not others, f"{others} messages neither left nor were withheld")
    verdict.must(all(each.author is Author.BOT for each in withheld), "words of people were withheld")
    given = Counter((each.chat_id, each.text) for each in sent)
    expected = Counter((chats[each.conversation_id], each.text) for each in out)
    verdict.must(given == expected, f"the provider was given {sum((given - expected).values())} messages too many")
    versions = {
        (chats[each.conversation_id], each.text): each.version or 0 for each in out if each.author is Author.AGENT
    }
    agents_at: dict[int, int] = {}
    late = 0
    bot_versions = {
        (chats[each.conversation_id], each.text): each.version or 0 for each in out if each.author is Author.BOT
    }
    for each in sent:
        key = (each.chat_id, each.text)
        if key in versions:
            agents_at[each.chat_id] = max(agents_at.get(each.chat_id, 0), versions[key])
        elif key in bot_versions and bot_versions[key] < agents_at.get(each.chat_id, 0) and _unique(key, out, chats):
            late += 1
    verdict.must(not late, f"{late} words of the bot arrived after an agent who had come in between")


def _unique(key: tuple[int, str], out: list[Message], chats: dict[str, int]) -> bool:
    """Whether the chat was told this text once only: then it is known which message it was."""
    return sum((chats[each.conversation_id], each.text) == key for each in out) == 1
