"""The monthly report as files for the pages: to look at within them, and to save."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from starlette.responses import RedirectResponse, Response

from desk import sessions
from desk.door import SignedOut, perform
from desk.operations.reports import read_report
from desk.reports_api import PAGE_POLICY, XLSX
from desk.signing import LOGIN

router = APIRouter(include_in_schema=False)
KINDS = {"html": "text/html; charset=utf-8", "pdf": "application/pdf", "xlsx": XLSX}


@router.get("/reports/{month}/{form}")
def get_report(
    request: Request,
    month: Annotated[str, Path(pattern=r"^20\d\d-(0[1-9]|1[0-2])$")],
    form: Literal["html", "pdf", "xlsx"],
) -> Response:
    """The page is shown, the others are saved."""
    token = sessions.token_of(request)
    try:
        if token is None:
            raise SignedOut
        content = perform(request.app.state.settings, token, read_report, month, form)
    except SignedOut:
        return RedirectResponse(LOGIN, 303)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": PAGE_POLICY}
    if form != "html":
        headers["Content-Disposition"] = f'attachment; filename="lipei-{month}.{form}"'
    return Response(content, media_type=KINDS[form], headers=headers)
