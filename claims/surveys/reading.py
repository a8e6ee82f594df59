"""What a customer's words mean as the answer to a question of a survey. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from claims import feedback
from claims.normalise import simplified
from claims.surveys.definition import NOTHING, Question

LONGEST = 1_000

_SCORE = re.compile(
    r"(?:我|给|打|评|就|那|你们|总体|大概|嗯|呃|算|可以|，|,|\s)*([1-5一二两三四五])(?:分|星|颗星)?(?:吧|啊|呀|了|的|哦|。|！|!|\s)*"
)
_SCORE_WITH_UNIT = re.compile(r"(?<![\d.一二两三四五])([1-5一二两三四五])\s*(?:分|颗星|星)(?![之钟])")
_FIGURE = re.compile("[1-5一二两三四五]")
_OUT_OF_SCALE = re.compile(r"(?:满分|一百分|100分|10分|十分(?:满意)?)(?:吧|啊|了|的|。|！|!)*")
_NUMERAL = {"一": "1", "二": "2", "两": "2", "三": "3", "四": "4", "五": "5"}
_LABELS = (
    (re.compile(r"(?:非常|很|特别|十分|挺|超级?)?(?:不满意|失望|差劲?|糟糕?)"), ("2", "1")),
    (re.compile(r"一般(?:般|吧|化)?"), ("3", "3")),
    (re.compile(r"(?:非常|很|特别|十分|挺|超级?)?满意"), ("4", "5")),
)
_STRONG = re.compile("非常|很|特别|十分|超")
_FILLER = re.compile(r"^(?:我|对这次|总体|感觉|觉得|嗯|还是|这次|都|，|,)+|(?:吧|啊|呀|了|的|哦|呢|。|！|!|～|~|\s)+$")
_NOTHING = re.compile(
    r"(?:暂时|目前|这次|也|都|就|嗯|，|,)*(?:没有?(?:什么|啥)?(?:了|的|意见|建议|要说的|想说的|问题|话说)*|不用|不需要|无|跳过|没啥|不说了|就这样|不方便说)"
    r"(?:了|吧|啊|的|哦|，谢谢|谢谢|。|！|!|\s)*"
)
_DECLINES = re.compile(
    r"(?:我)?(?:现在|这会儿?|在)*(?:没空|没时间|不方便|忙着?呢?|开会|开车|上班)(?:呢|了|啊|，.{0,8}|。)*"
    r"|(?:我)?(?:不想|不愿意?|懒得|拒绝|不)(?:参加|参与|回答|评价|评|答|做)(?:了|这个|回访|问卷|调查|你们的?|评价)*(?:吧|了|。)*"
)
_LATER = re.compile("没空|没时间|不方便|忙|开会|开车|上班")


@dataclass(frozen=True, slots=True)
class Given:
    """An answer. value: one of the question's; text: free words (a choice may be put in own words, too)."""

    value: str | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Vague:
    """Words that tell a feeling but no number, or none of the choices: to be asked again."""


@dataclass(frozen=True, slots=True)
class Declined:
    """The customer does not want to go on; later: but may at another time."""

    later: bool


Read = Given | Vague | Declined


def read(question: Question, text: str, values: dict[str, list[Any]]) -> Read:
    """values: what the engine found (rating, choose, choice)."""
    said = simplified(text).strip()
    if _DECLINES.fullmatch(said):
        return Declined(later=_LATER.search(said) is not None)
    chosen = _first(values, "choose")
    if chosen is not None and str(chosen) in question.values:
        return Given(str(chosen))
    if question.kind == "scale":
        score = _score(said, _first(values, "rating"))
        return Given(score) if score is not None else Vague()
    if question.kind == "choice":
        return _choice(question, said, _first(values, "choice"))
    if not said or _NOTHING.fullmatch(said):
        return Given(NOTHING)
    return Given(None, text.strip()[:LONGEST])


def _first(values: dict[str, list[Any]], name: str) -> Any | None:
    found = values.get(name)
    return found[0] if found else None


def _score(said: str, rating: Any | None) -> str | None:
    whole = _SCORE.fullmatch(said)
    if whole:
        return str(_NUMERAL.get(whole[1], whole[1]))
    if _OUT_OF_SCALE.fullmatch(said):
        return "5"
    found: set[str] = {_NUMERAL.get(each, each) for each in _SCORE_WITH_UNIT.findall(said)}
    if len(found) == 1:
        return found.pop()
    core = _FILLER.sub("", _FILLER.sub("", said))
    for label, (plain, strong) in _LABELS:
        if label.fullmatch(core):
            return str(strong if _STRONG.search(core) else plain)
    # What the engine reads in words such as "还行" is a guess: here the number is asked for.
    told = len(set(_FIGURE.findall(said))) == 1
    return str(rating) if told and str(rating) in ("1", "2", "3", "4", "5") else None


def _choice(question: Question, said: str, choice: Any | None) -> Read:
    if isinstance(choice, int):
        number = choice if choice > 0 else len(question.choices) + 1 + choice
        if 1 <= number <= len(question.choices):
            return Given(question.choices[number - 1].key)
    plain = re.sub(r"[\W_]+", "", said)
    named = [each for each in question.choices if each.title in said or (len(plain) >= 2 and plain in each.title)]
    # "没说清楚" holds "说清楚" of another choice: the longest title that is named counts.
    named.sort(key=lambda each: len(each.title), reverse=True)
    if len(named) == 1 or (len(named) > 1 and named[1].title in named[0].title):
        return Given(named[0].key)
    about = [topic for topic in feedback.topics_named(said) if topic in question.values] if len(plain) >= 2 else []
    if about:
        return Given(about[0], said[:LONGEST])
    other = next((each for each in question.choices if each.key == "other"), None)
    if other is not None and len(plain) >= 4:
        return Given(other.key, said[:LONGEST])
    return Vague()
