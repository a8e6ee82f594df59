"""Text messages to the provider's SendSms: every one in an approved template, under a registered signature."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure, SendFailed
from channels.rendering import Limits, utf16_units
from channels.sms.aliyun.settings import AliyunSmsSettings
from channels.sms.aliyun.signing import signed
from channels.sms.numbers import e164

SECONDS = 10.0
ONE_TIME_CODE = "one_time_code"
_LIMITED = (("天", 6 * 3_600.0), ("小时", 3_600.0), ("", 60.0))
"""BUSINESS_LIMIT_CONTROL says in words which limit it is: so many a minute, an hour, a day to one number."""
_OURS = ("isv.AMOUNT", "isv.OUT_OF_SERVICE", "isv.PRODUCT_UN", "isv.ACCOUNT_", "isv.DAY_LIMIT", "isv.MONTH_LIMIT")
"""Ours to mend (no money left, switched off, a limit of the account): the message waits for it."""


class AliyunSms:
    """Sends; one for a gateway process."""

    def __init__(self, settings: AliyunSmsSettings) -> None:
        self._settings = settings
        self._http = httpx.AsyncClient(base_url=settings.api_base, timeout=SECONDS, trust_env=False)
        self.limits = Limits(size=settings.template_chars, unit=utf16_units, buttons=0)

    async def send(self, message: Outbound) -> str | None:
        """The provider's BizId. OutId carries our key along into the provider's records and its report."""
        own = self._settings
        template, values = self._filled(message)
        parameters = {
            "Action": "SendSms",
            "Version": "2017-05-25",
            "RegionId": "cn-hangzhou",
            "PhoneNumbers": e164(message.address).removeprefix("+86").removeprefix("+"),
            "SignName": own.sign_name,
            "TemplateCode": template,
            "TemplateParam": json.dumps(values, ensure_ascii=False),
            "OutId": message.dedupe_key[:255],
        }
        form = signed(parameters, own.access_key_id, own.access_key_secret)
        try:
            answer = await self._http.post("/", data=form)
            said = answer.json()
        except httpx.HTTPError as error:
            raise PassingFailure(f"provider not reached: {type(error).__name__}") from error
        except ValueError as error:
            raise PassingFailure(f"provider answered {answer.status_code} without JSON") from error
        if not isinstance(said, dict) or said.get("Code") != "OK":
            raise _failure(said if isinstance(said, dict) else {}, answer)
        return str(said.get("BizId") or "") or None

    def _filled(self, message: Outbound) -> tuple[str, dict[str, str]]:
        """The template and its variables. The provider puts the signature in front itself."""
        code = re.search(r"(?<!\d)\d{6}(?!\d)", message.text)
        if message.purpose == ONE_TIME_CODE and self._settings.code_template and code:
            return self._settings.code_template, {"code": code[0]}
        text = re.sub(r"^【[^】]*】", "", message.text)
        return self._settings.template_code, {self._settings.template_param: text}


def _failure(said: dict[str, Any], answer: httpx.Response) -> SendFailed:
    """By the provider's code (https://help.aliyun.com/zh/sms/developer-reference/api-error-codes)."""
    code = str(said.get("Code") or answer.status_code)
    error = f"provider: {code}"
    if code == "isv.BUSINESS_LIMIT_CONTROL":
        words = str(said.get("Message") or "")
        return PassingFailure(error, next(seconds for word, seconds in _LIMITED if word in words))
    if code == "isv.MOBILE_NUMBER_ILLEGAL":
        return AddressGone(error)
    if code.startswith("isv.") and not code.startswith(_OURS):
        return MessageRefused(error)
    # isp.SYSTEM_ERROR, Throttling, ServiceUnavailable, a wrong key: nothing is wrong with the message.
    asked = answer.headers.get("retry-after", "")
    return PassingFailure(error, float(asked) if asked.isdigit() else None)
