"""XML from outside: no document type, so no entity that could grow or reach a file."""

from __future__ import annotations

from typing import NoReturn
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from channels.base import Malformed


def parse_xml(data: bytes) -> Element:
    """The root element. Malformed for broken XML, and for any with a document type declaration."""
    builder = TreeBuilder()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = _refuse
    parser.EntityDeclHandler = _refuse
    parser.ExternalEntityRefHandler = _refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, LookupError, ValueError, AssertionError) as error:
        raise Malformed("not well-formed XML") from error


def texts(root: Element) -> dict[str, str]:
    """Tag → text of the children of `root`: the flat shape that most providers send."""
    return {child.tag: child.text or "" for child in root}


def _refuse(*_: object) -> NoReturn:
    raise Malformed("a document type declaration")
