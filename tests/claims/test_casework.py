import pytest

from claims import casework, conversations, customers, drafts
from claims.facts import Facts
from claims.identity.proof import set_proven
from claims.models import Claim
from claims.registration import register
from claims.vocabulary import Line, Priority

PHONE = "13900000000"


def _report(session, key: str, phone: str = PHONE, draft=None) -> Claim:
    facts = Facts(line=Line.AUTO, contact_phone=phone)
    claim, _ = register(
        session,
        draft=draft,
        facts=facts,
        policy=None,
        customer_id=None,
        priority=Priority.NORMAL,
        key=key,
        actor="customer",
    )
    return claim


def test_nothing_is_visible_before_proof_not_even_where_it_was_reported(session, chat, time) -> None:
    claim = _report(session, "k", draft=drafts.start(session, chat.id))
    assert casework.visible(session, chat) == []
    assert casework.reported_in(session, chat.id) is claim


def test_after_proof_ones_own_are_visible_newest_first_until_it_runs_out(session, chat, time) -> None:
    first = _report(session, "a")
    time.forward(minutes=1)
    second = _report(session, "b")
    _report(session, "c", phone="13700000000")
    set_proven(chat, customers.reporter(session, PHONE).id)
    assert casework.visible(session, chat) == [second, first]
    time.forward(minutes=30)
    assert casework.visible(session, chat) == []


@pytest.mark.parametrize("spelling", ["{}", " {} ", "lower"])
def test_a_claim_is_found_by_its_number_however_spelt(session, time, spelling: str) -> None:
    claim = _report(session, "k")
    said = claim.number.lower() if spelling == "lower" else spelling.format(claim.number)
    assert casework.find_claim(session, said) is claim
    assert casework.find_claim(session, "C000") is None


def test_the_phone_to_send_a_code_to_is_the_one_given_last(session, chat, time) -> None:
    assert casework.reporter_phone(session, chat.id) is None
    draft = drafts.start(session, chat.id)
    drafts.save(session, draft, Facts(line=Line.AUTO, contact_phone=PHONE))
    assert casework.reporter_phone(session, chat.id) == PHONE
    _report(session, "k", draft=draft)
    assert casework.reporter_phone(session, chat.id) == PHONE


def test_a_claim_is_nobody_elses(session, time) -> None:
    claim = _report(session, "k")
    stranger = customers.reporter(session, "13700000000")
    assert not casework.belongs_to(claim, stranger.id)
    assert not casework.belongs_to(claim, "nobody")
    assert casework.claims_of(session, "nobody") == []


def test_staff_find_claims_by_conversation_and_phone(session, chat, time) -> None:
    claim = _report(session, "k", draft=drafts.start(session, chat.id))
    other, _ = conversations.open_conversation(session, "web")
    assert casework.in_conversation(session, chat.id) == [claim]
    assert casework.in_conversation(session, other.id) == []
    assert casework.by_phone(session, "+86 139 0000 0000") == [claim]
    assert casework.by_phone(session, "13700000000") == []
