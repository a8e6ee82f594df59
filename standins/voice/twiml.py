"""TwiML as Twilio reads it: what it does not know, or what is too long, is an error and ends the call."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element  # for its type: what is read goes through defusedxml

from defusedxml import ElementTree

SAY_CHARACTERS = 4_096
HINTS, HINT_CHARACTERS = 500, 100
URL_CHARACTERS = 4_000
LANGUAGES = frozenset({"cmn-Hans-CN", "cmn-Hant-TW", "yue-Hant-HK"})

_KNOWN = {
    "Say": {"voice", "language", "loop"},
    "Pause": {"length"},
    "Redirect": {"method"},
    "Hangup": set(),
    "Dial": {"action", "method", "timeout", "callerId", "answerOnBridge"},
    "Gather": {
        "input",
        "action",
        "method",
        "language",
        "hints",
        "speechTimeout",
        "timeout",
        "numDigits",
        "finishOnKey",
        "profanityFilter",
        "actionOnEmptyResult",
        "bargeIn",
    },
}


class Refused(Exception):
    """Twilio would end the call with "an application error has occurred"."""


@dataclass(frozen=True)
class Verb:
    """One instruction. says: of a Gather, what is said while it listens; number: of a Dial."""

    name: str
    values: dict[str, str]
    text: str = ""
    says: list[str] = field(default_factory=list)
    number: str = ""


def read(body: bytes) -> list[Verb]:
    """The instructions in order. Raises Refused."""
    try:
        root = ElementTree.fromstring(body)
    except ElementTree.ParseError as error:
        raise Refused("12100: not XML") from error
    if root.tag != "Response":
        raise Refused("12200: the root is not Response")
    return [_verb(each) for each in root]


def _verb(element: Element) -> Verb:
    name, values, text = element.tag, dict(element.attrib), (element.text or "").strip()
    if name not in _KNOWN or set(values) - _KNOWN[name]:
        raise Refused(f"12200: {name} with {sorted(values)}")
    if name == "Say":
        _check(0 < len(text) <= SAY_CHARACTERS, "13520: text of Say")
    if name == "Gather":
        hints = values.get("hints", "").split(",")
        _check(len(hints) <= HINTS and all(len(each) <= HINT_CHARACTERS for each in hints), "13335: hints")
        _check(values.get("language") in LANGUAGES, "13331: language")
        _check(len(values.get("action", "")) <= URL_CHARACTERS, "11100: address")
        return Verb(name, values, says=[_verb(each).text for each in element if each.tag == "Say"])
    if name == "Dial":
        number = (element.findtext("Number") or text).strip()
        _check(number.startswith("+"), "13223: number of Dial")
        return Verb(name, values, number=number)
    return Verb(name, values, text)


def _check(right: bool, error: str) -> None:
    if not right:
        raise Refused(error)
