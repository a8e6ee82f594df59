"""What the provider pushes: a customer's text messages, and what became of ours. Each push has 700 ms."""

from __future__ import annotations

import itertools
import json
import time
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx

from standins.aliyun.messages import Messages, Sent

SECONDS = 0.7
_sequence = itertools.count(1_000_000_001)


def now() -> str:
    """Beijing time, as the provider writes it."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).strftime("%Y-%m-%d %H:%M:%S")


class SmsCustomer:
    """address: the one entered in the provider's console for SmsUp and SmsReport, with its token."""

    def __init__(self, messages: Messages, number: str, address: str) -> None:
        self.messages, self.number, self.address = messages, number, address
        self._read = 0

    @property
    def inbox(self) -> list[str]:
        """Every text that arrived on this phone, oldest first."""
        return [sent.body for sent in self.messages.sent if sent.to == self.number]

    def element(self, text: str) -> dict[str, Any]:
        """One message of an SmsUp array."""
        return {
            "phone_number": self.number,
            "send_time": now(),
            "content": text,
            "sign_name": self.messages.account.sign_name,
            "dest_code": "8001",
            "sequence_id": next(_sequence),
        }

    def report(self, sent: Sent, code: str = "DELIVERED") -> dict[str, Any]:
        """One element of an SmsReport array."""
        return {
            "phone_number": sent.to,
            "send_time": now(),
            "report_time": now(),
            "success": code == "DELIVERED",
            "err_code": code,
            "err_msg": "用户接收成功" if code == "DELIVERED" else "发送失败",
            "sms_size": "1",
            "biz_id": sent.biz_id,
            "out_id": sent.out_id,
        }

    def push(self, elements: list[dict[str, Any]], times: int = 1, seconds: float = SECONDS) -> list[httpx.Response]:
        """Deliver an array, `times` times. httpx.TimeoutException when the answer takes too long."""
        body = json.dumps(elements, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json;charset=utf-8"}
        with httpx.Client(timeout=seconds, trust_env=False) as http:
            return [http.post(self.address, content=body, headers=headers) for _ in range(times)]

    def says(self, text: str, quiet: float = 1.0, patience: float = 15.0) -> list[str]:
        """Send a message and wait for what is answered: all that arrives until nothing has for `quiet` seconds."""
        self._read = len(self.inbox)
        self.push([self.element(text)])
        return list(self._answers(quiet, patience))

    def _answers(self, quiet: float, patience: float) -> Iterator[str]:
        end = time.monotonic() + patience
        while time.monotonic() < end:
            arrived = self.inbox
            if len(arrived) > self._read:
                yield from arrived[self._read :]
                self._read, end = len(arrived), time.monotonic() + quiet
            time.sleep(0.02)
