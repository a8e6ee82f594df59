"""insurance_line: words that name a line of insurance."""

from __future__ import annotations

import re

from bot.values.sentence import Found, Sentence
from bot.values.vocabulary import phrases

SHORT = 10
"""Characters of an answer that names a line by one word; a longer sentence tells what happened."""

_SHORT = (
    ("liability", r"责任|雇主|公众"),
    ("health", r"医疗|住院|看病|生病|健康|重疾|门诊|得病"),
    ("accident", r"意外|人身|伤害|受伤"),
    ("property", r"房子|房屋|家里|财产|家财|企业|住宅|店铺|厂房"),
    ("auto", r"车"),
)  # one-word answers to "which insurance is it?"


# What was hit, hurt or burnt tells the line where nobody names it; the first that fits wins. A car is not the bus one
# took; a guest who falls in one's restaurant is a matter of liability, whoever falls elsewhere of personal accident.
_HINTS = (
    (
        "auto",
        r"[架部]车(?!祸|站)|(?<![电动行瓶轮火交铁骑列缆吊货单机])车(?!祸|站|间|票|厢|费|夫|被?撞(?:了|到|伤)?我)|追尾|保险杠|后视镜|挡风|底盘|剐蹭|刮蹭|别克|大众|丰田",
    ),
    (
        "liability",
        r"(?:客人|顾客|食客|住客|房客|旅客|游客|学员|学生|访客|员工|工人|服务员|路人|行人|邻居).{0,12}"
        r"(?:摔|滑|跌|倒|烫|砸|伤|骨折|中毒|拉肚子|咬|夹|绊)|(?:我们?(?:是|家)?(?:开)?的?|本)(?:饭店|餐厅|店|酒店|公司|工厂|学校|商场|民宿)"
        r".{0,16}(?:把|害|致使|导致)",
    ),
    (
        "accident",
        r"摔|崴|扭[了到伤]|跌|滑倒|烫[伤到]|烧伤|砸[到伤]|割[到伤破]|切到|狗咬|猫抓|咬[了伤]|骨折|打球|骑[车行着]|爬山|滑雪|溺水|触电|走路",
    ),
    (
        "property",
        r"我们?家(?!的?(?:孩子|小孩|老人|狗|猫|人|老公|老婆|爸|妈))|家里|房子|屋[里子顶]|厨房|客厅|卧室|阳台|水管|漏水|地板|"
        r"家电|家具|后厨|我们?店|店里|厂房|车间|仓库|库房|店铺|店面|门店|设备|货物|存货|库存|机器|柜台|保险柜",
    ),
)


def _hint(sentence: Sentence) -> None:
    for line, words in _HINTS:
        match = re.search(words, sentence.plain)
        if match:
            sentence.take(Found("line_hint", line, *match.span()), keep_text=True)
            return


def read(sentence: Sentence) -> None:
    """Takes insurance_line; where lines are named twice alike, the first stands. Else line_hint, from what happened."""
    _named(sentence)
    if not any(found.entity == "insurance_line" for found in sentence.found):
        _hint(sentence)


def _named(sentence: Sentence) -> None:
    for hit in phrases("lines.yml", sentence.plain):
        if sentence.plain[hit.end : hit.end + 1] == "杠":  # 车的保险杠
            continue
        sentence.take(Found("insurance_line", hit.name, hit.start, hit.end), keep_text=True)
    if (
        sentence.awaiting == "line"
        and len(sentence.plain) <= SHORT
        and not any(found.entity == "insurance_line" for found in sentence.found)
    ):
        for line, words in _SHORT:
            match = re.search(words, sentence.plain)
            if match:
                sentence.take(Found("insurance_line", line, *match.span()), keep_text=True)
                return
