"""Helpers of the dialogue: police_reported, third_party, and injured where somebody is hurt."""

from __future__ import annotations

import re

from bot.values.sentence import Found, Sentence

_IF = (
    r"(?:要不要|要|需要|用|必须|得|是不是|有没有|如果|要是|应该|不|该|怎么|先|去|能|可以|不用|必需|是否|帮我|马上|准备)"
)
_POLICE_NO = re.compile(
    r"(?:没|没有|未|还没|还没有|没去|没打|没叫|不打算|不想|忘了?|来不及|没来得及|都没|也没|尚未|并未|没顾上|暂未|没能)(?:有|来得及|及时|去|打算|叫|找|打电话|来)?(?:报(?:过)?警|报交警|报给?交警|通知(?:交警|警察)|叫(?:交警|警察)|打110|打122|叫?交警|叫?警察|惊动(?:交警|警察)|走交警|报公安)"
    r"|(?:交警|警察)(?:也)?(?:没|没有)(?:来|到|出)|(?:自己)?私了|没有?经过交警|没走交警"
)
_POLICE_YES = re.compile(
    r"(?:已经?|刚|也|都|就|早就|我|他|她|对方|老婆|物业|当时|立马|立即|马上就|当场|及时|,|，|^|。|\s|了|并|且|过|并且|然后|\x00|有|店里|人家|路人|同事|邻居|保安|司机)(?:经)?(?:报(?:了|过)警|报警(?!了)|报警了|打(?:了|过)(?:110|122)|打(?:110|122)了?|报(?:了|过)?(?:交警|公安|派出所)|叫(?:了|过)?(?:交警|警察))(?!吗|么|回执|证明|单|记录|电话|是|要|有|的话|怎)"
    r"|报(?:了|过)警|报警了(?!吗|没|么|的话)|报完警|(?:交警|警察|民警|警方|派出所|110|122|公安)(?:同志)?(?:已经?|都|也|刚|后来|当时|就|还|就已经){0,2}(?:经)?(?:来|到|处理|出(?:了|具|警)|赶到|定了?责|判|认定|在(?:现场|处理|这)|拍了?照|开了|说(?:我|对方|他)|立案|备案|登记|做了?笔录|受理|接警|勘[察查])(?!电话|吗)"
    r"|消防(?:员|队|车|大队)?(?:已经?|都|也|刚|就|人员)*(?:来|到|赶到|处理|扑灭|灭)|(?:打|拨)了?119|(?:经|由|被)(?:交警|警察|警方)(?:认定|判|处理|定)|已?报公安|有报警|认定书(?:上|已经|都|下来|写|出来|拿到)"
)
_OTHER_NO = re.compile(
    r"(?:没|没有|未|无|不)(?:有|涉及|撞着|碰着|刮着|蹭着|伤着|撞到|碰到|撞|碰|刮到|伤到|伤及|牵涉|牵扯|关系到){0,2}(?:任何|什么)?(?:到)?(?:第三方|第三者|三者|别人|其他车|别的车|他人|其他人|对方|旁人|别的人|人家|其它车|其它人|行人|其他车辆|其他人员)"
    r"|单方(?:面)?(?:事故|肇事)?|单车事故|(?:是)?我?自己(?:开车|不小心|倒车|停车|没看清|没注意|,){0,3}(?:撞|蹭|刮|碰|摔|翻|剐|磕|怼|滑)|自撞|没(?:有)?(?:跟|和|与|同)(?:别人|别的车|其他车|人家|对方|他人)[^,，。]{0,3}[撞碰刮蹭剐]|就我自己|只有我自己|只有我(?:一辆|一台|一个|的)?车|没有别人|跟别人没关系|跟别人无关"
)
_OTHER_YES = re.compile(
    r"对方|(?<!没)追尾|追撞|前车|后车|前面(?:那|的|一)?(?:辆|台)?(?:的)?车|后面(?:那|的|一)?(?:辆|台)?(?:的)?车|别人的车|人家的?车|第三[方者](?!责任|险|公估|评估|鉴|机构|调解|检|支付|限额|平台)|两车|两辆车|双方|(?:被|让|跟|和|与)[^,，。]{0,5}(?:公交|出租|的士|货车|卡车|面包车|轿车|电动车|三轮|大巴|客车|摩托)车?(?:给)?(?:剐|蹭|刮|碰|撞|擦)|他车|另一?辆车|另外一辆车|互撞|相撞|对撞"
)
_HURT = re.compile(
    r"受(?:了|着)?[^\s,，。没无未]{0,4}?伤(?!害险|保险|人数)|伤者|伤员|流血|出血|骨折|被困|困在|卡在(?:车|里)|昏迷|晕(?:倒|过去|厥)|救命|卡住(?!不动)|夹住|压在[^,，。]{0,4}(?:下|底)|不省人事|没有?意识|没反应(?!过来)|失去知觉|救护车|重伤|轻伤|爬不起来|(?<![启发开推移挪转拧扭])动不了|站不起来|抽搐|撞伤|摔伤|砸伤|烫伤|烧伤|压伤|割伤|划伤(?!.{0,3}车)|叫(?:了)?120|打(?:了)?120|送(?:去|到|进|往)?(?:了)?(?:医院|急诊|急救|抢救)|抢救|有人(?:伤|受)|伤了(?!车)|伤到人|人(?:伤|不行)|喘不上气|呼吸困难|胸口疼|头破|断了(?:腿|手|胳膊|骨)|流了?(?:好|很|不少|一地|一滩)?多?血|疼得"
)
_NO_HURT = re.compile(
    r"(?:没|无|未|不|没有|没人|无人|并未|没什么)(?:有|别人|其他人|其它人|人|任何|造成|人员|发生|出现|看到|大){0,3}$"
)
_ASKING = re.compile(r"(?:如果|要是|假如|万一|假设|倘若|若是)")


def _said_no(text: str, start: int) -> bool:
    return bool(_NO_HURT.search(text[max(0, start - 8) : start]))


def _police(sentence: Sentence) -> None:
    text = sentence.plain
    no = _POLICE_NO.search(text)
    changed = (
        re.search(r"(?:其实|实际|后来|刚刚|现在)[^,，。]{0,4}(?:有报|报了|报过)", text[no.end() :]) if no else None
    )
    if no and not changed:
        sentence.take(Found("police_reported", False, *no.span()), keep_text=True)
        return
    for yes in _POLICE_YES.finditer(text):
        if not re.search(_IF + r"$", text[max(0, yes.start() - 3) : yes.start()]) and not re.search(
            r"(?:再|我就|小心|要不要|需要|用不用|必须|是不是要|得先|如果|要是|没有|没)[^,，。]{0,3}$",
            text[max(0, yes.start() - 5) : yes.start() + 1],
        ):
            sentence.take(Found("police_reported", True, *yes.span()), keep_text=True)
            return
    if no and changed:
        sentence.take(
            Found("police_reported", True, no.end() + changed.start(), no.end() + changed.end()), keep_text=True
        )


def _third_party(sentence: Sentence, causes: set[str]) -> None:
    text = sentence.plain
    no = _OTHER_NO.search(text)
    if no and not (causes & {"third_party_injury", "third_party_property"} and "自己" in no[0]):
        sentence.take(Found("third_party", False, *no.span()), keep_text=True)
        return
    yes = _OTHER_YES.search(text)
    first = next((f for f in sentence.found if f.entity == "cause" and f.value in causes), None)
    if first and first.value in {"collision_multi", "third_party_injury", "third_party_property"}:
        sentence.take(Found("third_party", True, first.start, first.end), keep_text=True)
    elif yes:
        sentence.take(Found("third_party", True, *yes.span()), keep_text=True)
    elif first and first.value == "collision_single":
        sentence.take(Found("third_party", False, first.start, first.end), keep_text=True)


def _injured(sentence: Sentence) -> None:
    counts = [f.value for f in sentence.found if f.entity == "injured_count"]
    if counts and max(counts) == 0:
        return
    for match in _HURT.finditer(sentence.plain):
        if not _said_no(sentence.plain, match.start()) and not _ASKING.search(sentence.plain[: match.start()]):
            sentence.take(Found("injured", True, *match.span()), keep_text=True)
            return
    if counts:
        first = next(f for f in sentence.found if f.entity == "injured_count")
        sentence.take(Found("injured", True, first.start, first.end), keep_text=True)


def _answer(sentence: Sentence, entity: str) -> None:
    """A bare yes or no to the question just asked."""
    text = sentence.plain.strip(" ,，。.!！")
    if any(found.entity == entity for found in sentence.found):
        return
    no = re.match(r"(?:还|都|暂时|目前)?(?:没有?|无|未|否|不是|没呢|没|不涉及)(?:呢|的|啊|吧|报|涉及|$)", text)
    yes = re.match(
        r"(?:嗯|有|是|对|已经|早)?[,，]?(?:报了|报过|有报|打了|来过|来了|处理过|处理了)(?!吗|没)", text
    ) or re.fullmatch(
        r"(?:嗯|是的?|对的?|有的?|报了|报过了?|已经报了|涉及|叫了|打了|有啊|当然|来了|来过了|有,?.{0,6}|是啊|对啊|嗯嗯)[啊呀吧呢的了]?",
        text,
    )
    if no or yes:
        sentence.take(Found(entity, not no, 0, len(sentence.text)), keep_text=True)


def read(sentence: Sentence) -> None:
    """Takes police_reported, third_party, injured. Runs last: it looks at the causes and counts found."""
    from bot.values.resolve import winners

    causes = {found.value for found in winners([f for f in sentence.found if f.entity == "cause"], sentence.plain)}
    _police(sentence)
    _third_party(sentence, causes)
    _injured(sentence)
    if sentence.awaiting in ("police_reported", "third_party"):
        _answer(sentence, sentence.awaiting)
