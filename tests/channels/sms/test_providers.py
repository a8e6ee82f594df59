"""Whatever provider sends: the same promises, and which one it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from channels import registry
from channels.base import AddressGone, Outbound, Sends
from channels.rendering import render
from channels.sms import setup
from lipei.settings import Settings
from standins.aliyun.messages import Messages as AliyunMessages
from standins.twilio.account import Account
from standins.twilio.messages import Messages as TwilioMessages
from tests.channels.support import Server

CODE = Outbound("13800138001", "【理赔助手】验证码 123456，10分钟内有效。", "one_time_code", "code:1")
TWILIO, ALIYUN = Account(), AliyunMessages().account
SECRETS = {
    "twilio": {
        "LIPEI_TWILIO_ACCOUNT_SID": TWILIO.sid,
        "LIPEI_TWILIO_AUTH_TOKEN": TWILIO.token,
        "LIPEI_TWILIO_FROM": TWILIO.number,
    },
    "aliyun": {
        "LIPEI_ALIYUN_SMS_ACCESS_KEY_ID": ALIYUN.key_id,
        "LIPEI_ALIYUN_SMS_ACCESS_KEY_SECRET": ALIYUN.secret,
        "LIPEI_ALIYUN_SMS_SIGN_NAME": ALIYUN.sign_name,
        "LIPEI_ALIYUN_SMS_TEMPLATE_CODE": "SMS_100000001",
    },
    "console": {},
}


def configure(monkeypatch: pytest.MonkeyPatch, *names: str) -> None:
    for name in names:
        for variable, value in SECRETS[name].items():
            monkeypatch.setenv(variable, value)


@pytest.fixture(params=list(SECRETS))
def provider(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sends]:
    """Each provider's sender, in front of its stand-in."""
    twilio = TwilioMessages(TWILIO)
    twilio.faults.fate[f"+86{CODE.address}"] = "silent"
    routes = [*twilio.routes(), *AliyunMessages().routes()]
    server = Server(Starlette(routes=routes)).start()
    configure(monkeypatch, request.param)
    monkeypatch.setenv("LIPEI_TWILIO_API_BASE", server.url)
    monkeypatch.setenv("LIPEI_ALIYUN_SMS_API_BASE", server.url)
    sender = registry.senders(Settings())["sms"]
    yield sender
    server.stop()


async def test_a_message_gets_an_id(provider: Sends) -> None:
    first = await provider.send(CODE)
    second = await provider.send(replace(CODE, dedupe_key="code:2"))
    assert first and second and first != second


@pytest.mark.parametrize("address", ["+8613800138001", "138 0013 8001", "0086-13800138001"])
async def test_a_number_in_any_form(provider: Sends, address: str) -> None:
    assert await provider.send(replace(CODE, address=address))


async def test_what_is_no_number_is_gone(provider: Sends) -> None:
    with pytest.raises(AddressGone):
        await provider.send(replace(CODE, address="12"))


async def test_every_part_of_the_longest_reply_is_taken(provider: Sends) -> None:
    long = replace(CODE, text="请把下面的材料拍照发来，一样一样发也可以。" * 100, purpose="reply")
    parts = render(long, provider.limits)  # type: ignore[attr-defined]
    assert len(parts) > 1
    for part in parts:
        assert await provider.send(part)


@pytest.mark.parametrize(
    ("configured", "named", "sends"),
    [
        ((), None, "console"),
        (("twilio",), None, "twilio"),
        (("aliyun",), None, "aliyun"),
        (("aliyun", "twilio"), None, "twilio"),
        (("aliyun", "twilio"), "aliyun", "aliyun"),
        (("aliyun", "twilio"), "console", "console"),
    ],
)
def test_who_sends(monkeypatch: pytest.MonkeyPatch, configured: tuple[str, ...], named: str | None, sends: str) -> None:
    configure(monkeypatch, *configured)
    settings = Settings(sms_provider=named)
    assert setup.provider(settings) == sends
    assert sends in dict(registry.states(settings))["sms"]
    names = [webhook.name.split("/") for webhook in registry.webhooks(settings)]
    assert {name[1] for name in names if name[0] == "sms"} == set(configured)


def test_one_that_is_named_and_not_set_up_is_off() -> None:
    settings = Settings(sms_provider="twilio")
    assert dict(registry.states(settings))["sms"].startswith("off: set LIPEI_TWILIO")
    assert "sms" not in registry.senders(settings)
