"""Mends typing and recogniser errors: a listed error, or a word of a claims talk with one character that sounds alike."""

from __future__ import annotations

from functools import lru_cache

from bot.values import vocabulary

_LENGTHS = (2, 3, 4)


@lru_cache(maxsize=1)
def _sounds_alike() -> dict[str, str]:
    """Wrong form: right word, for every word of homophones.txt with one character of it exchanged."""
    mends: dict[str, str] = {}
    for row in vocabulary.lines("homophones.txt"):
        word, *alike = row.split()
        for index, characters in enumerate(alike):
            for character in characters.strip("-"):
                mends.setdefault(word[:index] + character + word[index + 1 :], word)
    return mends


def mend(text: str) -> str:
    """The text with the errors mended; always of the same length."""
    for wrong, right in vocabulary.typing_errors():
        text = wrong.sub(right, text)
    mends, out, start = _sounds_alike(), list[str](), 0
    while start < len(text):
        right = next(
            (mends[text[start : start + n]] for n in _LENGTHS if text[start : start + n] in mends), text[start]
        )
        out.append(right)
        start += len(right)
    return "".join(out)
