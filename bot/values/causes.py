"""cause: patterns of how people tell a loss, ranked; of several the highest rank is what the claim is about."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.values import vocabulary
from bot.values.sentence import Found, Sentence

_OTHERS = re.compile(
    r"对方|骑车(?:人|的?(?:大|小|老|男|女|人|那))|骑(?:电动车|摩托车?|三轮车?|自行车|电瓶车)的|(?:后|前)车(?:司机|乘客)|对面(?:的)?(?:司机|乘客)|他的?(?:腿|手|胳膊|头|脚|膝盖)|那?(?:小伙子?|大姐|大妈|大爷|老头|老太太)"
)
_BELOW_COLLISIONS = 69


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
            if cause == "injury" and _OTHERS.search(sentence.plain, max(0, match.start() - 6), match.end()):
                rank = min(
                    rank, _BELOW_COLLISIONS
                )  # 撞了一辆电动车，骑车人腿断了: the other side is hurt, by a collision
            sentence.take(Found("cause", cause, *match.span(), rank), keep_text=True)
