"""The provider's arrays: what customers wrote (SmsUp), and what became of our messages (SmsReport).

https://help.aliyun.com/zh/sms/developer-reference/smsup-1 and /smsreport-2
"""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from channels.base import DeliveryReport, Inbound, Kind, Malformed

CHANNEL = "sms"
BEIJING = ZoneInfo("Asia/Shanghai")
GONE = frozenset({"MOBILE_NOT_ON_SERVICE", "MOBILE_IN_BLACK", "USER_REJECT"})
"""Not in use, on the operator's or the provider's list of those who want nothing."""
_PHONE = re.compile(r"\+?\d{5,20}")


def parse(body: bytes, arrived: datetime) -> list[Inbound | DeliveryReport]:
    """Every element that can be read. Malformed when it is no array, or none of its elements can.

    One that cannot be read does not keep the others out: the provider would send the same array again and again.
    """
    try:
        elements = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Malformed(f"not JSON: {type(error).__name__}") from error
    if not isinstance(elements, list):
        raise Malformed("not an array")
    found = [read for element in elements if (read := _read(element, arrived)) is not None]
    if elements and not found:
        raise Malformed("no element that is a message or a report")
    return found


def _read(element: Any, arrived: datetime) -> Inbound | DeliveryReport | None:
    if not isinstance(element, dict):
        return None
    return _report(element) if "success" in element or "err_code" in element else _message(element, arrived)


def _message(element: dict[str, Any], arrived: datetime) -> Inbound | None:
    phone, text = str(element.get("phone_number") or ""), element.get("content")
    if not _PHONE.fullmatch(phone) or not isinstance(text, str):
        return None
    provider_id = f"aliyun:{_number(element, phone, text)}"
    kind = Kind.TEXT if text.strip() else Kind.UNKNOWN
    return Inbound(CHANNEL, phone, provider_id, kind, _moment(element, arrived), text=text)


def _number(element: dict[str, Any], phone: str, text: str) -> str:
    """The sequence id; where there is none, what is the same at every resend of this message and of no other."""
    given = element.get("sequence_id")
    if isinstance(given, int | str) and str(given).strip():
        return str(given).strip()[:64]
    whole = f"{phone}\n{element.get('send_time')}\n{text}"
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _moment(element: dict[str, Any], arrived: datetime) -> datetime:
    try:
        said = datetime.strptime(str(element.get("send_time")), "%Y-%m-%d %H:%M:%S").replace(tzinfo=BEIJING)
    except ValueError:
        return arrived
    return min(said, arrived)


def _report(element: dict[str, Any]) -> DeliveryReport | None:
    biz_id = element.get("biz_id")
    if not isinstance(biz_id, str) or not biz_id:
        return None
    if element.get("success") is True:
        return DeliveryReport(biz_id, delivered=True)
    code = re.sub(r"\W", "", str(element.get("err_code") or "unknown"))[:40]
    return DeliveryReport(biz_id, delivered=False, error=code, address_gone=code in GONE)
