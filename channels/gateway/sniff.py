"""What a file is by its own bytes, and whether it is whole. Names and declared types are never believed."""

from __future__ import annotations

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_PDF_TAIL = 2048


class Broken(ValueError):
    """The file begins like a kind we take but does not end like it: cut short, or damaged."""


def mime_of(data: bytes) -> str | None:
    """The MIME type of a whole JPEG, PNG, WebP, HEIC or PDF; None for anything else. Raises Broken."""
    for kind, begins, whole in _KINDS:
        if begins(data):
            if not whole(data):
                raise Broken(kind)
            return kind
    return None


def audio_mime_of(data: bytes) -> str | None:
    """The MIME type of a recording as phones and chat apps send them (AMR, Ogg, MP3, WAV, M4A); None for the rest."""
    if data.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "audio/amr"
    if data.startswith(b"OggS"):
        return "audio/ogg"
    if data.startswith((b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")):
        return "audio/mpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    return "audio/mp4" if data[4:11] == b"ftypM4A" else None


def _jpeg(data: bytes) -> bool:
    return data.startswith(b"\xff\xd8\xff")


def _whole_jpeg(data: bytes) -> bool:
    # A scan must have started and an end mark must follow it; phones may append more after the end mark.
    scan = data.find(b"\xff\xda")
    return scan > 0 and data.rfind(b"\xff\xd9") > scan


def _png(data: bytes) -> bool:
    return data.startswith(b"\x89PNG\r\n\x1a\n")


def _whole_png(data: bytes) -> bool:
    return data[12:16] == b"IHDR" and b"IEND\xaeB`\x82" in data[-4096:]


def _webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _whole_webp(data: bytes) -> bool:
    return len(data) > 20 and len(data) >= int.from_bytes(data[4:8], "little") + 8


def _heic(data: bytes) -> bool:
    if data[4:8] != b"ftyp":
        return False
    size = min(int.from_bytes(data[:4], "big"), 256)
    brands = {data[8:12]} | {data[at : at + 4] for at in range(16, size, 4)}
    return bool(brands & _HEIC_BRANDS)


def _whole_heic(data: bytes) -> bool:
    # The file is a row of boxes, each with its length in front: the last one must end where the file does.
    at, seen = 0, set()
    while at + 8 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        seen.add(data[at + 4 : at + 8])
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        if size == 0:
            at = len(data)
            break
        if size < 8:
            return False
        at += size
    return at == len(data) and b"meta" in seen


def _pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-")


def _whole_pdf(data: bytes) -> bool:
    return b"%%EOF" in data[-_PDF_TAIL:]


_KINDS = (
    ("image/jpeg", _jpeg, _whole_jpeg),
    ("image/png", _png, _whole_png),
    ("image/webp", _webp, _whole_webp),
    ("image/heic", _heic, _whole_heic),
    ("application/pdf", _pdf, _whole_pdf),
)
