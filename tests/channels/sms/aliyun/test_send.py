"""Sending to a server that checks signature, template and variables as the provider's documents say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure
from channels.sms.aliyun.send import AliyunSms
from channels.sms.aliyun.settings import AliyunSmsSettings
from standins.aliyun.messages import Messages
from tests.channels.support import Server

MESSAGE = Outbound("+8613800138001", "您好，请问发生了什么？", "reply", "message:1")
CODE = replace(MESSAGE, text="【理赔助手】验证码 123456，10分钟内有效。", purpose="one_time_code")


@pytest.fixture
def provider() -> Messages:
    return Messages()


@pytest.fixture
def api(provider: Messages) -> Iterator[str]:
    server = Server(Starlette(routes=provider.routes())).start()
    yield server.url
    server.stop()


def sender(provider: Messages, api: str, **other: str) -> AliyunSms:
    account = provider.account
    values = {
        "access_key_id": account.key_id,
        "access_key_secret": account.secret,
        "sign_name": account.sign_name,
        "template_code": "SMS_100000001",
        "api_base": api,
    }
    return AliyunSms(AliyunSmsSettings(**{**values, **other}))  # type: ignore[arg-type]


async def test_a_reply_is_signed_and_templated(provider: Messages, api: str) -> None:
    biz_id = await sender(provider, api).send(MESSAGE)
    (sent,) = provider.sent
    assert (sent.biz_id, sent.to, sent.out_id) == (biz_id, "13800138001", "message:1")
    assert (sent.template, sent.values) == ("SMS_100000001", {"content": MESSAGE.text})
    assert sent.body == f"【理赔助手】{MESSAGE.text}"


async def test_a_code_goes_out_in_its_own_template(provider: Messages, api: str) -> None:
    await sender(provider, api, code_template="SMS_100000002").send(CODE)
    await sender(provider, api).send(CODE)
    assert [sent.values for sent in provider.sent] == [
        {"code": "123456"},
        {"content": "验证码 123456，10分钟内有效。"},
    ]


async def test_the_same_message_again_is_another_request_with_the_same_key_of_ours(
    provider: Messages, api: str
) -> None:
    own = sender(provider, api)
    assert await own.send(MESSAGE) != await own.send(MESSAGE)
    assert [sent.out_id for sent in provider.sent] == ["message:1", "message:1"]


async def test_a_number_abroad_keeps_its_code(provider: Messages, api: str) -> None:
    await sender(provider, api).send(replace(MESSAGE, address="+85261234567"))
    assert provider.sent[0].to == "85261234567"


@pytest.mark.parametrize(
    ("code", "words", "failure", "wait"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", "触发分钟级流控Permits:1", PassingFailure, 60.0),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发小时级流控Permits:5", PassingFailure, 3_600.0),
        ("isv.BUSINESS_LIMIT_CONTROL", "触发天级流控Permits:10", PassingFailure, 21_600.0),
        ("isp.SYSTEM_ERROR", "", PassingFailure, None),
        ("Throttling.User", "", PassingFailure, None),
        ("isv.AMOUNT_NOT_ENOUGH", "", PassingFailure, None),
        ("503", "", PassingFailure, None),
        ("isv.MOBILE_NUMBER_ILLEGAL", "", AddressGone, None),
        ("isv.SMS_TEMPLATE_ILLEGAL", "", MessageRefused, None),
        ("isv.BLACK_KEY_CONTROL_LIMIT", "", MessageRefused, None),
    ],
)
async def test_what_the_provider_refuses(
    provider: Messages, api: str, code: str, words: str, failure: type[Exception], wait: float | None
) -> None:
    provider.refusals = [(code, words)]
    with pytest.raises(failure) as raised:
        await sender(provider, api).send(MESSAGE)
    assert getattr(raised.value, "retry_after", None) == wait
    await sender(provider, api).send(MESSAGE)
    assert len(provider.sent) == 1


@pytest.mark.parametrize(
    ("wrong", "failure"),
    [
        ({"access_key_secret": "another"}, PassingFailure),
        ({"access_key_id": "another"}, PassingFailure),
        ({"api_base": "http://127.0.0.1:9"}, PassingFailure),
        ({"sign_name": "别家"}, MessageRefused),
        ({"template_code": "SMS_1"}, MessageRefused),
        ({"template_param": "text"}, MessageRefused),
    ],
)
async def test_our_own_mistakes(provider: Messages, api: str, wrong: dict[str, str], failure: type[Exception]) -> None:
    with pytest.raises(failure):
        await sender(provider, api, **wrong).send(MESSAGE)
    assert provider.sent == []
