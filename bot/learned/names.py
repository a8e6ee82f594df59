"""Joins the tagger with the rules: what the rules read stands unless the tagger is surer; the rest it finds alone."""

from __future__ import annotations

import re
from typing import Callable, List, Optional

from bot.learned import evidence
from bot.learned.tagger import Span, Tagger
from bot.values import people, place_words
from bot.values.sentence import TAKEN, Found, Sentence

_TITLE = re.compile(
    r"(?:师傅|大[娘爷妈哥姐叔]|阿姨|老师|经理|主任|医生|护士|警官|老板|队长|奶奶|爷爷|叔叔|律师|教练|总|工|姐|哥|叔|婶|嫂)$"
)
_WHERE_TREATED = re.compile(r"(?:院|诊所|急诊|妇幼|肿瘤)$")
_BEFORE = re.compile(r"^(?:刚?出(?![入口租站发])|刚?下(?=高速)|经过|路过|从|骑[^过]{1,4}过)")
# What a customer does on the way to a place, or says before it, and what no name of a place begins with.
_ARRIVING = re.compile(
    r"^(?:出差|(?:小?电[驴动车瓶]{1,3}|车子?|人|我|就)?(?:停放|停|搁|泊|放|住)(?:[在到进了]|车在)?|[车人就](?:在|到)|差(?:住|在|到)?(?=..)|搁|打(?!浦|铁)(?=.{2,}[路街道巷桥])"
    r"|(?:拐|开|骑|走|行驶|行|绕|逛|赶|跑|驶|冲|转|送货|接人)(?:进|到|上|至|入|过|出|去)(?=..)|(?:小电驴|电动车|电驴|单车|摩托车?|车)?走(?!马)(?=..+(?:路|街|道|桥|高速|高架|环|隧道))"
    r"|过(?=.{2,}(?:桥|隧道|路口|道口|收费站))|下(?!沙|关|城|陆)(?=.{2,}(?:大桥|高架|匝道|高速|立交))|上(?!海|饶|虞|高|杭|林|思|街|城|犹|栗|蔡|党|甘|步)(?=.{2,}(?:高速|高架|大桥|立交)(?:$|.?口)))"
)
_CAME_FROM = re.compile(
    r"^.{2,12}?(?:出来|出发|回来|下来)[,，]?(?:走|到|上|拐进|拐到|拐上|开到|经过|路过|沿着?|在)(?=..)"
)
_DOING = re.compile(
    r"(?<=..)(?:(?<=[桥路架速站])下来|行路|行街|[送接]站|[送接][人客货]|[装卸]货|接孩子|送孩子|保胎|(?:上|读|念)(?:大学|小学|中学|高中|初中|幼儿园|学|班)|单位|[同跟和与被俾]|出差.{0,3}|住院|就诊|看病|并道|变道|停车|倒车|掉头|转弯|拐弯|休息|等红灯)$"
)
_ON = re.compile(
    r"(?<=..隧道)里$|(?:(?<=..大道)|(?<=..大桥)|(?<=..高速)|(?<=..高架)|(?<=...路)|(?<=...街)|(?<=...桥))上$"
)
_WAYS = re.compile(r"(?:^高速公|^大|^马|班|学|家的?|[镇乡村])[路街桥]上$|[班学家]的路上$")
_UNNAMED, _WAY = 3, re.compile(r"[路街桥道区市县镇]$|店$")
_ASIDE = re.compile(r"[,，。;；].{0,2}$")
_OURS = re.compile(r"^(?:[我他她你]们|咱们?|俺们?|我)(?=[店厂]|小区|村|单元|楼|公司|单位|学校|酒店|饭店|餐厅|超市)")
_LEADS, _TRIMS = (_CAME_FROM, _ARRIVING, _BEFORE, _OURS), 3
_KIN = re.compile(
    r"(?:爸爸?|妈妈?|父亲|母亲|老公|老婆|先生|太太|爱人|丈夫|妻子|儿子|女儿|孩子|媳妇|哥哥?|姐姐?|弟弟?|妹妹?|同事|朋友|员工|工人|司机|老伴|爷爷|奶奶|外公|外婆|叔叔?|舅舅?|阿姨|姑姑?)$"
)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_LONGEST_NAME = 10
_MARKS = " ,，。.:：、"
# Probabilities from which the tagger is followed, chosen on development sentences: for a name the rules do not see
# (after 我爸, 同事 a lower one), for a place they do not see, and for other borders of a place they do see, with 在
# before it (they are often wrong there) and without.
_NAME, _NAME_OF_KIN, _PLACE, _BORDERS, _BORDERS_UNPREPARED, _SHORTER = 0.7, 0.35, 0.5, 0.5, 0.75, 0.9
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
    for _ in range(_TRIMS):
        before = next((match for each in _LEADS if (match := each.search(text))), None)
        if before is None or before.end() >= len(text) - 1:
            break
        place, text = place._replace(start=place.start + before.end()), text[before.end() :]
    doing = _DOING.search(text)
    after = sentence.rest[place.end :]
    if re.match(r"(?:里头|[里上])(?![面午次周个])", after) and len(text) <= _UNNAMED and not _WAY.search(text):
        return place._replace(end=place.end + (2 if after.startswith("里头") else 1))  # 集市上, 家里
    if text.endswith("下") and re.match(r"台阶|楼|山|坡|车", after):
        return place._replace(end=place.end - 1)  # 爱晚亭下台阶
    if text.endswith("边") and sentence.rest[place.end :].startswith("上"):
        return place._replace(end=place.end + 1)  # 马路边上
    if _ON.search(text) and not _WAYS.search(text):
        return place._replace(end=place.end - 1)  # 京藏高速上; but 高速上, which has no name
    return place._replace(end=place.end - len(doing[0])) if doing else place


def _to_the_end(place: Span, sentence: Sentence) -> Span:
    """The place with the door, storey or stretch of road that the tagger left off."""
    return place._replace(end=place_words.rightmost(sentence.rest, place.end))


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
    new = [
        span
        for span in spans
        if span.entity == "person_name"
        and span.sure >= (_NAME_OF_KIN if _KIN.search(sentence.plain[: span.start]) else _NAME)
    ]
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
        out.append(
            _found(_to_the_end(rival, sentence), sentence, each.weight) if rival and rival.sure >= needed else each
        )
    for span in places:
        if span.sure >= _PLACE and not any(_overlap(span, each) for each in ruled):
            treated = _WHERE_TREATED.search(sentence.plain[span.start : span.end])
            out.append(
                _found(_to_the_end(span, sentence), sentence, 0 if treated else _ALONE)
            )  # treatment is seldom where it happened
    return out
