"""Files of customers, from any channel: how large, which kinds, and where they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from channels.gateway import sniff, storage
from claims import attachments
from claims.models import Attachment

ATTACHMENT_BYTES = 10_000_000


class NotTaken(Exception):
    """A file we do not keep. code: the sentence of wording.yml that says why; values: what it is filled with."""

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class Kept:
    """A file on disk: sha256 in hex, size in bytes, path relative to the attachments folder."""

    sha256: str
    mime: str
    size: int
    path: str
    name: str


def recognised(data: bytes, *, recordings: bool = False) -> str:
    """The MIME type by the bytes alone. Raises NotTaken for what is too large, empty, of another kind, or broken.

    recordings: what was spoken is kept too; it is for people to listen to, and no material of a claim.
    """
    if len(data) > ATTACHMENT_BYTES:
        raise NotTaken("attachment_too_large", megabytes=ATTACHMENT_BYTES // 1_000_000)
    if not data:
        raise NotTaken("attachment_missing")
    if recordings and (audio := sniff.audio_mime_of(data)):
        return audio
    try:
        mime = sniff.mime_of(data)
    except sniff.Broken as error:
        raise NotTaken("attachment_broken") from error
    if mime is None:
        raise NotTaken("attachment_kind")
    return mime


def keep(folder: Path, data: bytes, name: str = "", mime: str = "", *, recordings: bool = False) -> Kept:
    """Write the file once, by its content. mime: what `recognised` said of it. Raises NotTaken."""
    mime = mime or recognised(data, recordings=recordings)
    digest, path = storage.store(folder, data)
    return Kept(digest, mime, len(data), str(path.relative_to(folder)), clean(name))


def note(session: Session, conversation_id: str, kept: Kept) -> Attachment:
    """Put a kept file down as one of this conversation's."""
    return attachments.add(
        session,
        conversation_id=conversation_id,
        sha256=kept.sha256,
        mime=kept.mime,
        size=kept.size,
        path=kept.path,
        original_name=kept.name,
    )


def clean(name: str) -> str:
    """The last part of the name a client gave, printable, at most 120 characters: for people, never a path."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in last if char.isprintable())[:120]
