"""Files that an agent sent, opened by a signed link: for channels that carry no files."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import FileResponse

from channels.gateway.problems import Refused
from claims.errors import NotFound
from claims.handover.links import opened

router = APIRouter(tags=["attachments"])


@router.get("/files/{attachment_id}", summary="打开坐席发来的文件", response_class=FileResponse)
async def file(
    request: Request,
    attachment_id: Annotated[str, Path(pattern=r"^[0-9a-f-]{36}$")],
    until: Annotated[int, Query(ge=0, le=99_999_999_999)],
    mac: Annotated[str, Query(max_length=64)],
) -> FileResponse:
    """The file, as long as its link is good."""
    gateway = request.app.state.gateway
    try:
        found = await gateway.database.read(opened, attachment_id, until, mac)
    except NotFound:
        raise Refused(404, "not_found") from None
    headers = {
        "Content-Disposition": f"inline; filename*=utf-8''{quote(found.name)}",
        "Cache-Control": "private, no-store",
    }
    return FileResponse(gateway.settings.attachments_dir / found.path, media_type=found.mime, headers=headers)
