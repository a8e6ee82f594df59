from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims import audit
from claims.errors import BadInput, StepNotAllowed
from claims.lifecycle import ENDED, STATE_NAMES, TRANSITIONS, allowed, move
from claims.models import Claim
from claims.vocabulary import ClaimState as S
from claims.vocabulary import Line
from tests.support.threads import together

PATH = [S.MATERIALS, S.ACCEPTED, S.INSPECTION, S.ASSESSMENT, S.APPROVAL, S.OFFER, S.PAYMENT, S.CLOSED]


def _claim(session, state: S = S.REPORTED, **more: object) -> Claim:
    claim = Claim(number="C202611220000015", registration_key="k", line=Line.AUTO, state=state, **more)
    session.add(claim)
    session.flush()
    return claim


def test_every_state_has_its_steps_and_its_name() -> None:
    assert set(TRANSITIONS) == set(STATE_NAMES) == set(S)


def test_every_state_can_be_reached_and_the_end_too() -> None:
    reached, grown = {S.REPORTED}, True
    while grown:
        more = reached.union(*(TRANSITIONS[state] for state in reached))
        grown, reached = more != reached, more
    assert reached == set(S)
    assert {state for state in S if not TRANSITIONS[state]} == {S.CLOSED, S.WITHDRAWN}
    assert {S.CLOSED, S.WITHDRAWN, S.REJECTED} == ENDED


def test_the_whole_way_is_written_down(work, time) -> None:
    with work() as unit:
        claim = _claim(unit.session)
        for state in PATH:
            time.forward(hours=1)
            amount = Decimal("3200.50") if state is S.OFFER else None
            entry = move(unit.session, claim, state, actor="handler01", note="好", amount=amount)
            assert entry is not None
            assert claim.state_since == time.moment
        unit.commit()
    with work() as unit:
        claim = unit.session.get_one(Claim, claim.id)
        assert [entry.state_to for entry in claim.timeline] == PATH
        assert [entry.state_from for entry in claim.timeline] == [S.REPORTED, *PATH[:-1]]
        assert {(entry.actor, entry.note) for entry in claim.timeline} == {("handler01", "好")}
        assert claim.offer_amount == Decimal("3200.50")
        assert audit.verify(unit.session) == len(PATH)


@given(st.sampled_from(S), st.sampled_from(S))
def test_a_step_is_allowed_or_named_as_not(before: S, to: S) -> None:
    claim = Claim(state=before)
    assert (to in allowed(claim)) == (to in TRANSITIONS[before])


@pytest.mark.parametrize(("before", "to"), [(S.REPORTED, S.PAYMENT), (S.CLOSED, S.OFFER), (S.WITHDRAWN, S.REPORTED)])
def test_a_step_that_is_not_allowed_says_what_is(session, before: S, to: S) -> None:
    claim = _claim(session, before)
    with pytest.raises(StepNotAllowed) as raised:
        move(session, claim, to, actor="handler01", amount=Decimal("1.00") if to is S.OFFER else None)
    assert raised.value.allowed == [str(state) for state in allowed(claim)]
    assert claim.state is before
    assert claim.timeline == []


def test_the_same_step_again_changes_nothing(session, time) -> None:
    claim = _claim(session)
    move(session, claim, S.MATERIALS, actor="handler01")
    since = claim.state_since
    time.forward(hours=1)
    assert move(session, claim, S.MATERIALS, actor="handler01") is None
    assert (len(claim.timeline), claim.state_since) == (1, since)


@pytest.mark.parametrize("grounds", [None, "", "  "])
def test_a_rejection_needs_grounds(session, grounds: str | None) -> None:
    claim = _claim(session)
    with pytest.raises(BadInput, match="grounds"):
        move(session, claim, S.REJECTED, actor="handler01", grounds=grounds)
    assert claim.state is S.REPORTED


def test_the_grounds_are_kept(session) -> None:
    claim = _claim(session)
    move(session, claim, S.REJECTED, actor="handler01", grounds="出险时保单已过期")
    assert claim.rejection_grounds == "出险时保单已过期"


def test_an_offer_needs_an_amount(session) -> None:
    claim = _claim(session, S.APPROVAL)
    with pytest.raises(BadInput, match="amount"):
        move(session, claim, S.OFFER, actor="handler01")


def test_an_offer_falls_back_on_the_amount_set_before(session) -> None:
    claim = _claim(session, S.ASSESSMENT)
    move(session, claim, S.APPROVAL, actor="surveyor01", amount=Decimal("900"))
    move(session, claim, S.OFFER, actor="supervisor01")
    assert claim.offer_amount == Decimal("900.00")


def test_another_amount_for_a_standing_offer_is_not_lost_silently(session) -> None:
    claim = _claim(session, S.OFFER, offer_amount=Decimal("900.00"))
    assert move(session, claim, S.OFFER, actor="handler01", amount=Decimal("900")) is None
    with pytest.raises(BadInput, match=r"900\.00"):
        move(session, claim, S.OFFER, actor="handler01", amount=Decimal("950"))


@pytest.mark.parametrize(
    "amount", [Decimal("-1"), Decimal("1.234"), Decimal("NaN"), Decimal("Infinity"), Decimal(10) ** 13, 3.5, "100"]
)
def test_money_is_a_decimal_of_yuan(session, amount: object) -> None:
    claim = _claim(session, S.APPROVAL)
    with pytest.raises(BadInput):
        move(session, claim, S.OFFER, actor="handler01", amount=amount)  # type: ignore[arg-type]


def test_a_step_without_money_takes_none(session) -> None:
    with pytest.raises(BadInput, match="takes no amount"):
        move(session, _claim(session), S.MATERIALS, actor="handler01", amount=Decimal("5"))


def test_a_button_pressed_by_many_at_once_is_one_step(work) -> None:
    with work() as unit:
        claim_id = _claim(unit.session).id
        unit.commit()

    def press(number: int) -> bool:
        with work() as unit:
            claim = unit.session.get_one(Claim, claim_id)
            entry = move(unit.session, claim, S.ACCEPTED, actor=f"handler{number}")
            unit.commit()
            return entry is not None

    assert together(6, press).count(True) == 1
    with work() as unit:
        assert len(unit.session.get_one(Claim, claim_id).timeline) == 1
        assert audit.verify(unit.session) == 1
