"""location: roads and crossings, highways with kilometre stones, districts, named sites, and common places after 在."""

from __future__ import annotations

import re
from typing import Optional

from bot.values import place_words, time_context
from bot.values.sentence import TAKEN, Found, Sentence

_PREPOSITION = re.compile(
    r"(?:在|位于|于|地点[是在为:：]*|地址[是在为:：]*|位置[是在为:：]*|停[在到进]?|爬|逛|开[到在上进]|走到|骑到|经过|路过|刚出|进出|(?<=[水驶])过|行至|行驶至|发生地[是在为:：]*|出险地[点是在为:：]*)\s?(?:一个|一家|一条|我们?家?|你们|他们|那个|某个?|老家|的){0,2}$"
)
_HOSPITAL_ON_THE_WAY = re.compile(r"(?:送|去|到|往|转|抬|拉|进)(?:了|到|往|去|进|至|医){0,2}$")
_BROUGHT = re.compile(r"(?:送|转|抬|拉)(?:了|到|往|去|进|至|医|院|过){0,2}$")
_OWN_PLACE = re.compile(r"的(?:仓库|厂房|工厂|房子|分店|门店|店铺|商铺|店里|家里|家中|工地|公司)")  # 内湖的仓库
_LABELLED = re.compile(
    r"(?:地点|地址|位置)\s?[是在为:：\s]\s?(?P<place>[^,，。;；!?\s\x00了吗呢撞错不对被说写跟和与的改]{3,30})(?=$|[,，。;；\s])"
)  # 地点 望京西园
_LEAD = re.compile(r"^(?:一[个家条处座所]|那个|这个|那边|这边|某个?|的|,)+")
_GAP = re.compile(r"\s?(?:和|与|跟|及|、|,|到|至|近|靠近|-|—|的|里的?|上的?|东侧|西侧|\(|（)?\s?")
_NOT_A_PLACE = re.compile(
    r"人(?![没都受伤])|的?(?:开的?)?(?:发票|收据|证明|诊断|病历|报告|单子|清单|回执|电话|卡|账户|账号|险|保险|医生|护士|老师|老板|检查|押金|救援|费|认定|盖章|物业)"
)
_NO_ANSWER = re.compile(
    r"不(?:知道|清楚|记得|确定|晓得)|忘了|什么|怎么|为啥|为什么|吗[?？]?$|[?？]$|多少|哪里|取消|算了|转人工|人工|不想|等一下|稍等"
)


def _candidates(text: str) -> list[Found]:
    divisions = place_words.division_spans(text)
    words, out, floor = place_words.words(), list[Found](), 0
    for match in words["ends"].finditer(text):
        if match.end() <= floor:
            continue
        start = match.start() if match["km"] else place_words.leftmost(text, match.start(), floor, divisions)
        lead = _LEAD.match(text[start : match.start()])
        start += lead.end() if lead else 0
        if text.startswith("家", start) and text[max(0, start - 1) : start] == "我":
            start -= 1  # 我家车库
        name, end = text[start : match.end()], place_words.rightmost(text, match.end())
        joined = out and _GAP.fullmatch(text[out[-1].end : start]) and (len(name) > 1)
        known = any(s == start and e >= match.end() for s, e in divisions)
        if match["area"] and not (known or joined or (_PREPOSITION.search(text[:start]) and len(name) > 2)):
            continue
        if match["weak"] and not _PREPOSITION.search(text[:start]):
            continue
        if not joined and (
            (start == match.start() and not (match["km"] or match["proper"])) or words["not_names"].fullmatch(name)
        ):
            continue
        if _NOT_A_PLACE.match(text, end) or re.search(r"[几哪]", name):
            continue
        if joined:
            last = out.pop()
            start, weight = last.start, last.weight + 1
        else:
            weight = 3 + (3 if _PREPOSITION.search(text[:start]) else 0) + (1 if match["road"] or match["km"] else 0)
            if name.endswith("院") and _BROUGHT.search(text[:start]):
                weight = -1  # 送到协和医院 says where the hurt are; it stands only where no other place is told
            elif name.endswith("院") and re.search(r"(?:现在|目前|还|正|人|已经?)在$", text[:start]):
                weight = 1  # where they are now
            elif match["site"] and (_HOSPITAL_ON_THE_WAY.search(text[:start]) or name.endswith("院")):
                weight -= 2  # where people were brought is seldom where it happened
        out.append(Found("location", text[start:end], start, end, weight))
        floor = end
    covered = [(f.start, f.end) for f in out]
    named = len(out)
    for start, end in divisions:  # 在杭州, 北京市
        if not any(s <= start < e for s, e in covered) and (
            len(text[start:end]) > 1
            and (_PREPOSITION.search(text[:start]) or _OWN_PLACE.match(text, end))
            and text[end : end + 1] not in ("到", "至", "飞")
        ):
            # a road or a site says more than the city
            weight = 2 if any(f.weight >= 4 for f in out[:named]) else 6
            out.append(Found("location", text[start:end], start, place_words.rightmost(text, end), weight))
    return _merged(out, text) if len(out) > named else out


def _merged(found: list[Found], text: str) -> list[Found]:
    """A city and what follows it as one place: 在深圳，南山科技园附近."""
    out: list[Found] = []
    for place in sorted(found, key=lambda f: f.start):
        if out and _GAP.fullmatch(text[out[-1].end : place.start]):
            last = out.pop()
            place = place._replace(start=last.start, weight=max(last.weight, place.weight))
        out.append(place)
    return out


def _common(text: str) -> Optional[Found]:
    """停车场, 家里: a place without a name, after 在 or alone between marks."""
    best: Optional[Found] = None
    told = time_context.speaks_of_loss(text)
    for match in place_words.words()["generic"].finditer(text):
        start, end = match.start(), match.end()
        end = place_words.rightmost(text, end)
        before, after = text[:start], text[end:]
        prepared = bool(_PREPOSITION.search(before))
        neighbours = match["generic"] == "楼下" and not prepared and after and after[0] not in ",，。"
        if neighbours or after.startswith(("邻居", "住户", "人家")):
            continue  # 楼下天花板: the flat below
        struck = re.match(
            rf"[里上]?{TAKEN}*(?:被|遭|进水|水淹|淹|泡|漏水|着火|着了火|失火|起火|进贼|遭贼|进了贼|进了水|水管)", after
        )
        free = (
            not before
            or before[-1] in ",，。、 " + TAKEN
            or before.endswith(
                ("我", "我们", "是", "的")
                if end - start > 3 or match["generic"].startswith("高速")
                else ("我", "我们", "是")
            )
            or (before.endswith(("把", "将", "给")) and re.match("店里|我|家里", match["generic"]))
        )
        bounded = not after or after[0] in ",，。、 " + TAKEN
        alone = bool(struck) or (free and (bounded or told))
        if (
            not (prepared or alone)
            or _NOT_A_PLACE.match(after)
            or (before.endswith("你们") and text[start:end] == "家")
            or re.search(r"[几哪]", text[max(0, start - 1) : end])
            or (match["generic"] in ("家", "公司", "单位", "学校", "高速") and not prepared)
        ):
            continue
        weight = 5 if prepared else 4 if struck else 2
        if match["generic"].startswith(("家", "厨房")) and before.endswith("我"):
            start -= 1
        if best is None or weight > best.weight:
            best = Found("location", text[start:end], start, end, weight)
    return best


def _landmark(text: str) -> Optional[Found]:
    for match in place_words.words()["landmark"].finditer(text):
        name = match["name"]
        if any(word in name for words in place_words.stops().values() for word in words) or re.search(
            r"[车时候下完后上中里外家院线期年月天血哭疼水驾座床椅凳诊跟不哪干审啥嘛]|开|骑|高速|住|买|办|睡|吃|玩|打|做|修|治|观|等",
            name,
        ):
            continue
        end = match.end("tail") if match["tail"] else match.end("name")
        return Found("location", text[match.start("name") : end], match.start("name"), end, 2)
    return None


def _whole(sentence: Sentence) -> Optional[Found]:
    """The whole answer to "where did it happen", without its filler words."""
    text = sentence.rest
    match = re.fullmatch(
        r"[\s,，。]*(?:嗯|呃|哦|就|应该|大概|好像|地点|位置|地址|事故|发生|是|在|于|:|：|,|，)*(?P<place>[^\x00]{2,40}?)(?:吧|啊|呢|了|的|这里|那里|这边|那边|上|里|发生的?|出的?事?|出事的?|[\s,，。!！~])*",
        text,
    )
    if not match or _NO_ANSWER.search(text) or not re.search(r"[一-龥A-Z]", match["place"]):
        return None
    if re.fullmatch(
        r"(?:(?:[一二两三四五六七八九十]+|\d+)(?:个|位|名|人){0,2}|没有?|是的?|对的?|好的?|不是|可以|行|嗯+|不|继续|确认|第.项.*|谢谢|你好)[啊呀吧呢的了]?",
        match["place"],
    ):
        return None
    return Found("location", match["place"], *match.span("place"), 1)


def read(sentence: Sentence) -> None:
    """Takes location candidates by weight; resolve keeps one. An answer to the bot's question may be a whole sentence."""
    text = sentence.rest
    found = _candidates(text)
    labelled = _LABELLED.search(text)
    if labelled and not any(f.start <= labelled.start("place") and f.end >= labelled.end("place") for f in found):
        found = [f for f in found if not labelled.start("place") <= f.start < labelled.end("place")]
        found.append(Found("location", labelled["place"], *labelled.span("place"), 9))
    common = None if any(f.weight >= 6 for f in found) else _common(text)
    if common and not any(f.start <= common.start < f.end for f in found):
        # 家里被盗了，科苑路8号: an address says more than the room.
        addressed = any(re.search(r"\d|[路街道巷号弄]", f.value) for f in found)
        named = any(f.weight >= 4 for f in found) and common.value.startswith(("路", "马路", "高速"))
        found.append(common._replace(weight=1) if addressed or named else common)
    if not found:
        landmark = _landmark(text)
        found = [landmark] if landmark else []
    if not found and sentence.awaiting == "location":
        whole = _whole(sentence)
        found = [whole] if whole else []
    for place in found:
        sentence.take(place._replace(value=sentence.said(place.start, place.end).strip()))
