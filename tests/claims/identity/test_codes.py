import re

import pytest
from sqlalchemy import select

from claims import audit, conversations, crypto, identity
from claims.errors import BadInput, CodeTooOften, IdentityLocked
from claims.identity import Proof
from claims.models import AuditEntry, Customer, IdentityLock, OneTimeCode, OutboxItem
from tests.support.threads import together

PHONE, STRANGER = "13800138001", "13900000000"


def _code(session) -> str:
    """The code in the newest message of the outbox."""
    item = session.scalars(select(OutboxItem).order_by(OutboxItem.created_at.desc(), OutboxItem.id)).first()
    return re.search(r"\d{6}", item.text).group()


def _wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_right_code_proves_the_customer_for_half_an_hour(session, chat, zhang, time) -> None:
    assert identity.send_code(session, chat, PHONE) == "8001"
    assert identity.proven_customer(session, chat) is None
    assert identity.verify_code(session, chat, f" {_code(session)} ") is Proof.PROVED
    assert identity.proven_customer(session, chat) is zhang
    time.forward(minutes=29, seconds=59)
    assert identity.is_proven(session, chat)
    time.forward(seconds=1)
    assert not identity.is_proven(session, chat)


def test_the_code_goes_by_sms_to_the_phone_on_file(session, chat, zhang) -> None:
    identity.send_code(session, chat, "+86 138-0013-8001")
    item = session.scalars(select(OutboxItem)).one()
    assert (item.channel, item.purpose, item.address) == ("sms", "one_time_code", PHONE)
    stored = session.scalars(select(OneTimeCode)).one()
    assert _code(session) not in (stored.code_hash, str(vars(stored)))


def test_a_code_proves_once(session, chat, zhang) -> None:
    identity.send_code(session, chat, PHONE)
    code = _code(session)
    assert identity.verify_code(session, chat, code) is Proof.PROVED
    identity.forget_proof(chat)
    assert identity.verify_code(session, chat, code) is Proof.EXPIRED
    assert not identity.is_proven(session, chat)


def test_a_code_is_good_for_ten_minutes(session, chat, zhang, time) -> None:
    identity.send_code(session, chat, PHONE)
    time.forward(minutes=10)
    assert identity.verify_code(session, chat, _code(session)) is Proof.EXPIRED


def test_a_newer_code_replaces_the_older(session, chat, zhang, time) -> None:
    identity.send_code(session, chat, PHONE)
    old = _code(session)
    time.forward(minutes=1)
    identity.send_code(session, chat, None)
    new = _code(session)
    assert old == new or identity.verify_code(session, chat, old) is Proof.WRONG
    assert identity.verify_code(session, chat, new) is Proof.PROVED


def test_a_code_is_good_in_its_own_conversation_only(session, chat, other_chat, zhang) -> None:
    identity.send_code(session, chat, PHONE)
    assert identity.verify_code(session, other_chat, _code(session)) is Proof.EXPIRED
    assert not identity.is_proven(session, other_chat)


def test_someone_elses_or_an_unknown_phone_looks_just_the_same(session, chat, other_chat, zhang, time) -> None:
    """Whoever asks cannot tell whether a phone is on file: same answers, same limits, same lock."""
    story = []
    for conversation, phone in ((chat, PHONE), (other_chat, STRANGER)):
        told: list[object] = [identity.send_code(session, conversation, phone) == phone[-4:]]
        with pytest.raises(CodeTooOften) as too_often:
            identity.send_code(session, conversation, phone)
        told.append(too_often.value.wait_seconds)
        told += [identity.verify_code(session, conversation, "not a code") for _ in range(6)]
        with pytest.raises(IdentityLocked) as locked:
            identity.send_code(session, conversation, phone)
        told.append(locked.value.until)
        story.append(told)
    assert story[0] == story[1]
    assert [item.address for item in session.scalars(select(OutboxItem))] == [PHONE]


def test_no_code_proves_an_unknown_phone(session, chat, time, monkeypatch) -> None:
    monkeypatch.setattr("claims.identity.codes.secrets.randbelow", lambda _: 482913)
    identity.send_code(session, chat, STRANGER)
    assert identity.verify_code(session, chat, "482913") is Proof.WRONG
    assert not identity.is_proven(session, chat)


def test_five_wrong_codes_lock_for_a_quarter_of_an_hour(session, chat, zhang, time) -> None:
    identity.send_code(session, chat, PHONE)
    code = _code(session)
    tries = [identity.verify_code(session, chat, _wrong(code)) for _ in range(5)]
    assert tries == [Proof.WRONG] * 4 + [Proof.LOCKED]
    assert identity.verify_code(session, chat, code) is Proof.LOCKED
    with pytest.raises(IdentityLocked):
        identity.send_code(session, chat, PHONE)
    time.forward(minutes=15)
    assert identity.verify_code(session, chat, code) is Proof.EXPIRED  # a locked code is spent
    identity.send_code(session, chat, PHONE)
    assert identity.verify_code(session, chat, _code(session)) is Proof.PROVED


def test_wrong_codes_for_a_phone_count_over_all_conversations(session, chat, other_chat, zhang, time) -> None:
    identity.send_code(session, chat, PHONE)
    for _ in range(3):
        identity.verify_code(session, chat, _wrong(_code(session)))
    time.forward(minutes=1)
    identity.send_code(session, other_chat, PHONE)
    wrong = _wrong(_code(session))
    assert identity.verify_code(session, other_chat, wrong) is Proof.WRONG
    assert identity.verify_code(session, other_chat, wrong) is Proof.LOCKED
    third, _ = conversations.open_conversation(session, "web")
    with pytest.raises(IdentityLocked):
        identity.send_code(session, third, PHONE)


def test_changing_phones_does_not_reset_the_conversation(session, chat, zhang, time) -> None:
    outcomes = []
    for number in range(5):
        identity.send_code(session, chat, f"1390000000{number}")
        outcomes.append(identity.verify_code(session, chat, "not a code"))
        time.forward(minutes=1)
    assert outcomes == [Proof.WRONG] * 4 + [Proof.LOCKED]


def test_old_mistakes_are_forgotten(session, chat, zhang, time) -> None:
    for _ in range(2):
        identity.send_code(session, chat, PHONE)
        wrong = _wrong(_code(session))
        assert [identity.verify_code(session, chat, wrong) for _ in range(4)] == [Proof.WRONG] * 4
        time.forward(minutes=16)


def test_a_right_code_clears_the_count(session, chat, zhang, time) -> None:
    for _ in range(2):
        identity.send_code(session, chat, PHONE)
        code = _code(session)
        for _ in range(3):
            assert identity.verify_code(session, chat, _wrong(code)) is Proof.WRONG
        assert identity.verify_code(session, chat, code) is Proof.PROVED
        time.forward(minutes=1)
    assert {lock.wrong for lock in session.scalars(select(IdentityLock))} == {0}


def test_one_code_a_minute_and_five_an_hour(session, chat, zhang, time) -> None:
    for _ in range(4):
        identity.send_code(session, chat, PHONE)
        with pytest.raises(CodeTooOften) as soon:
            identity.send_code(session, chat, PHONE)
        assert soon.value.wait_seconds == 60
        time.forward(minutes=1)
    identity.send_code(session, chat, PHONE)
    time.forward(minutes=1)
    with pytest.raises(CodeTooOften) as often:
        identity.send_code(session, chat, PHONE)
    assert often.value.wait_seconds == 55 * 60
    time.forward(minutes=55)
    identity.send_code(session, chat, PHONE)


def test_the_pace_holds_for_a_phone_over_conversations(session, chat, other_chat, zhang) -> None:
    identity.send_code(session, chat, PHONE)
    with pytest.raises(CodeTooOften):
        identity.send_code(session, other_chat, PHONE)


def test_nothing_to_send_again(session, chat, zhang) -> None:
    with pytest.raises(BadInput):
        identity.send_code(session, chat, None)


def test_guesses_and_the_lock_are_in_the_audit_trail_without_the_phone(work, time) -> None:
    with work() as unit:
        unit.session.add(Customer(name="张伟", phone=PHONE, phone_index=crypto.blind_index(PHONE)))
        chat, _ = conversations.open_conversation(unit.session, "web")
        identity.send_code(unit.session, chat, PHONE)
        for _ in range(5):
            identity.verify_code(unit.session, chat, "not a code")
        unit.commit()
    with work() as unit:
        entries = unit.session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
        assert [entry.action for entry in entries] == ["code_sent"] + ["code_wrong"] * 4 + ["identity_locked"]
        assert all(PHONE not in str(entry.detail) for entry in entries)
        assert audit.verify(unit.session) == 6


def test_guesses_sent_all_at_once_are_counted_one_by_one(work, time) -> None:
    with work() as unit:
        unit.session.add(Customer(name="张伟", phone=PHONE, phone_index=crypto.blind_index(PHONE)))
        chat, _ = conversations.open_conversation(unit.session, "web")
        identity.send_code(unit.session, chat, PHONE)
        unit.commit()

    def guess(_: int) -> Proof:
        with work() as unit:
            outcome = identity.verify_code(unit.session, conversations.get(unit.session, chat.id), "not a code")
            unit.commit()
            return outcome

    outcomes = together(10, guess)
    assert outcomes.count(Proof.WRONG) == 4
    assert outcomes.count(Proof.LOCKED) == 6


def test_codes_asked_for_all_at_once_are_one_code(work, time) -> None:
    with work() as unit:
        unit.session.add(Customer(name="张伟", phone=PHONE, phone_index=crypto.blind_index(PHONE)))
        chat, _ = conversations.open_conversation(unit.session, "web")
        unit.commit()

    def ask(_: int) -> bool:
        with work() as unit:
            try:
                identity.send_code(unit.session, conversations.get(unit.session, chat.id), PHONE)
            except CodeTooOften:
                return False
            unit.commit()
            return True

    assert together(6, ask).count(True) == 1
    with work() as unit:
        assert len(unit.session.scalars(select(OutboxItem)).all()) == 1


def test_a_bound_channel_account_needs_no_code(session, zhang) -> None:
    wechat, _ = conversations.open_conversation(session, "wechat", "openid-1")
    wechat.bound_customer_id = zhang.id
    assert identity.proven_customer(session, wechat) is zhang
