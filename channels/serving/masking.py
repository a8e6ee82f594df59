"""Personal data never stands in clear in a log line: phones, identity numbers, plates, cards, addresses, tokens."""

import logging
import re
import traceback

UNMASKED = "unmasked"
"""`extra` name of a record that stays as it is: the text messages of demonstration people, nothing else."""

_PROVINCES = "京津沪渝冀豫云雲辽遼黑湘皖鲁魯新苏蘇浙赣贛鄂桂甘晋晉蒙陕陝吉闽閩贵貴粤粵青藏川宁寧琼瓊使领領"

_RULES: tuple[tuple[re.Pattern[str], str], ...] = (
    # Secrets first: what looks like a token goes whole.
    (re.compile(r"(?i)(?<![A-Za-z])(bearer\s+)[^\s\"',;]+"), r"\1***"),
    (
        re.compile(
            r"(?i)([\"']?(?<![A-Za-z])(?:token|access_token|password|secret|api_key|authorization)[\"']?\s*[=:]\s*[\"']?)"
            r"(?!bearer\b)[^\s\"'&,;}]+"
        ),
        r"\1***",
    ),
    (re.compile(r"(?<![A-Za-z0-9_-])b_[A-Za-z0-9_-]{6,}"), "b_***"),
    # A Telegram bot's token: it stands in every address of its API.
    (re.compile(r"(?<!\d)(\d{3,20}):[A-Za-z0-9_-]{20,}"), r"\1:***"),
    (re.compile(r"(://[^/\s:@]*:)[^@\s/]+@"), r"\1***@"),
    # Identity card: 6 digits of the place, the rest hidden but for the last two.
    (re.compile(r"(?<![0-9A-Za-z])([1-9]\d{2})\d{13}([0-9Xx]{2})(?![0-9A-Za-z])"), r"\1*************\2"),
    (re.compile(r"(?<![0-9A-Za-z])\d{12,15}(\d{4})(?![0-9A-Za-z])"), r"************\1"),
    (re.compile(r"(?<!\d)((?:\+?86[ -]?)?1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})(?!\d)"), r"\1****\2"),
    (re.compile(r"(?<!\d)\+(?!86)\d{2,8}(\d{3})(?!\d)"), r"+****\1"),
    (re.compile(rf"([{_PROVINCES}][A-Z])[·\s]?[A-Z0-9]{{3,4}}([A-Z0-9挂学警港澳]{{2}})(?![A-Z0-9])", re.I), r"\1***\2"),
    (re.compile(r"([A-Za-z0-9._%+-])[A-Za-z0-9._%+-]*@([A-Za-z0-9-]+\.[A-Za-z0-9.-]+)"), r"\1***@\2"),
)


def mask(text: str) -> str:
    """The same text with every personal value and secret in it hidden. Claim and policy numbers stay readable."""
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text


class MaskingFilter(logging.Filter):
    """Masks a record before any handler formats it: message, arguments and traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, UNMASKED, False):
            return True
        record.msg = mask(record.getMessage())
        record.args = None
        if record.exc_info and record.exc_info[0] is not None:
            record.exc_text = mask("".join(traceback.format_exception(*record.exc_info)).rstrip())
        elif record.exc_text:
            record.exc_text = mask(record.exc_text)
        return True
