"""What a customer holds."""

from datetime import date

from sqlalchemy.orm import Session

from claims import customers, policies
from claims.seed import seed_demo
from claims.vocabulary import PolicyStatus


def test_terms_held_leave_out_what_was_cancelled(session: Session) -> None:
    seed_demo(session, date(2026, 11, 22))
    zhang = customers.find_by_phone(session, "13800138001")[0]
    assert {terms.number for terms in policies.terms_held(session, zhang.id)} == {"PA202600000001", "PH202600000001"}
    cancelled = policies.find_policy(session, "PA202600000001")
    assert cancelled is not None
    cancelled.status = PolicyStatus.CANCELLED
    assert [terms.number for terms in policies.terms_held(session, zhang.id)] == ["PH202600000001"]
