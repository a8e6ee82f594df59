"""SendSms: checks what the provider checks, and keeps what was sent.

https://help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms
"""

from __future__ import annotations

import asyncio
import json
import re
import secrets
from dataclasses import dataclass, field

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from standins.aliyun.account import Account


@dataclass(frozen=True)
class Sent:
    """A message that was accepted. body: what the template became, with the signature; values: its variables."""

    biz_id: str
    to: str
    body: str
    template: str
    values: dict[str, str]
    out_id: str


@dataclass
class Messages:
    """The API's half. refusals: the codes (with their message) with which the next requests are answered, in order;
    "503" is a gateway that is down. refused: the same for a number, always. slow: seconds before an answer."""

    account: Account = field(default_factory=Account)
    sent: list[Sent] = field(default_factory=list)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    slow: float = 0.0

    def routes(self) -> list[Route]:
        return [Route("/", self._send, methods=["POST"])]

    async def _send(self, request: Request) -> Response:
        await asyncio.sleep(self.slow)
        form = {name: str(value) for name, value in (await request.form()).items()}
        refusal = self.account.refusal(request.method, form)
        if refusal is not None:
            return _answer(refusal[1], refusal[2], refusal[0])
        if self.refusals:
            code, message = self.refusals.pop(0)
            return Response("down", 503) if code == "503" else _answer(code, message)
        wrong = self._wrong(form)
        if wrong is not None:
            return _answer(wrong, "refused")
        values = json.loads(form["TemplateParam"])
        body = f"【{form['SignName']}】{''.join(values.values())}"
        biz_id = f"{secrets.randbelow(10**18):018d}^0"
        to = form["PhoneNumbers"]
        self.sent.append(Sent(biz_id, to, body, form["TemplateCode"], values, form.get("OutId", "")))
        return _answer("OK", "OK", biz_id=biz_id)

    def _wrong(self, form: dict[str, str]) -> str | None:
        if (form.get("Action"), form.get("Version")) != ("SendSms", "2017-05-25"):
            return "InvalidAction.NotFound"
        to = form.get("PhoneNumbers", "")
        if not re.fullmatch(r"1[3-9]\d{9}|(?!1[3-9]\d{9}$)[2-9]\d{6,14}", to):
            return "isv.MOBILE_NUMBER_ILLEGAL"
        if to in self.refused:
            return self.refused[to]
        if form.get("SignName") != self.account.sign_name:
            return "isv.SMS_SIGNATURE_ILLEGAL"
        names = self.account.templates.get(form.get("TemplateCode", ""))
        if names is None:
            return "isv.SMS_TEMPLATE_ILLEGAL"
        try:
            values = json.loads(form.get("TemplateParam", ""))
        except ValueError:
            return "isv.INVALID_JSON_PARAM"
        if not isinstance(values, dict) or any(not isinstance(value, str) for value in values.values()):
            return "isv.INVALID_JSON_PARAM"
        if set(values) != set(names):
            return "isv.TEMPLATE_MISSING_PARAMETERS"
        return "isv.PARAM_LENGTH_LIMIT" if any(len(value) > self.account.most for value in values.values()) else None


def _answer(code: str, message: str, status: int = 200, biz_id: str = "") -> Response:
    body = {"Code": code, "Message": message, "RequestId": secrets.token_hex(8).upper()}
    return JSONResponse({**body, "BizId": biz_id} if biz_id else body, status)
