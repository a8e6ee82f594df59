"""Joins the trained NER with the rules: what it sees stands; where it sees nothing, the rules read."""

from __future__ import annotations

import re
from typing import Callable, List, NamedTuple, Optional

from spacy import Language

from bot.learned import evidence, ner
from bot.values import people
from bot.values.sentence import TAKEN, Found, Sentence

_TITLE = re.compile(
    r"(?:师傅|大[娘爷妈哥姐叔]|阿姨|老师|经理|主任|医生|护士|警官|老板|队长|奶奶|爷爷|叔叔|律师|教练|总|工|姐|哥|叔|婶|嫂)$"
)
_WHERE_TREATED = re.compile(r"(?:院|诊所|急诊|妇幼|肿瘤)$")
_BEFORE = re.compile(r"^(?:刚?出(?![入口租站发])|刚?下(?=高速)|经过|路过|从|骑[^过]{1,4}过|[那这][个條条](?=..))")
_DOING = re.compile(
    r"(?<=..)(?:[同跟和与被俾让叫给](?:[后前旁对][面头边])?|出差.{0,3}|住院|就诊|看病|并道|变道|停车|倒车|掉头|转弯|休息|等红灯|(?:高处)?坠落|摔[进下倒].{0,3}|"
    r"(?<!步)行街|逛街|露[营營]|摆摊|上?体育课|上课|从.{1,4})$"
)
_THERE = re.compile(r"(?<=..)(?:[那这][儿边块里]儿?|[這那][邊裡]|嗰[度邊]|那个地方)$")
_ON = re.compile(
    r"(?<=..隧道)里$|(?:(?<=..大道)|(?<=..大桥)|(?<=..高速)|(?<=..高架)|(?<=...路)|(?<=...街)|(?<=...桥))上$"
)
_WAYS = re.compile(r"(?:^高速公|^大|^马|班|学|家的?|[镇乡村])[路街桥]上$|[班学家]的路上$")
_ASIDE = re.compile(r"[,，。;；].{0,2}$")
_OURS = re.compile(r"^(?:我们|咱们?|俺们?|我)(?=[店厂]|公司|单位|学校|酒店|饭店|餐厅|超市)")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_ONLY_NUMBERS = re.compile(r"[\d幺零〇一二两三四五六七八九十百千年月日号曰好:：\s-]+")
_LONGEST_NAME = 10
_DIVISION = re.compile(r"[区县市省镇乡村]$")
_MARKS = " ,，。.:：、"
# How probable a name or a place has to be. Three folds of the marked sentences, joined with the rules, are best at .3,
# and little changes between .2 and .4; names are rarer in what customers say than there, so they have to be surer.
_NAME, _PLACE = 0.5, 0.3
_LABELLED, _ALONE = 9, 4
"""Weights of a place: said behind 地点：, which stands against the NER too; and seen by the NER alone."""


class Name(NamedTuple):
    """A name or a place in a sentence, and how probable it is that it begins and ends there."""

    start: int
    end: int
    entity: str
    sure: float = 1.0


def reader(nlp: Language) -> Callable[[Sentence], None]:
    """Takes person_name and location of a sentence which the readers of surer values have been through.

    nlp: a pipeline of bot.learned.ner.
    """

    def read(sentence: Sentence) -> None:
        seen = evidence.read(sentence)
        marked = (Name(span.start, span.end, span.label_, span._.sure) for span in ner.names_of(nlp, seen))
        spans = [trimmed for name in marked if (trimmed := _trimmed(name, sentence))]
        for found in [*_names(spans, seen.found, sentence), *_places(spans, seen.found, sentence)]:
            sentence.take(found)

    return read


def _trimmed(span: Name, sentence: Sentence) -> Optional[Name]:
    """The span without marks at its ends; None where it can be no name of its kind."""
    text = sentence.rest[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip(_MARKS))
    end = span.end - (len(text) - len(text.rstrip(_MARKS)))
    text = sentence.rest[start:end]
    aside = _ASIDE.search(text) if span.entity == "location" else None
    if aside:  # 公交站台旁边，他
        end, text = start + aside.start(), text[: aside.start()]
    if TAKEN in text or not _CHINESE.search(text) or _ONLY_NUMBERS.fullmatch(text):
        return None  # keys hit at random are no place; numbers of roads are read by rules
    if span.entity == "person_name" and not (1 < len(text) <= _LONGEST_NAME and _is_name(text)):
        return None
    return (
        _bare(span._replace(start=start, end=end), sentence)
        if span.entity == "location"
        else span._replace(start=start, end=end)
    )


def _bare(place: Name, sentence: Sentence) -> Name:
    """A place without what people do there: 兰大二院住院 → 兰大二院."""
    text = sentence.rest[place.start : place.end]
    before, doing = _BEFORE.search(text) or _OURS.search(text), _DOING.search(text)
    if before and before.end() < len(text) - 1:
        place = place._replace(start=place.start + before.end())
    there = _THERE.search(text)
    if there:
        return _bare(place._replace(end=place.end - len(there[0])), sentence)
    if _ON.search(text) and not _WAYS.search(text):
        return place._replace(end=place.end - 1)  # 京藏高速上; but 高速上, which has no name
    return place._replace(end=place.end - len(doing[0])) if doing else place


def _is_name(text: str) -> bool:
    """Whether characters can be a name: no title, no word that only begins like a name."""
    if not text.replace("·", "").isalpha() or _TITLE.search(text) or _DIVISION.search(text):
        return False
    return text[:2] not in people.no_names() and text not in people.double_surnames()


def _overlap(one: Name | Found, other: Name | Found) -> bool:
    return one.start < other.end and other.start < one.end


def _found(span: Name, sentence: Sentence, weight: int) -> Found:
    return Found(span.entity, sentence.said(span.start, span.end).strip(), span.start, span.end, weight)


def _bared(each: Found, sentence: Sentence) -> Found:
    bare = _bare(Name(each.start, each.end, each.entity), sentence)
    return each._replace(start=bare.start, end=bare.end, value=sentence.said(bare.start, bare.end).strip())


def _names(spans: List[Name], by_rules: List[Found], sentence: Sentence) -> List[Found]:
    found = [each for each in by_rules if each.entity == "person_name"]
    new = [span for span in spans if span.entity == "person_name" and span.sure >= _NAME]
    return found + [_found(span, sentence, 0) for span in new if not any(_overlap(span, each) for each in found)]


def _places(spans: List[Name], by_rules: List[Found], sentence: Sentence) -> List[Found]:
    ruled = [_bared(each, sentence) for each in by_rules if each.entity == "location"]
    labelled = [each for each in ruled if each.weight >= _LABELLED]
    seen = []
    for span in spans:
        if span.entity != "location" or span.sure < _PLACE or any(_overlap(span, each) for each in labelled):
            continue
        # What the rules know of the place decides between this and other places.
        weights = [each.weight for each in ruled if _overlap(span, each)]
        treated = _WHERE_TREATED.search(sentence.plain[span.start : span.end])
        alone = 0 if treated else _ALONE  # treatment is seldom where it happened
        seen.append(_found(span, sentence, max(weights, default=alone)))
    return [each for each in ruled if not any(_overlap(each, place) for place in seen)] + seen
