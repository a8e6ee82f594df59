"""What a notice looks like as an e-mail."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.base import AddressGone, Outbound
from channels.email.compose import compose

AT = datetime(2026, 11, 26, 8, 30, tzinfo=UTC)
SENDER = Address("理赔助手", "notice", "example.com")
NOTICE = Outbound("zhang.wei@example.com", "您好：\n案件已受理 <1>。\n\n谢谢", "progress", "progress:C1:accepted")


def arrived(mail: EmailMessage) -> EmailMessage:
    """As the receiver's program reads it."""
    return message_from_bytes(mail.as_bytes(), policy=default)  # type: ignore[return-value]


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found is not None
    return str(found.get_content()).replace("\r\n", "\n")


def test_headers() -> None:
    mail = arrived(compose(NOTICE, SENDER, AT))
    assert {name: str(mail[name]) for name in ("From", "To", "Subject", "Date", "Auto-Submitted")} == {
        "From": "理赔助手 <notice@example.com>",
        "To": "zhang.wei@example.com",
        "Subject": "理赔进度通知",
        "Date": "Thu, 26 Nov 2026 08:30:00 +0000",
        "Auto-Submitted": "auto-generated",
    }


def test_text_and_page_say_the_same() -> None:
    mail = arrived(compose(NOTICE, SENDER, AT))
    assert part(mail, "plain").startswith("您好：\n案件已受理 <1>。\n\n谢谢\n")
    assert "<p>您好：<br>案件已受理 &lt;1&gt;。</p>\n<p>谢谢</p>" in part(mail, "html")
    for kind in ("plain", "html"):
        assert "本邮件由系统自动发出" in part(mail, kind)


def test_a_resend_has_the_same_id_and_another_notice_another() -> None:
    first, again = compose(NOTICE, SENDER, AT), compose(NOTICE, SENDER, AT.replace(hour=9))
    assert first["Message-ID"] == again["Message-ID"]
    other = compose(replace(NOTICE, dedupe_key="progress:C1:paid"), SENDER, AT)
    assert other["Message-ID"] != first["Message-ID"]
    assert "C1" not in str(first["Message-ID"])


@pytest.mark.parametrize(
    ("wish", "header", "line"),
    [
        ("", "<mailto:notice@example.com?subject=%E9%80%80%E8%AE%A2>", "notice@example.com"),
        ("stop@example.com", "<mailto:stop@example.com?subject=%E9%80%80%E8%AE%A2>", "stop@example.com"),
        ("https://example.com/stop?a=1", "<https://example.com/stop?a=1>", "https://example.com/stop?a=1"),
    ],
)
def test_how_to_have_no_more_of_them(wish: str, header: str, line: str) -> None:
    mail = arrived(compose(NOTICE, SENDER, AT, wish))
    assert str(mail["List-Unsubscribe"]) == header
    assert line in part(mail, "plain")


def test_what_was_asked_for_a_moment_ago_cannot_be_unsubscribed() -> None:
    mail = arrived(compose(replace(NOTICE, purpose="one_time_code"), SENDER, AT))
    assert mail["List-Unsubscribe"] is None
    assert "退订" not in part(mail, "plain")
    assert mail["Subject"] == "您的验证码"


def test_in_the_customers_script() -> None:
    mail = arrived(compose(replace(NOTICE, script="hant"), SENDER, AT))
    assert (str(mail["Subject"]), str(mail["Content-Language"])) == ("理賠進度通知", "zh-Hant")
    assert "系統自動發出" in part(mail, "html")


def test_a_purpose_without_a_subject_of_its_own() -> None:
    assert compose(replace(NOTICE, purpose="something_new"), SENDER, AT)["Subject"] == "理赔通知"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "张伟",
        "13800138001",
        "a@b",
        "@example.com",
        "a b@example.com",
        "zhang@example.com\nBcc: li@example.com",
        "zhang@example.com\r\n\r\nhello",
    ],
)
def test_what_is_no_address_is_gone(address: str) -> None:
    with pytest.raises(AddressGone):
        compose(replace(NOTICE, address=address), SENDER, AT)


def test_a_domain_in_chinese() -> None:
    assert compose(replace(NOTICE, address="zhang@例子.公司"), SENDER, AT)["To"] == "zhang@xn--fsqu00a.xn--55qx5d"


@given(text=st.text(), purpose=st.text(), key=st.text(), address=st.text())
def test_nothing_that_is_said_becomes_a_header(text: str, purpose: str, key: str, address: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    key = key.encode("utf-8", "replace").decode()
    expected = arrived(compose(NOTICE, SENDER, AT)).keys()
    mail = arrived(compose(replace(NOTICE, text=text, purpose=purpose, dedupe_key=key), SENDER, AT))
    assert mail.keys() == expected
    try:
        assert arrived(compose(replace(NOTICE, address=f"{address}@example.com"), SENDER, AT)).keys() == expected
    except AddressGone:
        assert True
