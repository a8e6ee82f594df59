"""insurance_line: words that name a line of insurance."""

from __future__ import annotations

import re

from bot.values.sentence import Found, Sentence
from bot.values.vocabulary import phrases

_SHORT = (
    ("liability", r"责任|雇主|公众"),
    ("health", r"医疗|住院|看病|生病|健康|重疾|门诊|得病"),
    ("accident", r"意外|人身|伤害|受伤"),
    ("property", r"房子|房屋|家里|财产|家财|企业|住宅|店铺|厂房"),
    ("auto", r"车"),
)  # one-word answers to "which insurance is it?"


def read(sentence: Sentence) -> None:
    """Takes insurance_line; where lines are named twice alike, the first stands."""
    for hit in phrases("lines.yml", sentence.plain):
        if sentence.plain[hit.end : hit.end + 1] == "杠":  # 车的保险杠
            continue
        sentence.take(Found("insurance_line", hit.name, hit.start, hit.end), keep_text=True)
    if sentence.awaiting == "line" and not any(found.entity == "insurance_line" for found in sentence.found):
        for line, words in _SHORT:
            match = re.search(words, sentence.plain)
            if match:
                sentence.take(Found("insurance_line", line, *match.span()), keep_text=True)
                return
