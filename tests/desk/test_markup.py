"""Whatever a customer or colleague writes is shown as words, never as a part of the page."""

from __future__ import annotations

import pytest

from desk.parts import markup

EVIL = "<img src=x onerror=alert(1)>'\"&"


def test_a_message_cannot_become_markup() -> None:
    said = {
        "from": "customer",
        "name": EVIL,
        "channel": EVIL,
        "at": "10:00",
        "text": EVIL,
        "buttons": [EVIL],
        "file": None,
    }
    html = markup.bubble(said)
    assert "<img" not in html
    assert html.count("&lt;img src=x onerror=alert(1)&gt;&#x27;&quot;&amp;") == 4


@pytest.mark.parametrize("mime", ["image/jpeg", "audio/mpeg", "application/pdf"])
def test_nor_can_the_name_of_a_file(mime: str) -> None:
    html = markup.file({"id": "a'b", "mime": mime, "name": EVIL})
    assert "onerror=alert(1)>" not in html
    assert "'a'b'" not in html


def test_nor_a_line_of_the_queue_facts_or_clocks() -> None:
    row = {
        "id": "1", "who": EVIL, "channel": EVIL, "channel_name": EVIL, "mode": EVIL, "reason": EVIL, "priority": "high",
        "assigned_id": None, "since": 0.0, "due": None, "last": EVIL, "unread": 1, "owner_id": None,
    }  # fmt: skip
    assert "<img" not in markup.line(row, chosen=True, me="x")
    assert "<img" not in markup.facts([(EVIL, EVIL)])
    assert "<img" not in markup.clock({"next": EVIL, "due": EVIL, "source": EVIL, "how": EVIL})


def test_pictures_are_looked_at_and_the_rest_is_saved() -> None:
    assert "<img loading='lazy' src='/files/1'" in markup.file({"id": "1", "mime": "image/png", "name": "a.png"})
    assert "📄 a.pdf" in markup.file({"id": "1", "mime": "application/pdf", "name": "a.pdf"})
    assert markup.file(None) == ""
