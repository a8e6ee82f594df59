"""Files of customers for the pages: only for whoever may read what they belong to, and each reading is written down."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Request
from sqlalchemy import select
from starlette.responses import FileResponse, RedirectResponse, Response

from claims.errors import NotEntitled, NotFound
from claims.models import Attachment, Claim, Material, MaterialFile
from claims.staff import RIGHTS, Right
from desk import sessions
from desk.access import Desk
from desk.door import SignedOut, operation, perform
from desk.signing import LOGIN

router = APIRouter(include_in_schema=False)
INLINE = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif", "audio/mpeg", "audio/ogg", "audio/amr"})


@operation(None)
def open_file(desk: Desk, attachment_id: str) -> tuple[str, str, str]:
    """Where a file lies (below the attachments folder), its kind and its name. Whoever reads conversations reads their
    files; others those that were put to a claim they may read."""
    file = desk.session.get(Attachment, attachment_id)
    if file is None:
        raise NotFound("no such attachment")
    rights = RIGHTS[desk.account.role]
    if Right.READ_CONVERSATIONS not in rights:
        of_claim = (
            select(Claim.number)
            .join(Material, Material.claim_id == Claim.id)
            .join(MaterialFile, MaterialFile.material_id == Material.id)
            .where(MaterialFile.attachment_id == file.id)
        )
        if Right.READ_CLAIMS not in rights or desk.session.scalar(of_claim.limit(1)) is None:
            raise NotEntitled("this file belongs to a conversation")
    desk.note("file_read", f"attachment:{file.id}")
    return file.path, file.mime, file.original_name


@router.get("/files/{attachment_id}")
def get_file(request: Request, attachment_id: Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")]) -> Response:
    """The file: a picture or a recording is shown, everything else is saved."""
    settings = request.app.state.settings
    token = sessions.token_of(request)
    try:
        if token is None:
            raise SignedOut
        path, mime, name = perform(settings, token, open_file, attachment_id)
    except SignedOut:
        return RedirectResponse(LOGIN, 303)
    whole = (settings.attachments_dir / path).resolve()
    if not whole.is_relative_to(settings.attachments_dir.resolve()) or not whole.is_file():
        raise NotFound("the file is not on this machine")
    how = "inline" if mime in INLINE else "attachment"
    disposition = f"{how}; filename*=UTF-8''{quote(name or attachment_id)}"
    return FileResponse(
        whole, media_type=mime, headers={"Content-Disposition": disposition, "Cache-Control": "no-store"}
    )
