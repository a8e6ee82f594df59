"""A channel is on with all its secrets, off without, and a malformed one stops the start."""

from __future__ import annotations

import pytest

from channels.email.settings import EmailSettings
from channels.settings import ProviderSettings
from channels.sms.aliyun.settings import AliyunSmsSettings
from channels.telegram.settings import TelegramSettings
from channels.twilio.settings import TwilioSettings
from channels.wechat.settings import WeChatSettings
from lipei.settings import SettingsError

RIGHT: dict[type[ProviderSettings], dict[str, str]] = {
    WeChatSettings: {
        "LIPEI_WECHAT_APPID": "wx0123456789abcdef",
        "LIPEI_WECHAT_APPSECRET": "s" * 32,
        "LIPEI_WECHAT_TOKEN": "token",
    },
    TwilioSettings: {
        "LIPEI_TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "LIPEI_TWILIO_AUTH_TOKEN": "f" * 32,
        "LIPEI_TWILIO_FROM": "+8613800138000",
    },
    AliyunSmsSettings: {
        "LIPEI_ALIYUN_SMS_ACCESS_KEY_ID": "LTAI123",
        "LIPEI_ALIYUN_SMS_ACCESS_KEY_SECRET": "s3cret",
        "LIPEI_ALIYUN_SMS_SIGN_NAME": "理赔助手",
    },
    TelegramSettings: {
        "LIPEI_TELEGRAM_BOT_TOKEN": "123456:" + "A" * 35,
        "LIPEI_TELEGRAM_SECRET_TOKEN": "s" * 32,
    },
    EmailSettings: {"LIPEI_SMTP_URL": "smtps://user:password@mail.example.com:465"},
}
WRONG = [
    (WeChatSettings, "LIPEI_WECHAT_APPID", "gh_98765"),
    (WeChatSettings, "LIPEI_WECHAT_AES_KEY", "tooshort"),
    (WeChatSettings, "LIPEI_WECHAT_API_BASE", "api.weixin.qq.com"),
    (TwilioSettings, "LIPEI_TWILIO_ACCOUNT_SID", "SK0"),
    (TwilioSettings, "LIPEI_TWILIO_AUTH_TOKEN", "not hexadecimal"),
    (TwilioSettings, "LIPEI_TWILIO_FROM", "02012345678"),
    (AliyunSmsSettings, "LIPEI_ALIYUN_SMS_SIGN_NAME", "【理赔】"),
    (TelegramSettings, "LIPEI_TELEGRAM_BOT_TOKEN", "token"),
    (TelegramSettings, "LIPEI_TELEGRAM_SECRET_TOKEN", "short"),
    (EmailSettings, "LIPEI_SMTP_URL", "mail.example.com"),
    (EmailSettings, "LIPEI_SMTP_URL", "smtp://mail.example.com:99999"),
    (EmailSettings, "LIPEI_SMTP_FROM", "某某保险"),
    (EmailSettings, "LIPEI_SMTP_FROM", "notice@example.com\nBcc: zhang@example.com"),
    (EmailSettings, "LIPEI_SMTP_UNSUBSCRIBE", "http://example.com/stop"),
]


@pytest.mark.parametrize("kind", RIGHT)
def test_off_then_half_then_on(kind: type[ProviderSettings], monkeypatch: pytest.MonkeyPatch) -> None:
    names = list(RIGHT[kind])
    assert kind.read().state() == f"off: set {', '.join(names)}"
    monkeypatch.setenv(names[0], RIGHT[kind][names[0]])
    if len(names) > 1:
        assert kind.read().state() == f"off: half set up, set {', '.join(names[1:])}"
    for name, value in RIGHT[kind].items():
        monkeypatch.setenv(name, value)
    assert (kind.read().state(), kind.read().on) == ("on", True)


@pytest.mark.parametrize(("kind", "name", "value"), WRONG)
def test_a_malformed_one_is_named_and_not_shown(
    kind: type[ProviderSettings], name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        kind.read()
    assert str(caught.value).startswith(f"{name}: ")
    assert value not in str(caught.value)


@pytest.mark.parametrize("kind", RIGHT)
def test_secrets_are_not_shown(kind: type[ProviderSettings], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in RIGHT[kind].items():
        monkeypatch.setenv(name, value)
    shown = repr(kind.read())
    assert not any(RIGHT[kind][name] in shown for name in RIGHT[kind] if name.endswith(("TOKEN", "SECRET", "URL")))
