"""amount in yuan: figures, words, short forms and ranges; cn2an reads the number words."""

from __future__ import annotations

import re
from typing import Any, Optional

from bot.values import time_context
from bot.values.numbers import large
from bot.values.sentence import Found, Sentence

_FIGURES = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d{1,9}(?:\.\d{1,4})?)"
_UNIT = r"(?:百万|千万|十万|[百千万KW仟佰])"
_NUMBER = rf"(?:(?:\d{{1,2}}万(?:\d千|零(?=\d百))(?:\d百)?|\d千\d百|\d千零(?=\d))(?:\d十|\d{{1,3}}(?!\d))?|\d{{1,2}}[千万百][一二三四五六七八九](?![十百千万])|{_FIGURES}\s?{_UNIT}?\d?|[一二两三四五六七八九十壹贰叁伍][一二两三四五六七八九十百千万零〇仟佰]{{0,12}})"
_YUAN = r"(?:块钱|块(?![玻石砖地木瓷屏手布板表皮漆])|元(?!桥|里|村|街|路|镇|店|庄|区|旦|朝)钱?|圆|大洋|人民币|RMB|蚊)"
_ABOUT = r"(?:多|来|余|几|出头|左右|上下|的样子|不到)*"
_NOT_MONEY = r"(?![十百千])(?!(?:(?<=\d)\s)?(?:多|来|几)?(?:遍|回(?!来)|趟|公里|千米|米|里[地路]|天|个|人|岁|次|年|%|％|号|点|分钟?(?!钱)|CC|平|楼|层|栋|KM|M|公斤|克|斤|升|转|度|名|位|页|张|条|台|辆|户|只|件|小时|周|月|日|期|项|星|步|字|种|家|份|斗|分之|路|街|弄|巷|厘米|公分|毫|排|座|根|支|瓶|箱|套|里))(?!以上的?保额|保额|三者|险|医疗)"
_CUE = r"(?:补?漆|喷漆|损失|估损|定损|车损|物损|货损|货值|自费|自付|索赔|估计?|报[了价]|大概|大约|约莫|约|差不多|花了?|费用?|修[了理车]*|价|金额|赔|合计|总共|一共|共计?|共|要|值|定损|给了?|大致|不到|将近|接近|至少|最多|顶多|起码|也就|报销|账单|付了?|垫了?|掏了?|搭了?(?:进去)?|[倒补]?贴[补了]?(?:进去)?|[砸投花](?:进去?)|[垫赔]进去|添了?|(?<![签查接回])收了?我?|(?<!不)算[了下]|拖车|吊车|工时|配件|喷漆|换[^,，。\s\d号房牌]{1,5}|才|得|是|到|小)"
_DISTANCE = re.compile(r"[\d.零一二两三四五六七八九十百千]+(?:公里|千米|KM)")
_HOTLINE = re.compile(r"1(?:10|19|20|22)|12(?:123|315|345|348|378)|955\d\d")

_RANGE = re.compile(
    rf"[￥¥]?(?P<lo>{_NUMBER}){_YUAN}?\s?(?:到|至|-|~|或者?)\s?[￥¥]?(?P<hi>{_NUMBER})(?:多|来)?\s?{_YUAN}?{_NOT_MONEY}"
)
_PAIR = re.compile(
    rf"(?P<one>[一二两三四五六七八九])[,、]?(?P<two>[二两三四五六七八九])(?P<unit>[十百千]?万|[十百千]|[KW])(?:多|来)?(?P<more>万)?\s?{_YUAN}?{_NOT_MONEY}"
)
_PAIR_FIGURES = re.compile(rf"(?<![\d.])(?P<one>[1-9])[、,~-](?P<two>[1-9])(?P<unit>[千万百KW])\s?{_YUAN}?{_NOT_MONEY}")
_SINGLE = re.compile(
    rf"(?P<sign>[￥¥]|RMB|人民币)?\s?(?<![\d.第])(?P<number>{_NUMBER})(?P<about>{_ABOUT})(?P<scale>[万千百]?)(?P<yuan>{_YUAN})?(?P<rest>(?<=[块元])[一二三四五六七八九\d]毛?)?(?:钱)?{_NOT_MONEY}"
)
_LOOSE = re.compile(
    rf"(?:(?<![一二三四五六七八九两\d])(?P<shi>十几|十来)(?P<shiunit>[万])|(?<![一二两三四五六七八九十几百千\d])(?P<head>[万千百])(?P<ba>把|来)(?=块|元|$|[,，。吧的]))\s?{_YUAN}?"
)
_ROUND = re.compile(r"(?:上|近|过|超)(?P<unit>[百千]?万|千|百)(?=元|块|了|$|[,，。 ])\s?(?:元|块钱?)?")  # 上百万
_HEADLESS = re.compile(
    r"(?<![一二两三四五六七八九十几百千万\d])(?P<head>[万千])(?P<tail>[一二三四五六七八九])(?=块|元|左右|上下|$|[,，。!！?？吧的了])\s?(?:块钱?|元)?"
)  # 万五, 千八: the one before it is not said
_TEEN_PAIR = re.compile(
    rf"(?P<tens>[二三四五六七八九]?十)(?P<one>[一二三四五六七八])(?P<two>[二三四五六七八九])(?P<unit>[万千]|(?=块|元))(?:多|来)?\s?{_YUAN}?{_NOT_MONEY}"
)  # 十五六万
_TAIL_PAIR = re.compile(
    rf"(?P<head>[一二两三四五六七八九十\d]{{1,3}}[万千百])(?P<one>[一二三四五六七八])(?P<two>[二三四五六七八九])(?!十|百|千)\s?{_YUAN}?"
)  # 一万二三
_LIMIT = re.compile(
    r"(?:三者|三责|保额|限额|额度|保障额?|免赔额?|保费|免赔)(?:险|是|买了?|买的|改成|只有|有|才|:|：|的|就|一共|够){0,3}[^,，。]{0,6}$"
)
_OTHER_NUMBER = re.compile(r"(?:电话|手机|尾号|末[尾四]|号码|验证码|车牌|保单|编号|房号|密码)[^,，。;；]{0,8}$")
_SIZES = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "万": 10000,
    "K": 1000,
    "W": 10000,
    "十万": 100000,
    "百万": 1000000,
    "千万": 10000000,
}


def _number(value: Optional[float]) -> Any:
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 2)


def _scale_of(said: str) -> int:
    return {"百": 100, "千": 1000, "万": 10000, "K": 1000, "W": 10000}.get(said.strip()[-1:], 1)


def _asked(sentence: Sentence) -> bool:
    return sentence.awaiting in ("loss_estimate", "amount")


def _take_ranges(sentence: Sentence) -> None:
    for match in _RANGE.finditer(sentence.rest):
        low, high = large(match["lo"]), large(match["hi"])
        if low is None or high is None:
            continue
        if _scale_of(match["lo"]) == 1 and low < 100 and _scale_of(match["hi"]) > 1:
            low *= _scale_of(match["hi"])
        plain_sums = match["lo"].isascii() and low >= 100 and not (1990 <= low <= 2040 and 1990 <= high <= 2040)
        said_so = (
            plain_sums
            or re.search(rf"[百千万KW￥¥]|{_YUAN}", match[0])
            or _asked(sentence)
            or _cued(sentence.rest, match.start())
        )
        if said_so and 0 < low < high and high >= 10:
            sentence.take(Found("amount", [_number(low), _number(high)], *match.span()))
    for match in _TAIL_PAIR.finditer(sentence.rest):
        low, high = large(match["head"] + match["one"]), large(match["head"] + match["two"])
        if low and high and high - low == {"万": 1000, "千": 100, "百": 10}[match["head"][-1]]:
            sentence.take(Found("amount", [_number(low), _number(high)], *match.span()))
    for match in _TEEN_PAIR.finditer(sentence.rest):
        low, high = large(match["tens"] + match["one"]), large(match["tens"] + match["two"])
        if low and high and high == low + 1:
            size = _SIZES.get(match["unit"], 1)
            sentence.take(Found("amount", [_number(low * size), _number(high * size)], *match.span()))
    for pattern in (_PAIR, _PAIR_FIGURES):
        for match in pattern.finditer(sentence.rest):
            unit = _SIZES[match["unit"]] * (
                10000 if "more" in match.groupdict() and match["more"] and "万" not in match["unit"] else 1
            )
            low, high = (large(match["one"]) or 0) * unit, (large(match["two"]) or 0) * unit
            if 0 < low < high and (unit >= 100 or re.search(_YUAN, match[0])):
                sentence.take(Found("amount", [_number(low), _number(high)], *match.span()))


def _cued(text: str, start: int) -> bool:
    return bool(
        re.search(
            _CUE + r"(?:给?(?:我|咱)们?)?[了是在有为:：\s约大概差不多估计]{0,4}$", text[max(0, start - 10) : start]
        )
    )


def _closes(sentence: Sentence, match: re.Match[str]) -> bool:
    """A bare number at the end of a loss told in catchwords: 玻璃碎了 绕城高速 1500."""
    apart = match.start("number") > 0 and sentence.rest[match.start("number") - 1] in " ,，"
    return apart and match.end() == len(sentence.rest) and time_context.speaks_of_loss(sentence.plain)


def _single(sentence: Sentence, match: re.Match[str]) -> Any:
    said = match["number"]
    if _DISTANCE.match(sentence.rest, match.start()):
        return None  # 二百七十公里处
    bare = re.sub(r"[,\s]", "", said)
    has_unit = bool(re.search(r"[百千万KW仟佰]", bare) or match["scale"])
    if _LIMIT.search(sentence.rest[max(0, match.start() - 16) : match.start()]) and not _asked(sentence):
        return None  # what is insured, not what is lost
    if not (match["sign"] or match["yuan"]):
        if has_unit:
            if re.search(r"第$|[\d一二三四五六七八九]分之$", sentence.rest[max(0, match.start() - 3) : match.start()]):
                return None
        elif _OTHER_NUMBER.search(sentence.rest[max(0, match.start() - 14) : match.start()]):
            return None
        elif _asked(sentence):
            if (large(bare) or 0) < 10:
                return None
        elif not (
            bare.isascii()
            and float(bare) >= 50
            and (
                _cued(sentence.rest, match.start())
                or _closes(sentence, match)
                or re.search(r"\d,\d{3}|\d\.\d\d$", said)
            )
        ):
            return None
        before = sentence.rest[match.start() - 1 : match.start()]
        if re.match(r"[A-Z\d/+]", before) and not match["sign"]:
            return None
    value = large(bare)
    if value is None or (_HOTLINE.fullmatch(bare) and not (match["yuan"] or match["sign"])):
        return None
    if value < 10 and match["yuan"] == "块" and not match["rest"]:
        return None  # 一块 is a piece
    if match["scale"]:
        value *= _SIZES[match["scale"]]
    if match["rest"]:
        value += (large(match["rest"].rstrip("毛")) or 0) / 10
    return _number(value)


def read(sentence: Sentence) -> None:
    """Takes amount: a number of yuan, or [low, high]."""
    _take_ranges(sentence)
    for match in _LOOSE.finditer(sentence.rest):
        value = 10 * _SIZES[match["shiunit"]] if match["shi"] else _SIZES[match["head"]]
        sentence.take(Found("amount", value, *match.span()))
    for match in _HEADLESS.finditer(sentence.rest):
        head = _SIZES[match["head"]]
        sentence.take(Found("amount", head + (large(match["tail"]) or 0) * head // 10, *match.span()))
    for match in _ROUND.finditer(sentence.rest):
        sentence.take(Found("amount", _SIZES[match["unit"]], *match.span()))
    for match in _SINGLE.finditer(sentence.rest):
        value = _single(sentence, match)
        if value:
            sentence.take(Found("amount", value, *match.span()))
    if _asked(sentence) and not any(found.entity == "amount" for found in sentence.found):
        nothing = re.fullmatch(
            r"[\s,，。]*(?:0|零|没有?(?:什么)?损失|没花钱|不用花钱|没有?花钱)(?:元|块钱?)?[了啊吧的\s,，。]*",
            sentence.rest,
        )
        if nothing:
            sentence.take(Found("amount", 0, *nothing.span()))
