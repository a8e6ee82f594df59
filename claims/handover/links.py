"""Links to files of a conversation for channels that carry no files: signed, and good for some days."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import Session

from claims import clock, crypto
from claims.errors import NotFound
from claims.models import Attachment
from lipei.settings import get_settings

GOOD_FOR = timedelta(days=7)


def to_file(attachment_id: str) -> str:
    """The public address of a file, from now on for GOOD_FOR."""
    until = int((clock.now() + GOOD_FOR).timestamp())
    return f"{get_settings().public_url}/files/{attachment_id}?until={until}&mac={_mac(attachment_id, until)}"


@dataclass(frozen=True, slots=True)
class File:
    """path: below the attachments folder."""

    path: str
    mime: str
    name: str


def opened(session: Session, attachment_id: str, until: int, mac: str) -> File:
    """The file behind a link. NotFound for one that is forged, changed or too old: they are told alike."""
    genuine = hmac.compare_digest(mac.encode(), _mac(attachment_id, until).encode())
    attachment = session.get(Attachment, attachment_id) if genuine and clock.now().timestamp() < until else None
    if attachment is None:
        raise NotFound("no such file")
    return File(attachment.path, attachment.mime, attachment.original_name or attachment.sha256[:12])


def _mac(attachment_id: str, until: int) -> str:
    return crypto.secret_hash(f"file {attachment_id} {until}")
