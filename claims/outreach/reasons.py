"""Reasons in words: why a due row was sent, waits, or will not be sent."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

import yaml

from claims import clock
from claims.models import DueRow

CHANNEL_NAMES = {
    "wechat": "微信",
    "sms": "短信",
    "voice": "电话",
    "telegram": "Telegram",
    "email": "邮件",
    "webchat": "网页聊天",
}
REFUSALS = {
    "off": "渠道未开通",
    "gone": "地址无法送达",
    "no_consent": "客户不同意",
    "window": "超出微信48小时窗口且没有模板消息",
    "calls": "今天已经打过电话",
}


@cache
def sentences() -> dict[str, str]:
    """Every reason by its code."""
    found: dict[str, str] = yaml.safe_load(Path(__file__).with_name("reasons.yml").read_text(encoding="utf-8"))
    return found


def tell(row: DueRow) -> str:
    """Why, in one Chinese sentence. A purpose's own reason may carry its sentence as the value `text`."""
    code = row.reason or "planned"
    values = {name: _shown(name, value) for name, value in (row.reason_values or {}).items()}
    if code in sentences():
        return sentences()[code].format(**values)
    return str(values.get("text", code))


def brief(code: str) -> str:
    """A reason without its values, for counting."""
    return sentences().get(code, code).split("：{")[0].split("（{")[0]


def _shown(name: str, value: object) -> str:
    if name == "until":
        return f"{clock.local(datetime.fromisoformat(str(value))):%m月%d日%H:%M}"
    if name == "channel":
        return CHANNEL_NAMES.get(str(value), str(value))
    if name == "channels" and isinstance(value, dict):
        named = [f"{CHANNEL_NAMES.get(channel, channel)}{REFUSALS.get(why, why)}" for channel, why in value.items()]
        return "；".join(named) or "客户没有留下联系方式"
    return str(value)
