import pytest
from sqlalchemy import select

from claims import staff
from claims.errors import NotEntitled, NotFound
from claims.models import StaffAccount, StaffToken
from claims.seed import staff as demo
from claims.staff import RIGHTS, STEPS, Right
from claims.vocabulary import ClaimState, Role


@pytest.fixture
def accounts(session) -> dict[str, StaffAccount]:
    demo.put(session)
    session.flush()
    return {account.login: account for account in session.scalars(select(StaffAccount))}


def test_a_token_names_its_account(session, accounts) -> None:
    token = staff.issue_token(session, "handler01")
    account = staff.account_for_token(session, token)
    assert account is not None
    assert (account.name, account.role) == ("刘洋", Role.HANDLER)
    assert staff.account_for_token(session, token + "x") is None
    assert staff.account_for_token(session, "") is None


def test_several_tokens_of_one_account_work_side_by_side(session, accounts) -> None:
    tokens = [staff.issue_token(session, "agent01") for _ in range(2)]
    assert all(staff.account_for_token(session, token) is accounts["agent01"] for token in tokens)
    assert not any(token in str(vars(row)) for row in session.scalars(select(StaffToken)) for token in tokens)


def test_revoked_tokens_and_closed_accounts_open_nothing(session, accounts) -> None:
    token = staff.issue_token(session, "agent01")
    assert staff.revoke_tokens(session, "agent01", "admin01") == 1
    assert staff.account_for_token(session, token) is None
    token = staff.issue_token(session, "agent01")
    accounts["agent01"].active = False
    session.flush()
    assert staff.account_for_token(session, token) is None
    with pytest.raises(NotFound):
        staff.issue_token(session, "agent01")


def test_nobody_by_that_name(session, accounts) -> None:
    with pytest.raises(NotFound, match="nobody"):
        staff.issue_token(session, "nobody")


def test_every_role_has_its_rights_and_steps() -> None:
    assert set(RIGHTS) == set(STEPS) == set(Role)
    assert all(ClaimState.REPORTED not in steps for steps in STEPS.values())


def test_rights_are_checked(accounts) -> None:
    staff.require(accounts["agent01"], Right.READ_CLAIMS)
    with pytest.raises(NotEntitled, match="manage staff"):
        staff.require(accounts["agent01"], Right.MANAGE_STAFF)
    with pytest.raises(NotEntitled):
        staff.require(accounts["admin01"], Right.READ_CLAIMS)
    staff.require_step(accounts["handler01"], ClaimState.OFFER)
    with pytest.raises(NotEntitled, match="surveyor may not take a claim to payment"):
        staff.require_step(accounts["surveyor01"], ClaimState.PAYMENT)


def test_alerts_are_mailed_where_the_account_says(session, accounts) -> None:
    assert [a.login for a in accounts.values() if a.email] == ["supervisor01"]
    staff.set_email(session, "supervisor01", "watch@example.com", "operator")
    assert accounts["supervisor01"].email == "watch@example.com"
    staff.set_email(session, "supervisor01", None, "operator")
    assert accounts["supervisor01"].email is None
    with pytest.raises(NotFound):
        staff.set_email(session, "nobody", "watch@example.com", "operator")
