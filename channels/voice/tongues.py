"""The kinds of Chinese that are spoken and heard on the phone, and which of them a call is held in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal


@dataclass(frozen=True, slots=True)
class Tongue:
    """heard: Twilio's name for recognition; voice and spoken: what <Say> takes; script: of what is spoken.

    one: how a single 1 is read out in a number: 幺 on the mainland only.
    """

    heard: str
    voice: str
    spoken: str
    script: Literal["hans", "hant"]
    one: str


TONGUES = {
    "cmn-Hans-CN": Tongue("cmn-Hans-CN", "Polly.Zhiyu", "cmn-CN", "hans", "幺"),
    "cmn-Hant-TW": Tongue("cmn-Hant-TW", "Google.cmn-TW-Wavenet-A", "cmn-TW", "hant", "一"),
    "yue-Hant-HK": Tongue("yue-Hant-HK", "Google.yue-HK-Standard-A", "yue-HK", "hant", "一"),
}
"""By Twilio's name for recognition (https://www.twilio.com/docs/voice/twiml/gather/languages)."""

_OF_TRADITIONAL = "cmn-Hant-TW"


def tongue(default: str, of_number: str | None, script: str, say_voice: str = "") -> Tongue:
    """The one set for the number of ours that is used; else, for a customer who writes Traditional, Taiwan's; else
    the default. say_voice replaces the voice of the default."""
    name = of_number or (_OF_TRADITIONAL if script == "hant" and TONGUES[default].script == "hans" else default)
    chosen = TONGUES[name]
    return replace(chosen, voice=say_voice) if say_voice and name == default else chosen
