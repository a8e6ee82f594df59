"""Who is asking, what their role lets them do and see, and the transaction they work in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.orm import Session

from claims import audit, masking, staff
from claims.database import unit_of_work
from claims.models import StaffAccount
from claims.staff import RIGHTS, Right
from desk.problems import Refused

_scheme = HTTPBearer(auto_error=False, description="lipei staff token NAME 给出的令牌")
LONGEST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """One request of one staff account, in one transaction that is committed when the request succeeds.

    token: of the session at the desk's pages; None for the staff API.
    """

    session: Session
    account: StaffAccount
    demo: bool
    token: str | None = None

    @property
    def actor(self) -> str:
        """How the account is named on timelines and in the audit trail."""
        return self.account.login

    def may(self, right: Right) -> bool:
        """Whether the account's role carries the right."""
        return right in RIGHTS[self.account.role]

    def note(self, action: str, subject: str, detail: dict[str, object] | None = None) -> None:
        """Write what the account read or did into the audit trail."""
        audit.record(self.session, self.actor, action, subject, detail)

    def address(self, value: str) -> str:
        """A phone or other address as this role may see it."""
        return value if self.may(Right.SEE_CONTACTS) else masking.phone(value)

    def text(self, value: str) -> str:
        """A notice's text as this role may see it."""
        return value if self.may(Right.SEE_CONTACTS) else masking.text(value)


def _open(request: Request, token: str, right: Right | None) -> Iterator[Desk]:
    settings = request.app.state.settings
    with unit_of_work(settings.database_url) as unit:
        account = staff.account_for_token(unit.session, token)
        if account is None:
            raise Refused(401, "no_account")
        if right is not None:
            staff.require(account, right)
        yield Desk(unit.session, account, settings.demo)
        unit.commit()


def _token(credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_scheme)]) -> str:
    if credentials is None or len(credentials.credentials) > LONGEST_TOKEN or not credentials.credentials.isascii():
        raise Refused(401, "no_account")
    return credentials.credentials


def desk_with(right: Right | None) -> Callable[..., Iterator[Desk]]:
    """A dependency: the desk of an account that has this right (None: the endpoint asks for more itself)."""

    def opened(request: Request, token: Annotated[str, Depends(_token)]) -> Iterator[Desk]:
        yield from _open(request, token, right)

    return opened


# scope="function": the transaction is committed before the answer is sent, so that whoever reads next sees it.
ClaimsDesk = Annotated[Desk, Depends(desk_with(Right.READ_CLAIMS), scope="function")]
MaterialsDesk = Annotated[Desk, Depends(desk_with(Right.REVIEW_MATERIALS), scope="function")]
TalksDesk = Annotated[Desk, Depends(desk_with(Right.READ_CONVERSATIONS), scope="function")]
OutboxDesk = Annotated[Desk, Depends(desk_with(Right.READ_OUTBOX), scope="function")]
WritingDesk = Annotated[Desk, Depends(desk_with(Right.WRITE_CONVERSATIONS), scope="function")]
AssigningDesk = Annotated[Desk, Depends(desk_with(Right.SUPERVISE), scope="function")]
ComplaintsDesk = Annotated[Desk, Depends(desk_with(Right.ANSWER_COMPLAINTS), scope="function")]
FiguresDesk = Annotated[Desk, Depends(desk_with(Right.SUPERVISE), scope="function")]
