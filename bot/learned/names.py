"""Joins the tagger with the rules: what the rules read stands unless the tagger is surer; the rest it finds alone."""

from __future__ import annotations

import re
from typing import Callable, List, Optional

from bot.learned import evidence
from bot.learned.tagger import Span, Tagger
from bot.values import people
from bot.values.sentence import TAKEN, Found, Sentence

_TITLE = re.compile(
    r"(?:师傅|大[娘爷妈哥姐叔]|阿姨|老师|经理|主任|医生|护士|警官|老板|队长|奶奶|爷爷|叔叔|律师|教练|总|工|姐|哥|叔|婶|嫂)$"
)
_WHERE_TREATED = re.compile(r"(?:院|诊所|急诊|妇幼|肿瘤)$")
_BEFORE = re.compile(r"^(?:刚?出(?![入口租站发])|刚?下(?=高速)|经过|路过|从|骑[^过]{1,4}过)")
_DOING = re.compile(r"(?<=..)(?:[同跟和与被俾]|出差.{0,3}|住院|就诊|看病|并道|变道|停车|倒车|掉头|转弯|休息|等红灯)$")
_ON = re.compile(
    r"(?<=..隧道)里$|(?:(?<=..大道)|(?<=..大桥)|(?<=..高速)|(?<=..高架)|(?<=...路)|(?<=...街)|(?<=...桥))上$"
)
_WAYS = re.compile(r"(?:^高速公|^大|^马|班|学|家的?|[镇乡村])[路街桥]上$|[班学家]的路上$")
_ASIDE = re.compile(r"[,，。;；].{0,2}$")
_OURS = re.compile(r"^(?:我们|咱们?|俺们?|我)(?=[店厂]|公司|单位|学校|酒店|饭店|餐厅|超市)")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LONGEST_NAME = 10
_MARKS = " ,，。.:：、"
# Probabilities from which the tagger is followed, chosen on development sentences: for a name the rules do not see, for
# a place they do not see, and for other borders of a place they do see, with 在 before it (they are often wrong there)
# and without.
_NAME, _PLACE, _BORDERS, _BORDERS_UNPREPARED, _SHORTER = 0.7, 0.5, 0.5, 0.75, 0.9
_PREPARED, _ALONE = 6, 4


def reader(tagger: Tagger) -> Callable[[Sentence], None]:
    """Takes person_name and location of a sentence which the readers of surer values have been through."""

    def read(sentence: Sentence) -> None:
        seen = evidence.read(sentence)
        spans = [trimmed for span in tagger.spans(seen.characters) if (trimmed := _trimmed(span, sentence))]
        for found in [*_names(spans, seen.found, sentence), *_places(spans, seen.found, sentence)]:
            sentence.take(found)

    return read


def _trimmed(span: Span, sentence: Sentence) -> Optional[Span]:
    """The span without marks at its ends; None where it can be no name of its kind."""
    text = sentence.rest[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip(_MARKS))
    end = span.end - (len(text) - len(text.rstrip(_MARKS)))
    text = sentence.rest[start:end]
    aside = _ASIDE.search(text) if span.entity == "location" else None
    if aside:  # 公交站台旁边，他
        end, text = start + aside.start(), text[: aside.start()]
    if TAKEN in text or not _CHINESE.search(text):
        return None  # keys hit at random are no place; numbers of roads are read by rules
    if span.entity == "person_name" and not (1 < len(text) <= _LONGEST_NAME and _is_name(text)):
        return None
    return (
        _bare(span._replace(start=start, end=end), sentence)
        if span.entity == "location"
        else span._replace(start=start, end=end)
    )


def _bare(place: Span, sentence: Sentence) -> Span:
    """A place without what people do there: 兰大二院住院 → 兰大二院."""
    text = sentence.rest[place.start : place.end]
    before, doing = _BEFORE.search(text) or _OURS.search(text), _DOING.search(text)
    if before and before.end() < len(text) - 1:
        place = place._replace(start=place.start + before.end())
    if _ON.search(text) and not _WAYS.search(text):
        return place._replace(end=place.end - 1)  # 京藏高速上; but 高速上, which has no name
    return place._replace(end=place.end - len(doing[0])) if doing else place


def _is_name(text: str) -> bool:
    """Whether characters can be a name: no title, no word that only begins like a name."""
    if not text.replace("·", "").isalpha() or _TITLE.search(text):
        return False
    return text[:2] not in people.no_names() and text not in people.double_surnames()


def _overlap(one: Span | Found, other: Span | Found) -> bool:
    return one.start < other.end and other.start < one.end


def _found(span: Span, sentence: Sentence, weight: int) -> Found:
    return Found(span.entity, sentence.said(span.start, span.end).strip(), span.start, span.end, weight)


def _bared(each: Found, sentence: Sentence) -> Found:
    bare = _bare(Span(each.start, each.end, each.entity), sentence)
    return each._replace(start=bare.start, end=bare.end, value=sentence.said(bare.start, bare.end).strip())


def _names(spans: List[Span], by_rules: List[Found], sentence: Sentence) -> List[Found]:
    found = [each for each in by_rules if each.entity == "person_name"]
    new = [span for span in spans if span.entity == "person_name" and span.sure >= _NAME]
    return found + [_found(span, sentence, 0) for span in new if not any(_overlap(span, each) for each in found)]


def _places(spans: List[Span], by_rules: List[Found], sentence: Sentence) -> List[Found]:
    places = [span for span in spans if span.entity == "location"]
    ruled = [_bared(each, sentence) for each in by_rules if each.entity == "location"]
    out = []
    for each in ruled:
        rival = max((span for span in places if _overlap(span, each)), key=lambda span: span.sure, default=None)
        needed = _BORDERS if each.weight >= _PREPARED else _BORDERS_UNPREPARED
        if rival and each.start <= rival.start and rival.end <= each.end:
            needed = _SHORTER
        out.append(_found(rival, sentence, each.weight) if rival and rival.sure >= needed else each)
    for span in places:
        if span.sure >= _PLACE and not any(_overlap(span, each) for each in ruled):
            treated = _WHERE_TREATED.search(sentence.plain[span.start : span.end])
            out.append(_found(span, sentence, 0 if treated else _ALONE))  # treatment is seldom where it happened
    return out
