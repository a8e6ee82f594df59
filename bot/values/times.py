"""incident_time: puts day, part of the day and clock together and leaves out the times that are no time of loss."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Iterator, NamedTuple, Optional

from bot.values import clock as clocks
from bot.values import days, time_context
from bot.values.numbers import SMALL, small
from bot.values.sentence import Found, Sentence

_JOIN = re.compile(
    r"(?:的|那天|当天|那晚|[,，、\s(（)）]|大概|大约|大致|约莫|约摸着?|约|头|差不多|应该|可能|好像|估计|就|是|在|刚过|刚|快到|快|将近|接近|也|吧|嗯|呃|那个|左右|时候|的时候|那会儿|具体|时间){0,4}"
)
_NOW = r"(?P<now>刚才|刚刚|刚刚才|方才|就刚|适才|(?<![一二三四五六七八九十\d])刚(?=(?:被|撞|追尾|出了?(?:事|车祸|险)|发生|刮|蹭|剐|摔|碰|在[^。]{2,32}(?:撞|追|刮|碰|蹭|摔|怼|砸|剐|顶|出事))))(?!.{0,4}(?:说|讲|问|提|填|点|打(?!滑)|发(?!生)|传|客服|上传|交(?!叉)|拍|给|错|出院|聊|选|点错|写|报|买)|的|那(?!个.{2,12}(?:撞|追尾|碰|刮|蹭|剐|摔|怼|砸|顶)))"
_BACK = rf"(?P<rn>{SMALL}|半|几|十几|十来|二十来|三十来|\d{{1,3}})\s?(?P<rx>来|多)?\s?个?(?P<rh>半)?(?P<ry>多)?\s?(?P<ru>小时|钟头|钟|分钟|分|刻钟)(?P<rz>半|多)?(?:之|以)?前(?![面车])"


# 今天是十八号, said to reckon from
_CALENDAR = re.compile(
    r"(?:今[天日儿]|现在)(?:就?是(?:[^,，。;；]{1,8}[号日一二三四五六天])?|[\d一二三四五六七八九十]{1,3}月[^,，。;；]{1,4}[号日])$"
)
_LONG = 12
"""Characters of a message that is more than the answer to a question."""
_MORE_EXACTLY = re.compile(r"才?[,，]?(?:大概|大约|也就|就|差不多|约)?")
_IS_A_DATE = re.compile(r"就?是(?=\s?(?:农历|周|星期|礼拜|[\d一二三四五六七八九十]{1,3}[月号日]))")
# 昨天这个时候
_SAME_HOUR = re.compile(
    r"的?(?:差不多|大概|也是)?(?:就?是)?(?:这个?(?:时候|时间|点儿?(?!的))|这会儿?|此时|现在这个时候)"
)
# 前天肚子疼，当天就住院了: the day that was told of, not today
_SAME_DAY = re.compile(r"当[天日]")
# 昨晚停的，第二天起来就没了: what is found in the morning happened in the night.
_DISCOVERED = re.compile(r"[^,，。;；]{0,6}(?:起来|醒|发现|一看|去开|下楼|看到|看见|才知道)")


@dataclass
class Mention:
    """One time as said, from its day to its clock."""

    start: int
    end: int
    day: Optional[date] = None
    day_kind: str = ""
    part: Optional[str] = None
    clock: Optional[clocks.Clock] = None
    moment: Optional[datetime] = None
    ahead: bool = False


_MOMENT, _CLOCK, _PART = re.compile(f"{_BACK}|{_NOW}"), re.compile(clocks.CLOCK), re.compile(clocks.PART)


def _back(match: re.Match[str], now: datetime) -> Optional[datetime]:
    if match.groupdict().get("now"):
        return now.replace(second=0, microsecond=0)
    said = match["rn"]
    fixed = {"半": 0.5, "几": 5.0, "十几": 10.0, "十来": 10.0, "二十来": 20.0, "三十来": 30.0}
    count = fixed[said] if said in fixed else float(int(said) if said.isdigit() else small(said) or 0)
    if match["rh"] or match["rz"] == "半":
        count += 0.5
    unit = match["ru"]
    minutes = count * (60 if unit in ("小时", "钟头") else 15 if unit == "刻钟" else 1)
    if said == "几" and minutes > 60:
        return None
    return (now - timedelta(minutes=minutes)).replace(second=0, microsecond=0)


class Piece(NamedTuple):
    """A part of a time: a moment, a day, an hour or a part of the day."""

    start: int
    end: int
    moment: Optional[datetime] = None
    day: Optional[days.Day] = None
    clock: Optional[clocks.Clock] = None
    part: Optional[str] = None


def _pieces(text: str, now: datetime) -> list[Piece]:
    """The pieces in order; where two overlap the earlier kind of these stands: moments, days, hours, parts of the day."""
    kept, taken = list[Piece](), [False] * len(text)

    def take(piece: Piece) -> None:
        taken[piece.start : piece.end] = [True] * (piece.end - piece.start)
        kept.append(piece)

    for match in _MOMENT.finditer(text):
        take(Piece(*match.span(), moment=_back(match, now)))
    for day in days.find(text, now.date()):
        if not any(taken[day.start : day.end]):
            take(Piece(day.start, day.end, day=day))
    for match in _free(_CLOCK, text, taken):
        clock = clocks.read_clock(match)
        if clock:
            take(Piece(*match.span(), clock=clock))
    for match in _free(_PART, text, taken):
        take(Piece(*match.span(), part=match["part"]))
    return sorted(kept)


def _free(pattern: re.Pattern[str], text: str, taken: list[bool]) -> Iterator[re.Match[str]]:
    """The matches of characters that nothing has taken; one that overlaps (夜晚 in 平安夜晚上) hides none behind it."""
    match = pattern.search(text)
    while match:
        free = match[0] and not any(taken[match.start() : match.end()])
        if free:
            yield match
        match = pattern.search(text, match.end() if free else match.start() + 1)


def _day_after(before: Optional[Mention]) -> Optional[date]:
    """第二天, 次日: the day after the one said before; with none said, no day."""
    day = before and (before.day or (before.moment and before.moment.date()))
    return day + timedelta(days=1) if day else None


def _moves_on(mention: Mention, text: str) -> bool:
    return mention.day_kind == "next" and not _DISCOVERED.match(text, mention.end)


def _mentions(sentence: Sentence) -> list[Mention]:
    text, out = sentence.rest, list[Mention]()
    for piece in _pieces(text, sentence.now):
        last = out[-1] if out else None
        joins = last is not None and last.moment is None and bool(_JOIN.fullmatch(text[last.end : piece.start]))
        open_to = last if joins else None
        if piece.moment:
            if last and last.moment and _MORE_EXACTLY.fullmatch(text[last.end : piece.start]):
                out.pop()  # 刚才两个小时前
            out.append(Mention(piece.start, piece.end, moment=piece.moment))
        elif piece.day:
            _add_day(out, piece.day, text, sentence.now)
        elif piece.part and open_to and open_to.part is None and open_to.clock is None:
            open_to.part, open_to.end = piece.part, piece.end
        elif piece.part:
            out.append(Mention(piece.start, piece.end, part=piece.part))
        elif piece.clock and open_to and open_to.clock is None and (open_to.day or not piece.clock.figures):
            open_to.clock, open_to.end = piece.clock, piece.end
        elif piece.clock and not piece.clock.figures:
            out.append(Mention(piece.start, piece.end, clock=piece.clock))
    return out


def _add_day(out: list[Mention], said: days.Day, text: str, now: datetime) -> None:
    """Adds the day, or joins it with the day said just before."""
    last = out[-1] if out else None
    if said.form == "next":
        before = next((mention for mention in reversed(out) if mention.day or mention.moment), None)
        out.append(Mention(said.start, said.end, day=_day_after(before), day_kind=said.form))
    elif said.day and last and _names_the_same(last, said, said.day, text):
        last.end = said.end
        last.day = said.day if said.form in ("full", "month_day") else last.day  # the surer of the two
    elif said.day:
        same = _SAME_HOUR.match(text, said.end)
        clock = clocks.Clock(now.hour, now.minute, True) if same else None
        end = same.end() if same else said.end
        out.append(Mention(said.start, end, day=said.day, day_kind=said.form, clock=clock, ahead=said.form == "soon"))


def _names_the_same(last: Mention, said: days.Day, day: date, text: str) -> bool:
    """上周五11月20号, 今天周三: two names of one day."""
    if not last.day or last.part or last.clock or said.form == last.day_kind:
        return False
    between = r"[\s(（]?" if last.day.weekday() != day.weekday() else r"[\s(（,，、]{0,2}(?:就是)?"
    return bool(re.fullmatch(between, text[last.end : said.start]))


def _vague(mention: Mention, text: str, asked: bool) -> bool:
    """A part of the day or 一点 that names no time by itself: 晚上好, 快一点."""
    if mention.day or mention.moment:
        return False
    said = text[mention.start : mention.end]
    if mention.clock and not mention.part:
        return said.strip() == "一点" and not asked
    return mention.clock is None and len(said) < 2


def _completes(last: Mention, mention: Mention, between: str) -> bool:
    """Whether a later hour belongs to a day said before: 昨天我开车，下午三点多在…"""
    if not last.day or last.clock or mention.day or mention.moment:
        return False
    if re.search(r"[。!！?？;；]|不对|不是(?![^。]{0,12}吗)|错了", between):
        return False
    return bool(mention.clock and not (last.part and mention.part)) or bool(mention.part and not last.part)


def _complete(mentions: list[Mention], text: str) -> list[Mention]:
    """Days joined with the hours that belong to them; the hour keeps its place but no longer stands alone."""
    out = list[Mention]()
    for mention in mentions:
        last = out[-1] if out else None
        between = text[last.end : mention.start] if last else ""
        if last and _completes(last, mention, between):
            last.part, last.clock = last.part or mention.part, mention.clock
        elif (
            last
            and not last.day
            and not last.moment
            and mention.day
            and not mention.part
            and not mention.clock
            and re.fullmatch(r"[,，\s]{0,2}(?:就是|是)?", between)
        ):
            last.day, last.end = mention.day, mention.end
        else:
            out.append(mention)
    return out


def _until_the_next_day(mentions: list[Mention], text: str) -> list[int]:
    """For each time where what is told of it ends: 前天停的，第二天被划, what comes after 第二天 belongs to the later day."""
    ends, end = list[int](), len(text)
    for mention in reversed(mentions):
        ends.append(end)
        if _moves_on(mention, text):
            end = mention.start
    return ends[::-1]


def _tells_today(mention: Mention, text: str) -> bool:
    """今天是十八号: neither 今天 nor 十八号 is the time of a loss."""
    follows = _IS_A_DATE.match(text, mention.end)
    before = text[max(0, mention.start - 4) : follows.end() if follows else mention.end]
    return bool(_CALENDAR.search(before))


def _only_a_part_of_the_day(mention: Mention, text: str) -> bool:
    """早上一次晚上一次: a part of the day in a longer message that tells of no loss."""
    alone = not (mention.day or mention.moment or mention.clock)
    return alone and len(text) > _LONG and not time_context.speaks_of_loss(text)


def read(sentence: Sentence) -> None:
    """Takes incident_time as ISO 8601; the other times are hidden, so that their numbers become no other value."""
    text, now, asked = sentence.rest, sentence.now, sentence.awaiting == "incident_time"
    mentions = [mention for mention in _mentions(sentence) if not _vague(mention, text, asked)]
    for mention in mentions:
        sentence.hide(mention.start, mention.end)
    complete = _complete(mentions, text)
    starts = [*(mention.start for mention in complete), len(text)][1:]
    for mention, until, next_start in zip(complete, _until_the_next_day(complete, text), starts, strict=True):
        if mention.day_kind == "next" and (not mention.day or _DISCOVERED.match(text, mention.end)):
            continue
        if _SAME_DAY.match(text, mention.start) and any(
            other.day or other.moment for other in complete if other.start < mention.start
        ):
            continue
        if _tells_today(mention, text) and (not asked or len(complete) > 1):
            continue
        if not asked and _only_a_part_of_the_day(mention, text):
            continue
        moment = mention.moment or clocks.place(mention.day, mention.part, mention.clock, now)
        value = moment.isoformat() if moment else mention.day.isoformat() if mention.day else None
        late = (moment > now) if moment else bool(mention.day and mention.day > now.date())
        if (
            value is None
            or (late and not asked and mention.day_kind not in days.WITH_YEAR)
            or (mention.ahead and not asked)
        ):
            continue
        weight = time_context.weigh(text[:until], mention.start, mention.end, asked, next_start)
        if mention.moment and re.match(r"(?:刚才|刚刚)", text[mention.start :]):
            weight = min(weight, 1)
        if weight:
            sentence.take(
                Found(
                    "incident_time", value, mention.start, mention.end, weight * 2 + bool(mention.clock or mention.part)
                )
            )
