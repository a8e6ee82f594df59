"""Whether a time is the time of the loss: deadlines, appointments, purchases and earlier reports are not."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.values import vocabulary

_DEADLINE = re.compile(
    r"\s?(?:之?内|以内|期限|到期|以后|之后|起(?!火|来|在|住|发|出现|因|就)|以?前(?!面|车|后)|之前|截止|为止|到现在|至今|生效|过期|(?:的那[个件笔]?|的|那[个件笔]?)(?:案|理赔|报案|单|预约|号|保单|保险|通知|短信|电话|申请))"
)
_BEFORE = re.compile(
    r"(?:预约|约的|改期|改到|改约|推到|提前到|(?<!大)约[在到好了定]+|截止|截至|到期[日是在]*|等到?(?![红绿信公客人车灯单])|有效期[是到至从]*|生日[是]?|出生[于是日期]*|生于|起保[日是]*|生效[日是]*|保到|保险期[是从]*|投保[于时间是]*|购买?于"
    r"|买于|报案时间[是]?|报案日期[是]?|每[天个]?|(?:能|可)不可以|能不能|方便|希望)[^,，。;；]{0,3}$"
    r"|(?:从|(?<![亲独各擅])自(?![燃己行家]))[^,，。;；家店厂里]?$"
)

# somebody told the customer of the loss; the insurer's own calls are about the claim
_TOLD = re.compile(
    r"(?:(?:打(?:了|来|过来)?个?电话|来电话?|(?:接|收)到[^,，。]{0,6}(?:电话|通知|消息|短信|微信)|通知|联系|告诉|喊|发(?:来|了)?个?(?:消息|微信|信息|短信))"
    r"(?:给|过来)?(?:我们?)?(?:[让叫]我[^,，。;；说讲]{0,5})?(?:说|讲|告诉|告知|[,，\s])*){1,3}"
)
_INSURER = re.compile(r"客服|保险|理赔|查勘|定损|业务员|专员|你们|修理厂|4S|坐席")


_QUESTION = re.compile(
    r"吗|(?<!没)(?<!没有)什么|怎么|多少|几[天号点时](?!.{0,3}[忘记不])|哪|(?<!没)(?<!没有)啥|咋样|[?？]|能不能|可不可以|了没|没有?$"
)


_MARKS = ",。;!?"


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = vocabulary.table("time_cues.yml")
    return re.compile("|".join(words["loss"])), re.compile("|".join(words["other"]))


@lru_cache(maxsize=8)
def _speaks_of(text: str) -> tuple[bool, bool]:
    """Whether the words tell of a loss, and whether of something else."""
    loss, other = _cues()
    return bool(loss.search(text)), bool(other.search(text))


def speaks_of_loss(text: str) -> bool:
    """Whether the words tell that something has happened."""
    return _speaks_of(text)[0]


def _told_of(after: str) -> bool:
    """物业打电话说水管爆了: a call that tells of a loss came about when it happened."""
    told, (loss, other) = _TOLD.search(after), _cues()
    if not told or _INSURER.search(after[: told.end()]):
        return False
    rest = after[told.end() :]
    happened, paper = loss.search(rest), other.search(rest)
    return bool(happened and not (paper and paper.start() < happened.start()))


def _clause(text: str, start: int, end: int) -> str:
    """The words between two marks in which a time stands, the closing mark with them."""
    begins = max(text.rfind(mark, 0, start) for mark in _MARKS) + 1
    ends = min((at for mark in _MARKS if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[begins : ends + 1]


def weigh(text: str, start: int, end: int, asked: bool, next_time: int) -> int:
    """0: not the time of a loss; 1: may be; 2: the words beside it speak of a loss.

    asked: the bot has just asked for it. next_time: where the next time stands, which has words of its own beside it.
    """
    loss, other = _cues()
    after = re.split(r"[。!！?？;；\n]|:(?!\d)", text[end : end + 40])[0]
    before = re.split(r"[。!！?？;；,，\n]", text[max(0, start - 14) : start])[-1]
    if _DEADLINE.match(after):
        return 0
    if (_BEFORE.search(before) and not asked) or re.search(
        r"(?:查勘|上门|预约|定损|约|没空|时间要变)[^。]*改[到约成为]?$", text[max(0, start - 30) : start]
    ):
        return 0
    first_loss, first_other = loss.search(after), other.search(after[: max(0, next_time - end)])
    other_first = first_other and (not first_loss or first_other.start() < first_loss.start())
    if other_first and _told_of(after):
        return 1
    # a later clause that speaks of papers says nothing of this time
    if first_other and other_first and ("," not in after[: first_other.start()] or first_other.start() <= 10):
        return 1 if asked or loss.search(before) else 0
    if first_loss or loss.search(before):
        return 2
    if not asked and not _speaks_of(text)[0]:
        about = text if _speaks_of(text)[1] else _clause(text, start, end)
        if _QUESTION.search(about):
            return 0  # 周末能理赔吗
    earlier = text[max(0, start - 30) : start]
    if not asked and other.search(before) and not loss.search(earlier):
        return 0
    return 1
