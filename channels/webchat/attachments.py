"""Files that customers send through the web chat: recognised, stored once, given back to their owner only."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, UploadFile
from fastapi.responses import FileResponse
from sqlalchemy.orm import Session

from channels.gateway import files
from channels.gateway.inbox import by_token
from channels.gateway.problems import Refused
from channels.gateway.views import Json, attachment_json
from channels.webchat.bearer import Bearer, gateway_of, limit
from channels.webchat.schemas import AttachmentOut, Problem
from channels.webchat.settings import ATTACHMENT_BYTES
from claims import attachments
from claims.errors import NotFound

router = APIRouter(prefix="/api/chat/attachments", tags=["attachments"])
_REFUSALS: dict[int | str, dict[str, Any]] = {code: {"model": Problem} for code in (401, 413, 422, 429)}


@router.post("", summary="上传照片或 PDF", response_model=AttachmentOut, responses=_REFUSALS)
async def upload(request: Request, token: Bearer, file: UploadFile) -> Json:
    """Multipart field `file`: JPEG, PNG, WebP, HEIC or PDF, recognised by its bytes, at most 10 MB.

    Sends nothing yet: pass the attachment_id to POST /api/chat/messages.
    """
    limit(request, "attachments", token)
    gateway = gateway_of(request)
    data = await file.read(ATTACHMENT_BYTES + 1)
    mime = _recognised(data)
    # Whose it is comes before any byte is written.
    await gateway.database.read(by_token, token)
    folder = gateway.settings.attachments_dir
    kept = await gateway.database.thread(files.keep, folder, data, file.filename or "", mime)
    return await gateway.database.run(_record, token, kept)


@router.get(
    "/{attachment_id}", summary="取回自己上传的文件", response_class=FileResponse, responses={404: {"model": Problem}}
)
async def download(request: Request, token: Bearer, attachment_id: str) -> FileResponse:
    """The file, to the conversation that sent it and nobody else."""
    gateway = gateway_of(request)
    path, mime, name = await gateway.database.read(_owned, token, attachment_id)
    headers = {
        "Content-Disposition": f"inline; filename*=utf-8''{quote(name)}",
        "Cache-Control": "private, max-age=86400",
    }
    return FileResponse(gateway.settings.attachments_dir / path, media_type=mime, headers=headers)


def _recognised(data: bytes) -> str:
    try:
        return files.recognised(data)
    except files.NotTaken as reason:
        status = 413 if reason.code == "attachment_too_large" else 422
        raise Refused(status, reason.code, **reason.values) from reason


def _record(session: Session, token: str, kept: files.Kept) -> Json:
    return attachment_json(files.note(session, by_token(session, token).id, kept))


def _owned(session: Session, token: str, attachment_id: str) -> tuple[str, str, str]:
    """(path below the attachments folder, MIME type, name to show)."""
    conversation = by_token(session, token)
    try:
        attachment = attachments.get(session, conversation.id, attachment_id.replace("\x00", ""))
    except NotFound:
        raise Refused(404, "unknown_attachment") from None
    return attachment.path, attachment.mime, attachment.original_name or attachment.sha256[:12]
