"""Links to files that agents sent: open for whoever has them, and for nobody who made one up."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

from channels.gateway import files
from claims import clock, conversations
from claims.database import unit_of_work
from claims.handover import links
from lipei.settings import Settings
from tests.channels.support import Server

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def test_a_link_opens_its_file_and_nothing_else_for_seven_days(
    gateway: Server, settings: Settings, database_url: str, monkeypatch
) -> None:
    with unit_of_work(database_url) as unit:
        chat, _ = conversations.open_conversation(unit.session, "sms", "13800138001")
        kept = files.keep(settings.attachments_dir, PDF, "定损单.pdf")
        link = urlsplit(links.to_file(files.note(unit.session, chat.id, kept).id))
        unit.commit()
    address = f"{gateway.url}{link.path}"
    got = httpx.get(f"{address}?{link.query}", trust_env=False)
    assert (got.status_code, got.content, got.headers["content-type"]) == (200, PDF, "application/pdf")
    assert "%E5%AE%9A" in got.headers["content-disposition"]
    for forged in (link.query[:-1] + "0" if link.query[-1] != "0" else link.query[:-1] + "1", "until=9999999999&mac=x"):
        assert httpx.get(f"{address}?{forged}", trust_env=False).status_code == 404
    assert httpx.get(address, trust_env=False).status_code == 422
    later = clock.now() + links.GOOD_FOR
    monkeypatch.setattr(clock, "now", lambda: later)
    assert httpx.get(f"{address}?{link.query}", trust_env=False).status_code == 404
