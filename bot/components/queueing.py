"""What customers say who wait for a person: go on waiting, no longer, call me instead, I leave a message."""

from __future__ import annotations

import re
from typing import Optional

_END = r"(?:吧|啊|呀|呢|哦|了|的|嘛|哈|啦|好吗|好不好|行吗|谢谢|[。.!！~～，, ])*"
_LEAD = (
    r"(?:嗯|那|好|行|算了|我|就|还是|请|麻烦|你们?|您|帮我|让(?:人|坐席|客服)|安排人?|直接|要|想|可以"
    r"|能|[，, ])*"
)
# When: at most a dozen characters of day and hour.
_WHEN = r"(?:[^，,。?？吗]{0,14}?)"
_CALL = (
    r"(?:(?:给我|跟我)?(?:回|打)(?:一?个|一?下)?电话?(?:给我)?|给我回电话?|打电话给我|打给我|电话(?:联系|通知)我"
    r"|(?:预约|约|约个|约一个|登记)(?:一下)?回电|改(?:成|为)?(?:电话|回电))"
)
_WAIT = r"(?:继续等(?:待|着)?|接着等|再等(?:等|一会�?|一下)|等着|慢慢等|愿意等)"
_NO_MORE = (
    r"(?:不等|不用等|不想等|不排|不排队|取消排队|退出排队|不转(?:人工)?|不用转(?:人工)?|不用人工|不要人工|取消(?:转)?人工"
    r"|取消回电|不用回电|不用打电话)(?:了|队)?"
)
_PATTERNS = (
    ("book_callback", re.compile(rf"{_LEAD}{_WHEN}{_LEAD}{_CALL}{_END}")),
    ("stay_in_queue", re.compile(rf"{_LEAD}{_WAIT}{_END}")),
    ("leave_queue", re.compile(rf"{_LEAD}{_NO_MORE}{_END}")),
    ("leave_message", re.compile(rf"{_LEAD}(?:留言|留个言|留个?口信|留句话|先留言){_END}")),
)
_LONGEST = 30
# "对方给我打电话了": somebody else called, or nobody is to.
_NOT_OURS = re.compile(r"对方|他|她|别|不要|没|有人|骗|昨|刚|为什么|怎么|已经|[了过]，")


def wish(text: str) -> Optional[str]:
    """The intent behind the phrase, or None."""
    if len(text) > _LONGEST:
        return None
    for intent, pattern in _PATTERNS:
        if pattern.fullmatch(text) and not (intent == "book_callback" and _NOT_OURS.search(text)):
            return intent
    return None
