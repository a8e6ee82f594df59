"""cause: patterns of how people tell a loss, ranked; of several the highest rank is what the claim is about."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.values import vocabulary
from bot.values.sentence import Found, Sentence


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, int, re.Pattern[str]], ...]:
    parts = vocabulary.table("cause_words.yml")
    rows = []
    for rule in vocabulary.table("causes.yml"):
        for pattern in rule["patterns"]:
            for name, words in parts.items():
                pattern = pattern.replace(
                    "{" + name + "}", "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"
                )
            rows.append((rule["cause"], rule["rank"], re.compile(pattern)))
    return tuple(rows)


def read(sentence: Sentence) -> None:
    """Takes every cause told, each with its rank as weight; resolve keeps one."""
    papers = [(hit.start, hit.end) for hit in vocabulary.phrases("materials.yml", sentence.plain)]
    for cause, rank, pattern in _patterns():
        for match in pattern.finditer(sentence.plain):
            if any(start <= match.start() and match.end() <= end for start, end in papers):
                continue  # 住院发票 names a paper
            sentence.take(Found("cause", cause, *match.span(), rank), keep_text=True)
