"""insurance_line: words that name a line of insurance."""

from __future__ import annotations

from bot.values.sentence import Found, Sentence
from bot.values.vocabulary import phrases


def read(sentence: Sentence) -> None:
    """Takes insurance_line; where lines are named twice alike, the first stands."""
    for hit in phrases("lines.yml", sentence.plain):
        sentence.take(Found("insurance_line", hit.name, hit.start, hit.end), keep_text=True)
