"""Staff accounts, their bearer tokens, and what each role may do, as data."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims import audit, clock
from claims.errors import NotEntitled, NotFound
from claims.models import StaffAccount, StaffToken
from claims.tokens import new_token, token_hash
from claims.vocabulary import ClaimState, Role

_PREFIX = "lps_"  # so that a leaked token is recognised for what it is


class Right(StrEnum):
    READ_CLAIMS = "read_claims"
    READ_CONVERSATIONS = "read_conversations"
    WRITE_CONVERSATIONS = "write_conversations"
    ANSWER_COMPLAINTS = "answer_complaints"
    REVIEW_MATERIALS = "review_materials"
    READ_OUTBOX = "read_outbox"
    READ_AUDIT = "read_audit"
    READ_REPORTS = "read_reports"
    SEE_TO_RENEWALS = "see_to_renewals"
    DRAFT_CAMPAIGNS = "draft_campaigns"
    APPROVE_CAMPAIGNS = "approve_campaigns"
    MANAGE_STAFF = "manage_staff"
    SEARCH = "search"
    SEE_CONTACTS = "see_contacts"
    """Phones, names and texts whole; without it they are masked."""
    BOOK_INSPECTIONS = "book_inspections"
    REPORT_INSPECTIONS = "report_inspections"
    SUPERVISE = "supervise"


_CASEWORK = frozenset(
    {
        Right.READ_CLAIMS,
        Right.READ_CONVERSATIONS,
        Right.WRITE_CONVERSATIONS,
        Right.READ_OUTBOX,
        Right.SEARCH,
        Right.SEE_CONTACTS,
        Right.BOOK_INSPECTIONS,
    }
)

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.AGENT: _CASEWORK | {Right.SEE_TO_RENEWALS},
    Role.HANDLER: _CASEWORK
    | {Right.REVIEW_MATERIALS, Right.REPORT_INSPECTIONS, Right.ANSWER_COMPLAINTS, Right.DRAFT_CAMPAIGNS},
    # Sees claims, but whom they are about only for the visits that are their own (desk.access).
    Role.SURVEYOR: frozenset(
        {Right.READ_CLAIMS, Right.REVIEW_MATERIALS, Right.BOOK_INSPECTIONS, Right.REPORT_INSPECTIONS}
    ),
    Role.SUPERVISOR: _CASEWORK
    | {
        Right.REVIEW_MATERIALS,
        Right.REPORT_INSPECTIONS,
        Right.ANSWER_COMPLAINTS,
        Right.READ_AUDIT,
        Right.READ_REPORTS,
        Right.SEE_TO_RENEWALS,
        Right.DRAFT_CAMPAIGNS,
        Right.APPROVE_CAMPAIGNS,
        Right.SUPERVISE,
    },
    # Runs the installation; what customers told us is none of an administrator's business.
    Role.ADMIN: frozenset({Right.MANAGE_STAFF, Right.READ_AUDIT, Right.READ_OUTBOX, Right.READ_REPORTS}),
}

_S = ClaimState
STEPS: dict[Role, frozenset[ClaimState]] = {
    Role.AGENT: frozenset({_S.WITHDRAWN, _S.DISPUTED}),  # what a customer asks for on the phone
    Role.HANDLER: frozenset(_S) - {_S.REPORTED},
    Role.SURVEYOR: frozenset({_S.INSPECTION, _S.ASSESSMENT, _S.MATERIALS}),
    Role.SUPERVISOR: frozenset(_S) - {_S.REPORTED},
    Role.ADMIN: frozenset(),
}


def issue_token(session: Session, login: str) -> str:
    """A new bearer token; it is stored as a hash and cannot be shown again. NotFound without such an account."""
    account = session.scalar(select(StaffAccount).where(StaffAccount.login == login, StaffAccount.active))
    if account is None:
        raise NotFound(f"there is no active staff account {login}")
    token = new_token(_PREFIX)
    session.add(StaffToken(account_id=account.id, token_hash=token_hash(token)))
    session.flush()
    audit.record(session, "operator", "staff_token_issued", f"staff:{login}")
    return token


def revoke_tokens(session: Session, login: str, actor: str) -> int:
    """End every token of an account; how many there were."""
    tokens = session.scalars(
        select(StaffToken).join(StaffAccount).where(StaffAccount.login == login, StaffToken.revoked_at.is_(None))
    ).all()
    for token in tokens:
        token.revoked_at = clock.now()
    session.flush()
    audit.record(session, actor, "staff_tokens_revoked", f"staff:{login}", {"count": len(tokens)})
    return len(tokens)


def account_for_token(session: Session, token: str) -> StaffAccount | None:
    """Whose token this is; None when it is unknown or revoked, or the account is switched off."""
    return session.scalar(
        select(StaffAccount)
        .join(StaffToken)
        .where(StaffToken.token_hash == token_hash(token), StaffToken.revoked_at.is_(None), StaffAccount.active)
    )


def set_email(session: Session, login: str, address: str | None, actor: str) -> None:
    """Where an account's alerts are mailed to; None: nowhere. NotFound without such an account."""
    account = session.scalar(select(StaffAccount).where(StaffAccount.login == login, StaffAccount.active))
    if account is None:
        raise NotFound(f"there is no active staff account {login}")
    account.email = address
    session.flush()
    audit.record(session, actor, "staff_email_set", f"staff:{login}", {"given": address is not None})


def require(account: StaffAccount, right: Right) -> None:
    """NotEntitled when the account's role does not carry the right."""
    if right not in RIGHTS[account.role]:
        raise NotEntitled(f"the role {account.role} may not {right.replace('_', ' ')}")


def find(session: Session, login: str) -> StaffAccount:
    """An active account by its login. NotFound when there is none."""
    account = session.scalar(select(StaffAccount).where(StaffAccount.login == login, StaffAccount.active))
    if account is None:
        raise NotFound(f"there is no active staff account {login}")
    return account


def require_step(account: StaffAccount, to: ClaimState) -> None:
    """NotEntitled when the account's role may not take a claim to this state."""
    if to not in STEPS[account.role]:
        raise NotEntitled(f"the role {account.role} may not take a claim to {to}")
