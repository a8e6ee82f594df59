"""Settings of calls, from LIPEI_VOICE_* variables; the account itself is in channels.twilio.settings."""

from __future__ import annotations

import re

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix
from channels.voice.tongues import TONGUES

_NUMBER = re.compile(r"\+[1-9]\d{6,14}")


class VoiceSettings(ProviderSettings):
    """agent_number: where a caller is put through to a person (none: a callback is recorded). language: of callers
    whose own is not known. languages: "+85212345678=yue-Hant-HK,…", by the number of ours that is used. say_voice:
    of the default language. ring_seconds: how long an agent's or a customer's phone rings.
    """

    model_config = env_prefix("LIPEI_VOICE_")

    agent_number: str = ""
    language: str = "cmn-Hans-CN"
    languages: str = ""
    say_voice: str = ""
    ring_seconds: int = Field(default=25, ge=5, le=60)

    @field_validator("agent_number")
    @classmethod
    def _is_number(cls, value: str) -> str:
        if not _NUMBER.fullmatch(value):
            raise ValueError("must be a number such as +864001234567")
        return value

    @field_validator("language")
    @classmethod
    def _is_known(cls, value: str) -> str:
        if value not in TONGUES:
            raise ValueError(f"must be one of {', '.join(TONGUES)}")
        return value

    @field_validator("languages")
    @classmethod
    def _by_number(cls, value: str) -> str:
        for number, language in _pairs(value).items():
            if not _NUMBER.fullmatch(number) or language not in TONGUES:
                raise ValueError("must be number=language pairs such as +85212345678=yue-Hant-HK, with commas between")
        return value

    def language_of(self, our_number: str) -> str | None:
        """The language set for this number of ours; None when none is."""
        return _pairs(self.languages).get(our_number)


def _pairs(value: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in value.split(",") if pair.strip())
    return {number.strip(): language.strip() for number, _, language in pairs}
