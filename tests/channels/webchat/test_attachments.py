"""Files of customers: recognised by their bytes, whole, stored once, given back to their owner only."""

from __future__ import annotations

import hashlib
import stat
import struct
import zlib
from io import BytesIO
from pathlib import Path

import httpx
import pytest
from PIL import Image

from channels.gateway import sniff
from channels.webchat.settings import ATTACHMENT_BYTES
from lipei.settings import Settings
from tests.channels.support import Customer, FakeEngine, Server


def image(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, kind)
    return out.getvalue()


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", 8 + len(body)) + name + body


JPEG, PNG, WEBP = image("JPEG"), image("PNG"), image("WEBP")
HEIC = box(b"ftyp", b"heic\x00\x00\x00\x00mif1heic") + box(b"meta", b"\x00" * 40) + box(b"mdat", b"\x01" * 200)
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n"
WHOLE = {
    "image/jpeg": JPEG,
    "image/png": PNG,
    "image/webp": WEBP,
    "image/heic": HEIC,
    "application/pdf": PDF,
}


@pytest.mark.parametrize("mime", WHOLE)
def test_each_kind_is_recognised_whatever_it_is_called(anyone: Customer, mime: str) -> None:
    uploaded = anyone.upload(WHOLE[mime], "声明.exe")
    assert uploaded.status_code == 200, uploaded.text
    assert uploaded.json()["mime"] == mime
    assert uploaded.json()["size"] == len(WHOLE[mime])
    returned = anyone.http.get(uploaded.json()["url"])
    assert returned.content == WHOLE[mime]
    assert returned.headers["Content-Type"] == mime
    assert returned.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in returned.headers["Content-Security-Policy"]


@pytest.mark.parametrize("mime", WHOLE)
def test_a_file_that_was_cut_short_is_refused(anyone: Customer, mime: str) -> None:
    for part in (0.9, 0.5):
        response = anyone.upload(WHOLE[mime][: int(len(WHOLE[mime]) * part)])
        assert (response.status_code, response.json()["code"]) == (422, "attachment_broken")


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00" + b"\x00" * 200,
        b"GIF89a" + b"\x00" * 50,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"PK\x03\x04" + b"\x00" * 60,
        b"\x00\x00\x00\x18ftypisom" + b"\x00" * 60,
        b"RIFF\x24\x00\x00\x00WAVEfmt " + b"\x00" * 60,
        "一段文字".encode(),
        b"\xff",
    ],
)
def test_other_kinds_are_refused_even_when_called_a_photo(anyone: Customer, data: bytes) -> None:
    response = anyone.upload(data, "photo.jpg")
    assert (response.status_code, response.json()["code"]) == (422, "attachment_kind")
    assert "PDF" in response.json()["detail"]


def test_nothing_and_no_field(anyone: Customer) -> None:
    assert anyone.upload(b"").json()["code"] == "attachment_missing"
    assert anyone.http.post("/api/chat/attachments", files={"other": ("a.jpg", JPEG)}).status_code == 422
    assert anyone.http.post("/api/chat/attachments", content=b"plain").status_code == 422


def test_a_form_that_was_cut_short(anyone: Customer) -> None:
    head = b'--X\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=X"}
    response = anyone.http.post("/api/chat/attachments", content=head + JPEG[:100], headers=headers)
    assert response.status_code in {400, 422}


def test_too_large(anyone: Customer) -> None:
    padding = b"\x00" * ATTACHMENT_BYTES
    response = anyone.upload(JPEG[:-2] + padding + b"\xff\xd9")
    assert (response.status_code, response.json()["code"]) == (413, "attachment_too_large")
    assert "10 MB" in response.json()["detail"]


def test_the_largest_allowed(anyone: Customer) -> None:
    padding = b"\x00" * (ATTACHMENT_BYTES - len(JPEG))
    assert anyone.upload(JPEG[:-2] + padding + b"\xff\xd9").status_code == 200


def test_stored_by_hash_for_this_user_only(customer: Customer, settings: Settings) -> None:
    first, second = customer.upload(JPEG).json(), customer.upload(JPEG, "again.jpg").json()
    assert first["attachment_id"] != second["attachment_id"]
    (stored,) = [path for path in Path(settings.attachments_dir).rglob("*") if path.is_file()]
    assert stored.name == hashlib.sha256(JPEG).hexdigest()
    assert stat.S_IMODE(stored.stat().st_mode) == 0o600
    assert stat.S_IMODE(stored.parent.stat().st_mode) == 0o700


def test_a_name_is_never_a_path(anyone: Customer) -> None:
    uploaded = anyone.upload(JPEG, "../../etc/pass\twd\u202egpj.jpg").json()
    assert "/" not in uploaded["name"]
    assert uploaded["name"].isprintable()


def test_sent_as_a_message_it_reaches_the_engine_as_a_command(customer: Customer, engine: FakeEngine) -> None:
    uploaded = customer.upload(JPEG).json()
    answer = customer.send(attachment_id=uploaded["attachment_id"]).json()
    assert answer["received"]["attachment"] == uploaded
    assert engine.turns[0]["text"] == f'/submit_material{{"attachment_id": "{uploaded["attachment_id"]}"}}'
    assert engine.turns[0]["payload"] is True
    assert customer.history()[0]["attachment"] == uploaded


def test_another_customer_can_neither_read_nor_send_it(anyone: Customer, common_gateway: Server) -> None:
    uploaded = anyone.upload(JPEG).json()
    other = Customer(common_gateway.url)
    response = other.http.get(uploaded["url"])
    assert (response.status_code, response.json()["code"]) == (404, "unknown_attachment")
    assert other.send(attachment_id=uploaded["attachment_id"]).json()["code"] == "unknown_attachment"
    assert httpx.get(anyone.http.base_url.join(uploaded["url"]), trust_env=False).status_code == 401


def test_a_jpeg_with_something_after_its_end_is_whole() -> None:
    assert sniff.mime_of(JPEG + b"motion photo appendix") == "image/jpeg"


def test_a_png_made_of_its_frame_alone() -> None:
    header = b"\x89PNG\r\n\x1a\n" + box(b"IHDR", b"\x00" * 13) + struct.pack(">I", zlib.crc32(b"x"))
    with pytest.raises(sniff.Broken):
        sniff.mime_of(header)
