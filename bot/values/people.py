"""person_name: names after the words that introduce them, told from other words by surname and what follows."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.values import vocabulary
from bot.values.sentence import Found, Sentence

_STRONG = r"(?:我姓[一-龥][,，\s]{0,2}(?=[一-龥]{2,3}(?:$|[^一-龥]|保|车|手|电|身))|我叫做?|名叫|叫做|名字[是叫:：\s,，]*|姓名[是为叫:：\s]*|联[系络]人[是为写叫:：改成\s]*|被保[险]?人[是为写叫:：\s]*|投保人[是为写叫:：\s]*|受益人[是为写叫:：改成\s]*|收款人[是为写叫:：改成\s]*|户名[是为:：\s]*|开户名[是为:：\s]*|报案人[是为:：\s]*|我姓名|贵姓[?？]?|全名[是叫:：]*|大名)"
_WEAK = r"(?:我是(?:那个|那位)?\s?|我交|本人是?|这里是|这边是|[司患病车伤死]?(?:机|者|人|主)(?:名字)?[是叫为:：\s]+|车主是?|驾驶员是?|伤者是?|患者是?|死者是?|(?:老公|老婆|媳妇|爱人|妻子|丈夫|先生|太太|爸爸?|妈妈?|父亲|母亲|儿子|女儿|孩子|同事|员工|对方|他|她|经手人|业务员|查勘员|理赔员|定损员|小伙子|同志)(?:名字)?(?:是|叫)|(?:查勘员|理赔员|定损员|业务员|客服|驾驶员)|(?:转|打|汇)[到给]|叫我?|我的?(?:女儿|儿子|老婆|老公|妻子|丈夫|爱人|太太|先生|父亲|母亲|媳妇)|(?:是|改成|换成|转给|打给|给|找|联系)我?的?(?:女儿|儿子|老婆|老公|妻子|丈夫|爱人|爸爸?|妈妈?|父亲|母亲|哥哥?|弟弟?|姐姐?|妹妹?|孙子|孙女|媳妇|爱人|岳母|岳父|同事|朋友))"
_END = r"(?=$|的(?=$|[,，。;；\s])|[\s,，。.;；:：!！?？、()（）\x00]|先生|女士|小姐|电话|手机|号码|身份证|的(?:账|银|卡|身份|名|手机|电话|医|诊|病|妻|丈|老|父|母|儿|女|爸|妈|车|保单|案|爱|家|哥|姐|弟|妹|同|朋)|就行|就好|即可|一直|联系|给我|打的?电话|要?报案|我要|我想|想要?|要|来|有|在|现|今|昨|前|刚|是|和|跟|车牌|保单|开|今年|因为|由于|怀孕|确诊|查出|做手术|摔|骑车|下班|上班|上课|幼儿园|小学|吃|住院|他|她|我|已|也|需|出|被|那|这|请|麻|你|您|呢|啊|吧|哈|呀)"
_NEXT_WORD = re.compile(r"意外|因病|因为|突发|不幸|确诊|住院|摔伤|摔倒|骨折|身故|去世|身亡|发生|驾驶|被诊|于|受伤")
_STOP = set(
    "的了是在有我你他她它们这那电手身保车被把和跟与要想报来去开昨今前刚现请麻吗呢吧啊呀哈哦嗯也都就还已不没出到从为给对个什么号说"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    surname = vocabulary.alternatives("surnames.txt")
    name = rf"(?:{surname})[一-龥]{{1,2}}"
    return (
        re.compile(rf"(?:(?P<strong>{_STRONG})|(?P<weak>{_WEAK}))(?P<name>{name})"),
        re.compile(rf"(?:我姓|我是|叫我|这里是|联系)?(?P<name>(?:{surname})[一-龥]{{0,2}}?(?:先生|女士|小姐))"),
        re.compile(name),
    )


@lru_cache(maxsize=1)
def double_surnames() -> frozenset[str]:
    """Family names of two characters."""
    return frozenset(word for word in vocabulary.lines("surnames.txt") if len(word) == 2)


@lru_cache(maxsize=1)
def no_names() -> frozenset[str]:
    """Words that begin like a name and are none."""
    return frozenset(vocabulary.lines("no_names.txt"))


def _cut(text: str, start: int, end: int, strong: bool) -> int:
    """Where the name ends: three characters unless the third begins another word; 0 when this is no name."""
    double = text[start : start + 2] in double_surnames()
    for stop in range(end, start + (2 if double else 1), -1):
        given = text[start + (2 if double else 1) : stop]
        if given[1:] in ("和", "刚") and re.match(
            r"$|的|[,，。]|先生|女士|[他她]?(?:的?电话|手机|身份证)", text[stop:]
        ):
            given = given[:1]  # 转到吕志和的账户
        if not given or set(given) & _STOP or text[start:stop] in no_names() or text[start : start + 2] in no_names():
            continue
        if stop == end and _NEXT_WORD.match(text, stop - 1):
            continue  # 韩磊意外坠楼
        if re.match(_END, text[stop:]) or (strong and stop == end):
            return stop
    if strong:
        given = text[start + 1 : start + 2]
        return start + 2 if given and given not in _STOP and text[start : start + 2] not in no_names() else 0
    return 0


def read(sentence: Sentence) -> None:
    """Takes person_name."""
    introduced, titled, _ = _patterns()
    text = sentence.rest
    for match in introduced.finditer(text):
        start = match.start("name")
        end = _cut(text, start, match.end("name"), bool(match["strong"]))
        if end:
            value = sentence.said(start, end)
            sentence.take(Found("person_name", value, start, end))
    signed = re.match(rf"\s*({_patterns()[2].pattern})\s*[,，、:： ]\s*\x00", text)
    if signed and not {signed[1], signed[1][:2]} & no_names() and not set(signed[1][1:]) & _STOP:
        sentence.take(Found("person_name", sentence.said(*signed.span(1)), *signed.span(1)))  # 王芳，13912345678
    if sentence.awaiting == "person_name" and not any(found.entity == "person_name" for found in sentence.found):
        whole = re.fullmatch(rf"[\s,，。]*({_patterns()[2].pattern})[\s,，。!！]*", text)
        if whole and whole[1] not in no_names():
            sentence.take(Found("person_name", whole[1], *whole.span(1)))
    for match in titled.finditer(sentence.rest):
        name = match["name"]
        if len(name) > 2 and not set(name[1:-2]) & _STOP:
            sentence.take(
                Found("person_name", name[:-2] if len(name) > 3 else name, match.start("name"), match.end("name"))
            )
