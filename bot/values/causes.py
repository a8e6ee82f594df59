"""cause: patterns of how people tell a loss, ranked; of several the highest rank is what the claim is about."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.values import vocabulary
from bot.values.sentence import Found, Sentence

_OTHERS = re.compile(
    r"对方|骑车(?:人|的?(?:大|小|老|男|女|人|那))|骑(?:电动车|摩托车?|三轮车?|自行车|电瓶车)的|(?:后|前)车(?:司机|乘客)"
    r"|对面(?:的)?(?:司机|乘客)|他的?(?:腿|手|胳膊|头|脚|膝盖)|那?(?:小伙子?|大姐|大妈|大爷|老头|老太太)"
)
_IN_A_CAR = re.compile(r"(?<!骑)(?:开车(?!门)|驾车|驾驶|副驾|后排|高速|高架|等红灯|[我同]车(?!棚|库|间))")
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
    driving = bool(_IN_A_CAR.search(sentence.plain))
    for cause, told, pattern in _patterns():
        for match in pattern.finditer(sentence.plain):
            if any(start <= match.start() and match.end() <= end for start, end in papers):
                continue  # 住院发票 names a paper
            rank = told
            if cause == "injury" and (
                driving or _OTHERS.search(sentence.plain, max(0, match.start() - 6), match.end())
            ):
                rank = min(told, _BELOW_COLLISIONS)  # hurt in a car, or on the other side of a collision
            sentence.take(Found("cause", cause, *match.span(), rank), keep_text=True)
