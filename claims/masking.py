"""Personal data as it may be shown to those who need not read it whole: logs, lists, other roles."""

import re

_LONG_NUMBER = re.compile(r"(?<!\d)(\d{3})\d{4,12}(\d{3}[\dXx])(?!\d)")
_CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")


def phone(value: str) -> str:
    """138****8001; anything too short to mask is hidden altogether."""
    return f"{value[:3]}****{value[-4:]}" if len(value) >= 9 else "****"


def tail(value: str) -> str:
    """The last four characters, as in "尾号8001"."""
    return value[-4:]


def id_card(value: str) -> str:
    """110***********8515."""
    return f"{value[:3]}{'*' * (len(value) - 7)}{value[-4:]}" if len(value) >= 15 else "****"


def name(value: str) -> str:
    """张伟 → 张*, 欧阳小明 → 欧**明."""
    if len(value) <= 2:
        return value[:1] + "*" * (len(value) - 1)
    return value[0] + "*" * (len(value) - 2) + value[-1]


def text(value: str) -> str:
    """Free text with phones, identity cards and one-time codes hidden."""
    return _CODE.sub("******", _LONG_NUMBER.sub(r"\1****\2", value))
