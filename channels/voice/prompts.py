"""Stored replies as one thing that is said: in words, shortened, with the keys where they help."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from channels.base import Outbound
from channels.gateway.choices import NUMBERED
from channels.gateway.views import BUTTON_PREFIX
from channels.gateway.wording import Wording, WordingError
from channels.voice.keys import takes_digits
from channels.voice.speech import listed, spoken
from channels.voice.tongues import Tongue

MOST_KEYS = 9
LONG_LIST = 3
"""A list of so many materials is nothing to be remembered from hearing it."""
_PLAIN_CHOICES = 2
_LISTED = "材料"

wording = Wording(Path(__file__).with_name("wording.yml"), "voice")
say = wording.say


@dataclass(frozen=True, slots=True)
class Prompt:
    """text: in words, ready to be said. tokens, titles: of the buttons, by key. awaiting: what is asked, or empty."""

    text: str
    tokens: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    awaiting: str = ""


def prompt(replies: list[Outbound], tongue: Tongue, *, keys: bool, sent: bool, awaiting: str = "") -> Prompt:
    """What is said of these replies. keys: name them all, whatever is asked. sent: lists of materials go by text
    message. awaiting: what is asked where the replies do not say."""
    awaiting = next((reply.awaiting for reply in reversed(replies) if reply.awaiting), awaiting)
    buttons = next((reply.buttons for reply in reversed(replies) if reply.buttons), [])[:MOST_KEYS]
    titles = tuple(spoken(title, tongue) for title, _ in buttons)
    said = [_short(reply, tongue) if sent and is_list(reply) else spoken(reply.text, tongue) for reply in replies]
    many = len(buttons) > _PLAIN_CHOICES or (bool(buttons) and awaiting in NUMBERED)
    if keys or many:
        said.append(spoken(_keys(titles, awaiting, with_person=keys), tongue))
    tokens = tuple(token.removeprefix(BUTTON_PREFIX) for _, token in buttons)
    return Prompt(joined(said), tokens, titles, awaiting)


def is_list(reply: Outbound) -> bool:
    """Whether this is a list of materials that is better read than heard."""
    return _LISTED in reply.text and reply.awaiting is None and listed(reply.text) >= LONG_LIST


def joined(said: list[str]) -> str:
    """Sentences one after the other."""
    return "".join(part if part[-1] in "。？" else f"{part}。" for part in said if part)


def _short(reply: Outbound, tongue: Tongue) -> str:
    return spoken(say("list_sent", count=listed(reply.text)), tongue)


def _keys(titles: tuple[str, ...], awaiting: str, *, with_person: bool) -> str:
    named = [say("key_choice", title=title, key=key) for key, title in enumerate(titles, start=1)]
    if not titles and awaiting in ("confirm", "third_party", "police_reported"):
        named.append(say("key_yes"))
    if not titles or takes_digits(awaiting):
        with suppress(WordingError):
            named.append(say(f"keys_{awaiting}"))
    if with_person:
        named.append(say("key_person"))
    return "，".join(named)
