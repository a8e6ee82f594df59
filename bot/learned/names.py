"""Joins the tagger with the rules: the tagger has seen what the rules read and decides; where it sees no place, the rules do."""

from __future__ import annotations

import re
from typing import Callable, List

from bot.learned import evidence
from bot.learned.tagger import Span, Tagger
from bot.values.sentence import TAKEN, Found, Sentence

_LONGEST_NAME = 10
_AGREED = 12
_ALONE = 10


def _found(span: Span, sentence: Sentence, by_rules: List[Found]) -> List[Found]:
    text = sentence.plain[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip(" ,，。.:：、"))
    end = span.end - (len(text) - len(text.rstrip(" ,，。.:：、")))
    inside = sentence.rest[start:end]
    if not re.search(r"[^\W\d_]", inside) or (span.entity == "person_name" and not 1 < len(inside) <= _LONGEST_NAME):
        return []
    if span.entity == "person_name" and not inside.replace("·", "").isalpha():
        return []
    agreed = [each for each in by_rules if each.entity == span.entity and each.start < end and start < each.end]
    weight = (_AGREED if agreed else _ALONE) + max((each.weight for each in agreed), default=0)
    return [Found(span.entity, sentence.said(start, end).strip(), start, end, weight)]


def reader(tagger: Tagger) -> Callable[[Sentence], None]:
    """Takes person_name and location of a sentence which the readers of surer values have been through."""

    def read(sentence: Sentence) -> None:
        seen = evidence.read(sentence)
        spans = [span for span in tagger.spans(seen.characters) if TAKEN not in sentence.rest[span.start : span.end]]
        found = [each for span in spans for each in _found(span, sentence, seen.found)]
        if not any(each.entity == "location" for each in found):
            found += [each for each in seen.found if each.entity == "location" and _free(each, found)]
        for each in found:
            sentence.take(each)

    return read


def _free(place: Found, found: List[Found]) -> bool:
    return not any(each.start < place.end and place.start < each.end for each in found)
