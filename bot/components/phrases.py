"""Short fixed phrases that mean the same in every conversation, read without a classifier."""

from __future__ import annotations

import re
from typing import Optional, Tuple

_NUMERALS = {c: i for i, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
_NUMBER = r"(\d{1,2}|十?[一二两三四五六七八九]|十)"
_SOFT = r"(?:吧|啊|呀|呢|哦|了|的|嘛|哈|啦|嘞|噢|喔|呗|滴|哒|咯|哟)*"
_LEAD = r"(?:嗯|哦|啊|呃|额|那|那个|就|我|想|要|请|麻烦|帮我|可以|能不能|咱们?|我们)*"

_YES_UNIT = (
    r"(?:嗯|恩|对|是|好|行|成|可以|没错|没问题|无误|确认|确定|正确|准确|有|当然|要|需要|同意|提交|就这样|就是这样|是这样|就是"
    r"|没毛病|ok|okay|yes|yep|y|报|报过|报警|已经报|来过|属实|一致|中|得|妥|收到)"
)
_YES = re.compile(rf"(?:{_YES_UNIT}{_SOFT}[，,。.!！、~～ ]*)+", re.IGNORECASE)
_NO_UNIT = (
    r"(?:不|不是|不对|不行|不要|不用|不可以|不同意|不需要|不正确|不确认|没|没有|没呢|还没|还没有|暂时没有?|都没有?|并没有?"
    r"|没报|没报警|未报|未报警|没有报警|没涉及|无|否|错|不涉及|no|nope|n|别|先不|先别|没有报|没人报警)"
)
_NO = re.compile(rf"(?:{_NO_UNIT}{_SOFT}[，,。.!！、~～ ]*)+", re.IGNORECASE)
_DONT_KNOW = re.compile(
    rf"(?:这个|那个|那|我|也|真的?|还|暂时|目前|实在|具体|现在|一下子|都|嗯|呃|额|保单号?|号码|手头|身边|时间|地点|地方|金额|多少钱?)*"
    rf"(?:不知道|不清楚|不记得|记不(?:得|清|住)|不确定|不太?(?:清楚|确定|记得|知道)|说不(?:好|准|清|上来)|不好说|没概念|没数|忘了|忘记|想不起来|不懂"
    rf"|跳过|先跳过|略过|以后再(?:说|补|填)|回头再(?:说|补|填)|待会再(?:说|填)|不想说|不方便说|不想填|估不(?:出|准|出来)|还没估|没估)"
    rf"(?:这个|是?多少钱?|保单号?|具体|时间|在哪里?|哪天|怎么说|有没有(?:人|谁)?(?:受伤|伤着|事)|受没受伤|几个人?|多少人?(?:受伤)?)*"
    rf"{_SOFT}[。.!！~～]*"
)
# 具体啥时候漏的我记不清了: what is not known comes first
_FORGOT = re.compile(
    r"[^\d,，。?？]{1,12}(?:记不清楚?|不记得|不知道|不清楚|不晓得|说不准|想不起来|忘)(?:了|啊|呢|呀|喽)*"
)
_NOT_YET_KNOWN = re.compile(
    r"(?:还|暂时|目前|现在)?(?:不知道|不清楚|不晓得|说不准)(?:最后|到底|具体|一共|总共|大概)?(?:要|得|会)?(?:花|修|多少|几)"
    r"|(?:账单|帐单|发票|报价|结果|单子|定损)还?(?:没|未)(?:出|下来|拿到|开)|还没(?:结账|结帐|出院|去修|修|定损|算|统计|清点)"
)
_NO_POLICY = re.compile(
    r"(?:保单|单号|号码|编号|合同)?.{0,6}(?:找不到|没找到|没有保单|没保单|没有?(?:保单)?号|不在(?:手|身)边|没带|丢了|弄丢|不见了|手头没有|手上没有|没在手)"
)
_RESUME = re.compile(
    rf"{_LEAD}(?:继续|接着|接下去|回到)(?:上次|上回|刚才|刚刚|之前|前面|昨天|原来|那个|没填完|没报完|未完成|没完成|这个|往下|下去|我)*(?:的|那个)?"
    rf"(?:报案|报险|填|填写|填报|报|登记|办|办理|做|来|说|弄|理赔|理赔申请|报案流程|流程|案子|申请|进行)?{_SOFT}[。.!！]*"
)
# "在微信上刚才报到一半": begun elsewhere or earlier, and not finished.
_HALF_DONE = re.compile(
    r"(?:报|填|说|弄|登记|办|讲|录)(?:案|险)?(?:到|了|到了|着|过)?(?:一半|半截|半道|半路|中途)"
    r"|(?:没|还没|沒)(?:有)?(?:报|填|说|弄|登记|办|讲)完(?:的|就|，|呢|。|$)"
)
_LONGEST_HALF_DONE = 32
_PUT_OFF = re.compile(
    r"(?:再|容我|让我|我得|我要|先)(?:想想|想一想|想一下|考虑|商量|琢磨)(?:考虑|商量|一下|下|看)?"
    rf"{_SOFT}[。.!！~～]*$"
)
_BARE_CONTINUE = re.compile(rf"{_LEAD}继续{_SOFT}[。.!！]*")
_WHY = re.compile(
    r"(?:为什么|为啥|为何|干嘛|干吗|干什么|凭什么|怎么)(?:还|都|老|总|非)?(?:要|得|需要|想)?(?:我)?(?:问|填|写|登记|核对|知道|提供|说|告诉|了解|这个|这些|给你|我的?(?:电话|手机|保单|地址|身份))"
    r"|(?:为什么|为啥)(?:要|需要)(?:我的?)?(?:电话|手机|号码|地址|保单|时间|地点)"
    r"|(?:问|要|填|知道|提供|了解)(?:我)?(?:这个|这些|那个|这|那么(?:多|细)|这么(?:多|细))(?:问题|信息|东西)?(?:是|有|来|要)?(?:干嘛|干吗|干什么|干啥|做什么|做啥|啥用|什么用|什么意义|为什么|为啥)"
    r"|(?:一定|必须|非)(?:要|得)(?:说|填|提供|回答|给)(?:这个|吗|么)|(?:这个|这)(?:有什么用|有啥用|很重要吗|重要吗|有必要吗|是必须的吗|必须填吗|不说行吗|可以不说吗|可以不填吗)"
)
_EDIT = re.compile(
    rf"(?:改|修改|更改|更正|换|纠正|编辑|变更)(?:一下|下|个)?第?{_NUMBER}(?:项|条|个|点|行|号)"
    rf"|第?{_NUMBER}(?:项|条|点|行)(?:的?(?:内容|信息))?(?:不对|不是|错|有误|有问题|有错|写错|填错|要改|要换|需要改|得改|想改|改|修改|更正|应该|应为|换|不准)"
    rf"|^(?:改|修改|更改|更正)第?{_NUMBER}$"
    rf"|第{_NUMBER}个(?:不对|错|有误|有问题|写错|填错|要改|改)"
)
_RESEND = re.compile(
    r"(?:没|没有|未|还没|收不|一直没|怎么没|迟迟没).{0,6}(?:收到|到|来|看到|短信)|(?:重新?|再|重).{0,2}(?:发|给|来)|过期|失效|换一?个(?:验证)?码"
)
_NONE_OF_THESE = re.compile(
    rf"(?:这些|这几个|这三个|上面|以上|好像|应该|感觉)*(?:都|全|一个)(?:也|都)?(?:不是|不对|没有?|不符合|不像|不要|不行)(?:我想问的|我要的|我说的|这些|这个|这几个)?{_SOFT}[。.!！]*"
    rf"|没有(?:我想问的|我要的|我的问题|一个对){_SOFT}[。.!！]*|其他|其它|别的(?:问题)?"
)
_ASKS = re.compile(r"[?？]|吗|嘛$|能不能|还能|可以赔|赔不|怎么|咋")
_WANTS_TO_SEE = re.compile(
    r"嘛|呢$|啥|咋|哪|几|有没有|[赔报保管含包]不[赔报保管含包]|查|看|问|告诉|了解|介绍|说说|讲讲|知道"
    r"|帮我|给我|发我|额度|保额|免赔|范围|条款|到期|期限|保障|余额|明细"
)
_TAKES_BACK_WITHDRAWAL = re.compile(r"(?:别|不|先不|不用|不要|不想|甭)(?:给我|帮我|要)?(?:撤|取消)")
_NOT_WHAT_IS_MEANT = re.compile(
    rf"(?:嗯|呃|额|哎|诶|啊|哦|那个|我|[…\s,，。.、~-])*(?:说|问|讲|指|要|想说|想问)?的?不是(?:说|问|讲|指)?[这那](?:个|件|样|回)?(?:事儿?|意思|问题)?{_SOFT}[…。.!！~]*"
)
_STILL_REPORT = re.compile(
    rf"(?:哎|唉|诶|嗯|呃|算了|那|好吧|行吧|想了想|想想|考虑了一?下|不|我|[…\s,，。.、])*(?:还是|都是|都系)(?:想|要|得|继续|接着)*报(?:一下|个)?(?:案|险)?{_SOFT}[…。.!！~]*"
)
# 等一下我找找保单, 我问问修理厂
_FETCHES = re.compile(
    r"(?:稍等|等等|等会儿?|(?:等|稍等|先等)(?:一?下|我|一会儿?)|别急|慢着)(?:一?下|啊|哈|哦|呀|，|,|\s)*"
    r"|(?:(?:稍等|等等|等会儿?|等(?:一?下|我|一会儿?)|嗯|哦|那|你|您|先|啊|哈|，|,|\s)*我)(?:现在|先|马上|这就|得|要|再|正|在)*(?!.*(?:想|案|进度|赔|人工|客服|投诉))(?:去|来|到)?[^,，。?？了过]{0,6}?"
    r"(?:找|翻|查|看|问|拿|取|算|打听|确认|打开)(?:一?下|一找|一看|一查|一问|找|翻|查|看|问|算算)[^?？吗了过\d]{0,12}"
)
_LONGEST_FETCH = 20
_ASKS_FOR = re.compile(r"[谁哪啥]|(.)不\1|经理|领导|主管|真人|你们|您们|条款|保额|额度|到期|材料|资料")
# 报了警，修车大概八千。另外问一下，…: where facts end and a question begins
_NOW_THE_QUESTION = re.compile(
    r"[。；;!！?？\n](?=.)|[,，](?=(?:对了|另外|顺便|还有|再|哦|那个|那|我|想|就是|\s){0,4}(?:问|请教|咨询))|[,，](?=(?:哦)?(?:对了|另外|顺便|还有就是))"
)
_LONGEST_WITH_QUESTION = 200
_CLAUSE = re.compile(r"[^,，。;；!！?？\n]+")
_PUTS_A_QUESTION = re.compile(r"[?？]|吗|么[,，。]|能不能|可不可以|(?<!要)[赔报管保给]不[赔报管保给]")
_WONDERS = re.compile(r"(?:不知道|不晓得)[^,，。]{0,4}(?:怎么|咋)|(?:怎么|咋)(?:就|也|都|回事)")
_NOTHING = re.compile(r"没(?:有)?(?:什么|啥|怎么)")
_HOW_MUCH_LONGER = re.compile(
    r"(?:嗯|哎|唉|那|这|这个|请问|你们?|您|大概|大约|到底|，|,)*(?:还|还大概)(?:要|得|需要|有)(?:多久|多长时间|几个问题|多少(?:个)?(?:问题|项))"
    r"(?:才)?(?:能|可以)?(?:(?:弄|填|报|搞|问|说|办|答|登记)?(?:完|好|结束)?)(?:啊|呀|呢|吗|了|嘛|喔|啦|[?？])*(?:[,，。!！].*)?"
)
_IN_GENERAL = re.compile(
    r"(?:能|可以|会|要|用|算|给|管|赔|报|保|含|有)[^,，。]{0,8}[吗么]|[赔报管保给算用要]不[赔报管保给算用要]|能不能|可不可以|会不会|要不要|怎么|咋|多久|多长时间|几天|什么"
)
_CONTRAST = re.compile(r"但|不过|可是|只是|除了|改|换|错|不对|不是|应该")


_LONGEST = 32
"""Of what is one fixed phrase after another. The patterns can part many a sentence in many ways, and Python's matcher
tries them all before it gives up: twice as many with every second character."""


def _is(pattern: re.Pattern[str], text: str) -> bool:
    return len(text) <= _LONGEST and pattern.fullmatch(text) is not None


def number(text: str) -> Optional[int]:
    """1 to 99 from "3", "三", "十二"; None for anything else."""
    if text.isdigit():
        return int(text)
    if len(text) == 1:
        return _NUMERALS.get(text)
    if len(text) == 2 and text[0] == "十" and text[1] in _NUMERALS:
        return 10 + _NUMERALS[text[1]]
    return None


def yes_or_no(text: str) -> Optional[bool]:
    """True or False when the whole sentence is a yes or a no and nothing else; None otherwise."""
    if not text or text.endswith(("吗", "吗？", "吗?", "？", "?")):
        return None
    if _is(_NO, text):
        return False
    return True if _is(_YES, text) else None


def not_what_is_meant(text: str) -> bool:
    """ "嗯…不是那个": the question was taken otherwise, or the words are another answer's; neither yes nor no."""
    return _is(_NOT_WHAT_IS_MEANT, text)


def begins_with_yes(text: str) -> bool:
    """ "对，没报警": agreement, then something that does not take it back."""
    found = re.match(rf"{_YES_UNIT}{_SOFT}[，,。!！ ]", text, re.IGNORECASE)
    return bool(found) and not _CONTRAST.search(text)


def does_not_know(text: str) -> bool:
    """The customer cannot or will not say; a reason may follow ("不记得了，车是我爸的")."""
    first = re.split(r"[，,。！!；;～ ]", text, maxsplit=1)[0]
    if _is(_FORGOT, first):
        return True
    return _is(_DONT_KNOW, text) or _is(_DONT_KNOW, first) or bool(_NOT_YET_KNOWN.search(text))


def names_the_policy(text: str) -> bool:
    """The sentence is about the policy or its number."""
    return "保单" in text or "单号" in text


def has_no_policy_number(text: str) -> bool:
    """ "保单找不到了": no number at hand."""
    return len(text) <= 20 and bool(_NO_POLICY.search(text)) and not _ASKS.search(text)


def puts_off(text: str) -> bool:
    """Whether the customer ends with wanting to think it over: neither yes nor no, whatever was said of it before."""
    return bool(_PUT_OFF.search(text))


def continues(text: str) -> bool:
    """A bare "继续" and nothing else."""
    return _is(_BARE_CONTINUE, text)


def resumes(text: str, awaiting: Optional[str]) -> bool:
    """The customer goes back to an unfinished report. A bare "继续" in answer to a yes-or-no question is a yes."""
    if continues(text):
        return awaiting not in ("confirm", "choice")
    if awaiting not in ("confirm", "choice", "police_reported") and _is(_STILL_REPORT, text):
        return True
    if len(text) <= _LONGEST_HALF_DONE and _HALF_DONE.search(text):
        return True
    return _is(_RESUME, text)


def fetches(text: str) -> bool:
    """The customer goes to look for the answer, and has not got it yet."""
    if len(text) > _LONGEST_FETCH or _ASKS.search(text) or _IN_GENERAL.search(text) or _ASKS_FOR.search(text):
        return False
    return bool(_FETCHES.fullmatch(text.rstrip("。.!！~～…")))


def asks_how_much_longer(text: str) -> bool:
    """How many questions there are still: of the report, not of its settlement."""
    return len(text) <= _LONGEST and bool(_HOW_MUCH_LONGER.fullmatch(text))


def question_after_facts(text: str, sure: bool) -> Optional[Tuple[int, int, int]]:
    """Where what is asked begins after a sentence that asks nothing, and the span of the clauses that ask it; or None.

    sure: the whole is known to ask a general question; otherwise its words must put one.
    """
    if len(text) > _LONGEST_WITH_QUESTION:
        return None
    for mark in _NOW_THE_QUESTION.finditer(text):
        told, asked = _NOTHING.sub("", text[: mark.end()]), text[mark.end() :]
        if _ASKS.search(told) or _IN_GENERAL.search(told):
            return None
        if not sure and (not _PUTS_A_QUESTION.search(asked) or _WONDERS.search(asked)):
            continue
        asking = [clause.span() for clause in _CLAUSE.finditer(asked) if _IN_GENERAL.search(clause[0])]
        if asking and len(asked) >= 4:
            return mark.end(), mark.end() + asking[0][0], mark.end() + asking[-1][1]
    return None


def asks_why(text: str) -> bool:
    """The customer asks what the open question is for."""
    return len(text) <= 24 and bool(_WHY.search(text))


def wants_to_see(text: str) -> bool:
    """A statement that asks to be told of the policy ("查一下保单", "这个险的免赔额"), and does not just name it."""
    return bool(_WANTS_TO_SEE.search(text))


def keeps_the_claim(text: str) -> bool:
    """ "还是别撤了", in answer to whether to withdraw."""
    return len(text) <= 16 and bool(_TAKES_BACK_WITHDRAWAL.search(text))


def item_to_edit(text: str) -> Optional[int]:
    """The number of the summary's item that the customer wants changed ("改第3项"), or None."""
    found = _EDIT.search(text)
    return number(next(group for group in found.groups() if group)) if found else None


def asks_for_another_code(text: str) -> bool:
    """ "没收到验证码，再发一次": the one-time code did not come or no longer counts."""
    return len(text) <= 24 and bool(_RESEND.search(text))


def none_of_these(text: str) -> bool:
    """None of the choices offered is what the customer means."""
    return _is(_NONE_OF_THESE, text)
