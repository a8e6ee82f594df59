"""Counts: how many people were hurt, and the mark from one to five."""

from __future__ import annotations

import re
from typing import Optional

from bot.values.numbers import small
from bot.values.sentence import Found, Sentence

_C = r"(?:\d{1,3}(?!\d)|[一二两三四五六七八九十]{1,3}|俩|仨)"
_KIN = (
    r"(?:我|他|她|自己|本人|老婆|老公|媳妇|妻子|丈夫|爱人|太太|先生|爸爸?|妈妈?|老爸|老妈|父亲|母亲|爷爷|奶奶|外公|外婆|姥姥|姥爷|岳父|岳母|公公|婆婆|儿子|女儿|孩子|小孩|宝宝|哥哥?|姐姐?|弟弟?|妹妹?|朋友|同事|对象|女朋友|男朋友|"
    r"司机|驾驶员|乘客|副驾驶?的?|骑手|骑车的?人?|行人|路人|老人家?|老太太|大爷|阿姨|小伙子|员工|工人|客人|顾客|保姆|邻居|对方(?:司机|车主|的人)?|外卖员|快递员|伤者|同学|学生|电动车主|后座的?人?)"
)
_HURT = r"(?:受(?:了|的|着)?[^\s,，。没无未]{0,4}?伤|负(?:了)?伤|[轻重擦摔撞烫烧砸扭压割夹咬挫刺烧电]伤|皮外伤|伤了|伤得|骨折|送医|送到?医院|送去?了?医院|[进去]了?医院|住院|挂彩|伤了|[摔砸压撞扭崴夹][断折裂]|[扭崴闪]到|在[^\s,，。;；]{0,4}医院|伤(?=$|[\s,，。;；!！])|擦破点?皮|破了点?皮|[磕碰擦]破了?(?:额头|头|脸|皮|膝盖|手)|蹭破点?皮|昏迷|流血)"
_ZERO = re.compile(
    r"我这个人(?:也|倒|都)?没(?:有)?(?:什么|啥)?(?:事|伤)|(?<!有)(?:没|无|没有|未|未有|不)(?:有|造成|发生|出现)?(?:任何|什么)?(?:人|人员|谁)?(?:受|负)?伤(?:亡|到|着|害|的|情)?(?:人)?(?!残)"
    r"|(?<![本个别有某客保工行路])人(?:员|车)?(?:都|倒|也|呢|是|还|们|反正|总算|好在|均|全|全都|目前|暂时|倒还|基本|,|，|\s){0,4}(?:没有?(?:什么|啥|甚么)?大?(?:事|伤|问题|碍)|没怎么样|没咋样|没出事|无恙|无碍|无事|无大碍|无损伤|平安|安全|好好的|还好|好着|O+K|没受伤|没伤)"
    r"|(?:我|我们|咱们|大家|双方|两边|两个人|两车人|车上的?人|家里人|一家人?|乘客|司机|孩子|老婆|家人|俩人|全车人?|对方)(?:都|也|全|均|倒|人|和[^,，。]{1,4}都|呢|就|还){0,3}(?:没事|没有事|平安|没啥事|没什么事|没大碍|没受伤)"
    r"|(?<!车)(?:都|全)没事(?!故)|零伤亡|0伤亡|没有?伤员|没有?伤者|无伤者"
)
_N_HURT = re.compile(
    rf"(?<![第\d])(?P<n>{_C})\s?(?:个|名|位|口)?(?:多)?(?P<who>人|大人|小孩|孩子|乘客|行人|伤者|伤员|员工|工人|路人|老人|同事|朋友|客人|顾客|骑手|学生|家属|厨师|店员|服务员|保安|师傅|女士|先生|男子|女子|旅客|游客|住户|居民|老太太|老大爷|大爷|大妈|阿姨|男孩|女孩|都|全)?(?P<gap>[^。;；!！?？没无未]{{0,16}}?)(?P<hurt>{_HURT})"
)
_HURT_N = re.compile(
    rf"(?:伤者|伤员|[轻重]伤(?=\d|[一二两三四五六七八九]人)|受伤(?:的|人数|人员)?(?:了|是|有|共|一共|:|：)*|受伤的?人?数?(?:增加到|改成|该成|变成|应该?是|是|有|为)|伤者(?:增加到|改成|是|有)|有人受伤[,，、\s]|(?<!受)(?<!受[了过着])伤(?:了|着|到|及)?|撞伤了?|砸伤了?|烫伤了?|致(?:使)?|造成|导致|送(?:医|医院)了?)\s?(?:大概|大约|有|一共|共|:|：)?(?P<n>{_C})\s?(?:(?:个|名|位|口)(?:人)?|人|(?<=[俩仨])|(?<=[成是为].)(?=$|[,，。]))(?!小时|月|多?钟头|手|脚|指|腿|膝|肋|牙|地方|部位|口子|包|[大小]?泡)"
)
_PERSON = r"(?:人(?![家行民])|大人|小孩|孩子|小朋友|学生|工人|员工|客人|顾客|乘客|行人|路人|老人|老太太?|大爷|大妈|阿姨|邻居|同事|同学|骑手|外卖员|保安|师傅|游客|住户|男的|女的|姑娘|小伙子?|骑(?:电动|电瓶|摩托|自行|三轮)?车的人?)"
_SO_MANY = rf"(?P<n>{_C})\s?(?:(?:个|名|位)?(?:过路的?|路过的?)?{_PERSON}(?![的家]|[一-龥]?车)|(?<=[俩仨])(?=$|[\s,，。;；!！]))"
_HIT = r"(?:撞|砸|烫|压|轧|碰|刮|蹭|剐|绊|炸|烧|咬|夹|割|扎|刺|划|打|电|摔)[着到了倒中上伤]{1,2}"
# 烫着两个客人, 把俩工人砸了: so many others are what the verb is about
_HIT_N = re.compile(rf"{_HIT}\s?(?:了|有)?{_SO_MANY}")
_N_HIT = re.compile(rf"把(?:(?:我|他|人|别人)们?家?的?)?{_SO_MANY}(?:都|也|全|给){{0,2}}{_HIT}")
_N_WERE_HIT = re.compile(rf"{_SO_MANY}(?:都|也|全){{0,2}}(?:被|让)[^,，。;；没未]{{0,5}}?{_HIT}")
_NEARLY = re.compile(r"(?:差一?点|险些|没有?|未|不|别|避免|怕|被)[^,，。;；]{0,2}$")
_BODY = r"(?:脖子|颈椎|腰|头|胸口?|后?背|腿|胳膊|膝盖|肩膀?|手腕?|脚踝?|肋骨|身上)"
_PAIN = r"(?:疼|痛|晕|发?麻|不舒服|难受|动不了)"
_ACHE = rf"(?:{_BODY}{_PAIN}?[、和跟]?){{0,2}}{_BODY}(?:也|都|有点|有些|很|特别|挺|还|一直|直){{0,2}}{_PAIN}"
_SAYING = r"(?:都|也|全|现在|就|还|一直|说|喊|叫|觉得|感觉|是|有点){0,4}"
# 俩人都说脖子疼
_ACHING = re.compile(
    rf"(?<![第\d])(?P<n>{_C})\s?(?:(?:个|名|位)?{_PERSON}|(?<=[俩仨])|(?:个|位)(?=都)){_SAYING}{_ACHE}"
)
_DEAD_HURT = re.compile(rf"{_C}人?死(?:亡)?[,，、]?(?P<n>{_C})人?(?:[轻重]?伤|受伤)")
_AND_HURT = re.compile(
    rf"(?P<list>{_KIN}(?:(?:和|跟|与|还有|以及|、|连同)(?:我|他|她|我家|我们家|一个|对方|车上)?的?(?:{_KIN})){{1,4}})(?:两个人?|俩人?|三个人?|[^,，。没无未]{{0,3}})(?:(?:都|也|全|均|一起)?[^。;；没无未]{{0,8}}?{_HURT}|{_SAYING}{_ACHE})"
)
_TWO_KINDS = re.compile(
    rf"(?P<a>{_C})(?:个|名|位)(?:大人|老人|男的|司机|女的|成人|员工|顾客|乘客)(?:和|跟|,|，|、|还有)?(?P<b>{_C})(?:个|名|位)(?:小孩|孩子|老人|女的|男的|乘客|儿童|行人|路人)[^。;；没无未]{{0,8}}?{_HURT}"
)
_ONE_HURT = re.compile(
    rf"(?:{_KIN}|一个人)(?:自己|也|就|有点|轻微|的?(?:手|腿|脚|头|膝盖|腰|胳膊|手臂|脸|额头|肩膀|背|脖子|鼻子)|被撞|摔|,){{0,3}}(?:受(?:了|的)?[^\s,，。没无未]{{0,3}}伤|负伤|[轻重]伤|擦伤|擦破点?皮|破了点?皮|蹭破点?皮|骨折了?|[碰磕撞擦砸]破了?|流血|缝了?.{{1,2}}针|伤了(?!{_C}))"
)
# 受伤的不是一个人，是两个人
_HURT_NOT_N = re.compile(
    rf"(?:受伤|伤)(?:了)?的?(?:人数?)?(?:不是|不止|不只)\s?{_C}\s?(?:个|名|位)?人?[,，\s]?(?:而|应该|其实)?是(?:有)?\s?(?P<n>{_C})\s?(?:个|名|位)?人?"
)
# 就伤了她一个: the one who is meant has been told of
_ONLY_ONE = re.compile(
    r"(?:伤|烫|砸|烧|割|扎|咬|夹|[撞碰摔]伤)[到着倒伤]?了?(?:的|就|只有?|也就|得就){0,3}(?:我|他|她|它|咱|人家|自己){1,2}一(?:个人(?!在|开|坐|骑|[^,，。]{0,8}没(?:事|受伤))|[个人](?=$|[\s,，。;；!！吧啊呢而别其没]))"
    r"|(?:就|只有?|光)(?:是|有)?(?:我|他|她|咱|人家|自己){1,2}一(?:个人?|人)(?:给|被)?(?:受(?:了|的)?[^\s,，。没无未]{0,3}伤|伤(?:了|到|着)|挂彩|进了?医院|送医)"
)
_MARK = re.compile(
    r"(?:打|给|评|评分|评价|服务|评个|打个|给个|就|我给|选)(?:你们?|客服|他|她|这次|您|您们|一个|个|了|是|为|:|：|\s){0,4}(?P<a>[0-5零一二两三四五](?!\d))\s?(?:分(?![钟之])|颗?星)"
    r"|评分[是为:：\s]{0,3}(?P<e>[1-5])(?![\d.%])"
    r"|(?P<b>[1-5一二两三四五](?![\d个]))\s?(?:颗星|星(?!期)(?:好评|吧|级)?|分好评)|(?<![\d一二三四五六七八九十点:])(?P<c>[1-5一二两三四五])\s?分(?![钟之二三四五六七八九十\d院公店局部期开行])(?=$|[,，。!！吧啊呢了满不\s~])|(?<!分)(?P<d>满分|五颗星)"
)
_COMES_TO = re.compile(r"算了|只能|只给|还是|改|但|不过|可是|最多|顶多|最后|总的")
_ANOTHER = re.compile(rf"{_C}\s?(?:个|名|位)")
_TAKEN_BACK = re.compile(r"(?:不是|并非|不止|不只|没有)\s?$")
_WORD_MARKS = (
    (5, r"非常满意|十分满意|特别满意|超级满意|相当满意"),
    (1, r"非常不满意|十分不满意|特别不满意|很不满意|极不满意"),
)
_WORD_MARKS_ASKED = (
    (2, r"不太?满意|不太?好|不怎么样?|不满|较差|不好|差"),
    (3, r"一般|还行|还可以|凑合|马马虎虎|过得去"),
    (5, r"很满意|非常好|特别好|太好了|棒|完美|很好"),
    (4, r"满意|比较满意|挺好|不错|蛮好|好"),
)


def _count(said: str) -> Optional[int]:
    return {"俩": 2, "仨": 3}.get(said) or small(said)


def _take(sentence: Sentence, value: Optional[int], start: int, end: int, weight: int = 1) -> bool:
    if value is None or not 0 <= value <= 500:
        return False
    sentence.take(Found("injured_count", value, start, end, weight), keep_text=value == 0)
    return True


def _read_hurt(sentence: Sentence) -> bool:
    text = sentence.rest
    match = _DEAD_HURT.search(text) or _TWO_KINDS.search(text)
    if match:
        groups = match.groupdict()
        return _take(
            sentence,
            _count(groups["n"]) if "n" in groups else (_count(groups["a"]) or 0) + (_count(groups["b"]) or 0),
            *match.span(),
            3,
        )
    match = _HURT_NOT_N.search(text)
    if match:
        return _take(sentence, _count(match["n"]), match.start("n"), match.end(), 3)
    match = _ONLY_ONE.search(text)
    if match and not _NEARLY.search(text[: match.start()]):
        return _take(sentence, 1, *match.span(), 3)
    match = _HURT_N.search(text)
    if (
        match
        and match[0][0] != "伤"
        and re.search(rf"{_C}(?:个|名|位)?人?$", text[max(0, match.start() - 4) : match.start()])
    ):
        match = None  # 两个人受伤一个是司机: the first number is the count
    if match and _take(sentence, _count(match["n"]), match.start("n"), match.end(), 3):
        return True
    match = None
    position = 0
    while (match := _N_HURT.search(text, position)) is not None:
        position = match.end("n")  # a number that is no count of people must not hide the next one
        if _TAKEN_BACK.search(text[: match.start()]):
            continue  # 不是两个人，是三个人受伤
        if _ANOTHER.search(match["gap"]):
            continue  # 车上五个人，两个受了伤
        if match["n"] in ("一", "1") and not match["who"] and not re.match(r"个|名|位", text[match.end("n") :]):
            continue
        if (
            not match["who"]
            and match["gap"]
            and not re.match(r"[,，]?(?:都|人|在|被|同|轻|重(?=伤)|也)", match["gap"].lstrip("个名位"))
        ):
            continue
        return _take(
            sentence, _count(match["n"]), match.start("n"), match.end("who") if match["who"] else match.end("n"), 3
        )
    match = _HIT_N.search(text) or _N_HIT.search(text) or _N_WERE_HIT.search(text) or _ACHING.search(text)
    # 撞到一个老太太 says whom, not how many
    article = match and _count(match["n"]) == 1 and match.re is not _ACHING and "伤" not in match[0]
    if match and not article and not _NEARLY.search(text[: match.start()]):
        return _take(sentence, _count(match["n"]), match.start("n"), match.end(), 3)
    family = re.search(rf"一家({_C})口(?:人)?[^。;；没无未]{{0,8}}?{_HURT}", text)
    if family:
        return _take(sentence, _count(family[1]), *family.span(1), 2)
    match = _AND_HURT.search(text)
    if match:
        members = len(re.findall(r"和|跟|与|还有|以及|、|连同", match["list"])) + 1
        return _take(sentence, members, *match.span("list"), 2)
    return False


def _read_asked(sentence: Sentence) -> None:
    """A bare answer to "how many were hurt"."""
    text = sentence.rest.strip(" ,，。.!！吧啊呀哦嗯呢了")
    match = re.search(rf"(?<![第\d百千万])({_C})\s?(?:个|位|名|人|口|吧|$|[,，。])", text) or re.fullmatch(
        rf"(?:大概|大约|一共|共|有|就|应该是?)?({_C})", text
    )
    start = sentence.rest.find(text)
    if match and "没" not in text:
        _take(sentence, _count(match[1]), start + match.start(1), start + match.end(1))
    elif re.match(r"(?:没有?|无|都没|没人|零|0)(?!别|第|其)", text) or "没事" in text:
        _take(sentence, 0, start, start + len(text))
    elif re.fullmatch(
        rf"(?:就|只有|有|是)?(?:{_KIN})(?:(?:和|跟|与|、|还有)(?:我|他|她)?(?:{_KIN}))*(?:(?:一个|两个|俩)人?|自己)?",
        text,
    ):
        _take(sentence, len(re.findall(r"和|跟|与|、|还有", text)) + 1, start, start + len(text))


def _final_mark(text: str) -> Optional[re.Match[str]]:
    """The mark given; of several the one that the customer comes to in the end."""
    marks = list(_MARK.finditer(text))
    if len(marks) > 1 and _COMES_TO.search(text[marks[0].end() : marks[-1].end()]):
        return marks[-1]
    return marks[0] if marks else None


def _read_rating(sentence: Sentence) -> None:
    asked = sentence.awaiting == "rating"
    match = _final_mark(sentence.rest)
    if match:
        said = match["a"] or match["b"] or match["c"] or match["e"]
        value = 5 if match["d"] else small(said)
        if value and 1 <= value <= 5:
            sentence.take(Found("rating", value, *match.span()))
        return
    for value, words in () if "投诉" in sentence.plain and not asked else reversed(_WORD_MARKS):
        match = re.search(words, sentence.rest)
        if match:
            sentence.take(Found("rating", value, *match.span()))
            return
    if not asked:
        return
    for value, words in _WORD_MARKS_ASKED:
        match = re.search(words, sentence.rest)
        if match:
            sentence.take(Found("rating", value, *match.span()))
            return
    match = re.search(r"(?<![\d.])([1-5一二两三四五])(?![\d个天年月点般直定样些下])", sentence.rest)
    if match:
        sentence.take(Found("rating", small(match[1]), *match.span(1)))


def read(sentence: Sentence) -> None:
    """Takes injured_count and rating."""
    before = len(sentence.found)
    hurt = _read_hurt(sentence)
    if not hurt:
        one = _ONE_HURT.search(sentence.rest)
        zero = _ZERO.search(sentence.rest)
        others = one and zero and re.search(r"其[他余它]|别的?人", sentence.rest[one.end() : zero.end()])
        if one and (not zero or others or one.start() >= zero.end()):
            _take(sentence, 1, *one.span())  # 我没事，对方司机受伤了
        elif zero:
            _take(sentence, 0, *zero.span())
    if len(sentence.found) == before and sentence.awaiting == "injured_count":
        _read_asked(sentence)
    _read_rating(sentence)
