"""XML from outside."""

from __future__ import annotations

import pytest

from channels.base import Malformed
from channels.xml import parse_xml, texts

BOMB = b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><xml><Content>&b;</Content></xml>'
FILE = b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><xml><Content>&f;</Content></xml>'


def test_the_flat_shape_of_most_providers() -> None:
    root = parse_xml("<xml><MsgId>1</MsgId><Content><![CDATA[我要<报案>]]></Content><Empty/></xml>".encode())
    assert texts(root) == {"MsgId": "1", "Content": "我要<报案>", "Empty": ""}


@pytest.mark.parametrize(
    "data", [BOMB, FILE, b"<!DOCTYPE xml><xml/>", b"", b"<xml>", b"{}", b"<xml>&a;</xml>", b"\xff\xfe<", b"<a/><b/>"]
)
def test_what_is_broken_or_declares_a_type_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse_xml(data)


def test_an_encoding_that_nobody_knows() -> None:
    with pytest.raises(Malformed):
        parse_xml(b'<?xml version="1.0" encoding="no-such"?><xml/>')
