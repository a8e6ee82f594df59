"""Reads characters as toneless, accent-tolerant syllables: a homophone typed or heard wrong still matches."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import List, Tuple

# Pairs that speech recognisers and southern typists mix up; the longer spelling becomes the shorter.
_FUZZY_INITIALS: Tuple[Tuple[str, str], ...] = (("zh", "z"), ("ch", "c"), ("sh", "s"))


def _toneless(syllable: str) -> str:
    decomposed = unicodedata.normalize("NFD", syllable)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _fuzzy(syllable: str) -> str:
    for spoken, written in _FUZZY_INITIALS:
        if syllable.startswith(spoken):
            syllable = written + syllable[len(spoken) :]
    return syllable[:-1] if syllable.endswith(("ang", "eng", "ing")) else syllable


@lru_cache(maxsize=None)
def _reading(character: str) -> str:
    from pypinyin.pinyin_dict import pinyin_dict

    readings = pinyin_dict.get(ord(character))
    return _fuzzy(_toneless(readings.split(",")[0])) if readings else character


def syllables(text: str) -> List[str]:
    """One entry a character: its first reading, or the character itself when it is not Chinese."""
    return [_reading(character) for character in text]
