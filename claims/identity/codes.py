"""One-time codes: sent to the phone on file, checked in constant time, good for ten minutes and one use."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock, crypto, customers, masking, outbox, wording
from claims.errors import BadInput, CodeTooOften, IdentityLocked
from claims.identity.locks import count_wrong, forgive, held, locked_until
from claims.identity.proof import set_proven
from claims.models import Conversation, IdentityLock, OneTimeCode
from claims.models.base import new_id
from claims.normalise import phone as one_spelling
from claims.vocabulary import Proof

CODE_MINUTES = 10
_PAUSE = timedelta(minutes=1)
_WINDOW = timedelta(hours=1)
_PER_WINDOW = 5


def send_code(session: Session, conversation: Conversation, phone: str | None) -> str:
    """Send a code to the phone, or to the one used last when `phone` is None; returns its last four digits.

    Everything the asker can see is the same whether or not anyone has this phone on file; only a phone on file gets
    a message. CodeTooOften: one a minute and five an hour, for a phone and for a conversation. IdentityLocked after
    wrong codes. BadInput when `phone` is None and none was used yet.
    """
    number = one_spelling(phone) if phone is not None else _phone_used_last(session, conversation)
    index = crypto.blind_index(number)
    until = locked_until(held(session, conversation, index))
    if until is not None:
        raise IdentityLocked(until)
    _check_pace(session, conversation, index)
    now = clock.now()
    known = customers.find_by_phone(session, number)
    code_id, code = new_id(), f"{secrets.randbelow(1_000_000):06d}"
    session.add(
        OneTimeCode(
            id=code_id,
            conversation_id=conversation.id,
            customer_id=known[0].id if known else None,
            phone=number,
            phone_index=index,
            code_hash=_hash(code_id, code),
            created_at=now,
            expires_at=now + timedelta(minutes=CODE_MINUTES),
        )
    )
    session.flush()
    if known:
        outbox.enqueue(
            session,
            channel="sms",
            address=number,
            purpose="one_time_code",
            text=wording.ONE_TIME_CODE.format(code=code, minutes=CODE_MINUTES),
            dedupe_key=f"code:{code_id}",
        )
    audit.record(session, "customer", "code_sent", f"conversation:{conversation.id}", {"phone": masking.phone(number)})
    return masking.tail(number)


def verify_code(session: Session, conversation: Conversation, code: str) -> Proof:
    """Check what the customer typed against the newest code of this conversation. Commit whatever the outcome:
    wrong codes count. Five of them lock the conversation and the phone for 15 minutes."""
    sent = _newest(session, conversation)
    counters = held(session, conversation, sent.phone_index if sent else None)
    if locked_until(counters) is not None:
        return Proof.LOCKED
    if sent is None:
        return Proof.EXPIRED
    session.refresh(sent)  # another worker may have used it while we waited for the counters
    if sent.used_at is not None or sent.expires_at <= clock.now():
        return Proof.EXPIRED
    right = hmac.compare_digest(_hash(sent.id, code.strip()), sent.code_hash)
    if not right or sent.customer_id is None:
        return _wrong(session, conversation, sent, counters)
    sent.used_at = clock.now()
    forgive(counters)
    set_proven(conversation, sent.customer_id)
    session.flush()
    audit.record(session, "customer", "identity_proved", f"conversation:{conversation.id}", _about(sent))
    return Proof.PROVED


def _wrong(session: Session, conversation: Conversation, sent: OneTimeCode, counters: Sequence[IdentityLock]) -> Proof:
    sent.tries += 1
    locked = count_wrong(counters)
    if locked:
        sent.used_at = clock.now()  # a locked code is spent: after the lock a new one is sent
    session.flush()
    act = "identity_locked" if locked else "code_wrong"
    audit.record(session, "customer", act, f"conversation:{conversation.id}", {**_about(sent), "tries": sent.tries})
    return Proof.LOCKED if locked else Proof.WRONG


def _check_pace(session: Session, conversation: Conversation, index: str) -> None:
    """The counters are locked by now, so that two requests at once cannot both slip through."""
    now = clock.now()
    for who in (OneTimeCode.phone_index == index, OneTimeCode.conversation_id == conversation.id):
        times: list[datetime] = list(
            session.scalars(
                select(OneTimeCode.created_at)
                .where(who, OneTimeCode.created_at > now - _WINDOW)
                .order_by(OneTimeCode.created_at)
            )
        )
        free_at = [times[-1] + _PAUSE] if times else []
        if len(times) >= _PER_WINDOW:
            free_at.append(times[-_PER_WINDOW] + _WINDOW)
        wait = max((moment - now for moment in free_at), default=timedelta(0))
        if wait > timedelta(0):
            raise CodeTooOften(max(1, round(wait.total_seconds())))


def _newest(session: Session, conversation: Conversation) -> OneTimeCode | None:
    query = select(OneTimeCode).where(OneTimeCode.conversation_id == conversation.id)
    return session.scalars(query.order_by(OneTimeCode.created_at.desc(), OneTimeCode.id)).first()


def _phone_used_last(session: Session, conversation: Conversation) -> str:
    sent = _newest(session, conversation)
    if sent is None:
        raise BadInput("no code was sent in this conversation yet: which phone?")
    return sent.phone


def _hash(code_id: str, code: str) -> str:
    return crypto.secret_hash(f"{code_id}:{code}")


def _about(sent: OneTimeCode) -> dict[str, str]:
    return {"phone": masking.phone(sent.phone)}
