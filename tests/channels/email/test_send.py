"""Notices to a mail server, over real SMTP."""

from __future__ import annotations

import ssl
from dataclasses import replace

import pytest

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure, SendFailed
from channels.email import send
from channels.email.console import ConsoleEmail
from channels.email.send import SmtpEmail
from channels.email.settings import EmailSettings
from channels.email.setup import sender as chosen
from channels.email.setup import state
from lipei.settings import Settings
from standins.email.server import BREAK_OFF, MailServer
from tests.channels.email.conftest import LOGIN

NOTICE = Outbound("zhang.wei@example.com", "您的案件已受理。", "progress", "progress:C1:accepted")


async def test_a_notice(sender: SmtpEmail, server: MailServer) -> None:
    given = await sender.send(NOTICE)
    (mail,) = server.mails
    assert (mail.sender, mail.receiver) == ("notice@example.com", "zhang.wei@example.com")
    assert mail.message["Message-ID"] == given
    assert str(mail.message["From"]) == "理赔助手 <notice@example.com>"


@pytest.mark.parametrize(
    ("command", "reply", "error"),
    [
        ("EHLO", "421 4.3.2 closing", PassingFailure),
        ("AUTH", "535 5.7.8 wrong user or password", PassingFailure),
        ("AUTH", "454 4.7.0 not now", PassingFailure),
        ("MAIL", "451 4.3.0 not now", PassingFailure),
        ("MAIL", "550 5.7.1 you may not send as this", MessageRefused),
        ("RCPT", "450 4.2.0 greylisted", PassingFailure),
        ("RCPT", "452 4.2.2 mailbox full", PassingFailure),
        ("RCPT", "550 5.1.1 no such user", AddressGone),
        ("RCPT", "550 no such user", AddressGone),
        ("RCPT", "550 5.2.1 mailbox disabled", AddressGone),
        ("RCPT", "552 5.2.2 mailbox full for good", MessageRefused),
        ("RCPT", "554 5.7.1 rejected as spam", MessageRefused),
        ("DATA", "451 4.3.0 not now", PassingFailure),
        ("text", "451 4.7.1 come back later", PassingFailure),
        ("text", "554 5.6.0 not this content", MessageRefused),
        ("MAIL", BREAK_OFF, PassingFailure),
        ("text", BREAK_OFF, PassingFailure),
    ],
)
async def test_what_a_server_says_against_it(
    sender: SmtpEmail, server: MailServer, command: str, reply: str, error: type[SendFailed]
) -> None:
    server.say(command, *[reply] * 2)  # EHLO is followed by HELO, AUTH PLAIN by nothing
    if command == "EHLO":
        server.say("HELO", reply)
    with pytest.raises(error) as caught:
        await sender.send(NOTICE)
    assert type(caught.value) is error
    assert "zhang" not in str(caught.value)
    assert server.mails == []
    server.replies.clear()
    await sender.send(NOTICE)
    assert len(server.mails) == 1


async def test_a_connection_that_breaks_after_the_text_sends_again_under_the_same_id(
    sender: SmtpEmail, server: MailServer
) -> None:
    server.say_after_taking(BREAK_OFF)
    with pytest.raises(PassingFailure):
        await sender.send(NOTICE)
    await sender.send(NOTICE)
    first, second = (mail.message["Message-ID"] for mail in server.mails)
    assert first == second


async def test_a_farewell_that_fails_changes_nothing(sender: SmtpEmail, server: MailServer) -> None:
    server.say("QUIT", BREAK_OFF)
    assert await sender.send(NOTICE)
    assert len(server.mails) == 1


async def test_a_server_that_hangs_or_is_not_there(
    sender: SmtpEmail, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "TIMEOUT_SECONDS", 0.2)
    server.banner = "220-and so on"  # a first line to which a second belongs
    with pytest.raises(PassingFailure):
        await sender.send(NOTICE)
    server.stop()
    with pytest.raises(PassingFailure):
        await sender.send(NOTICE)


async def test_no_server_is_asked_about_what_is_no_address(sender: SmtpEmail, server: MailServer) -> None:
    with pytest.raises(AddressGone):
        await sender.send(replace(NOTICE, address="zhang@example.com\nRCPT TO:<li@example.com>"))
    assert server.commands == []


@pytest.mark.parametrize(("scheme", "implicit"), [("smtp", False), ("smtps", True)])
async def test_over_tls(context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch, scheme: str, implicit: bool) -> None:
    server = MailServer(login=LOGIN, tls=context, implicit_tls=implicit).start()
    monkeypatch.setenv("LIPEI_SMTP_URL", f"{scheme}://notice%40example.com:p%40ss%2Fword@127.0.0.1:{server.port}")
    await SmtpEmail(EmailSettings.read(), "").send(NOTICE)
    assert len(server.mails) == 1
    assert ("STARTTLS" in server.commands) is not implicit
    server.stop()


async def test_a_certificate_that_nobody_knows_is_refused(
    context: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = MailServer(login=LOGIN, tls=context).start()
    monkeypatch.delenv("SSL_CERT_FILE")
    monkeypatch.setenv("LIPEI_SMTP_URL", f"smtp://notice%40example.com:p%40ss%2Fword@127.0.0.1:{server.port}")
    with pytest.raises(PassingFailure, match="SSLCertVerificationError"):
        await SmtpEmail(EmailSettings.read(), "").send(NOTICE)
    assert "AUTH" not in server.commands
    server.stop()


async def test_a_password_leaves_this_machine_over_tls_only(
    sender: SmtpEmail, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "_is_this_machine", lambda host: False)
    with pytest.raises(PassingFailure, match="TLS"):
        await sender.send(NOTICE)
    assert "AUTH" not in server.commands


@pytest.mark.parametrize(
    ("environment", "shown"),
    [
        ({"LIPEI_SMTP_URL": "smtp://127.0.0.1:25"}, "理赔助手 <no-reply@lipei.example.com>"),
        ({"LIPEI_SMTP_URL": "smtp://apikey:x@127.0.0.1"}, "理赔助手 <no-reply@lipei.example.com>"),
        ({"LIPEI_SMTP_URL": "smtp://a%40b.com:x@127.0.0.1"}, "理赔助手 <a@b.com>"),
        ({"LIPEI_SMTP_URL": "smtp://h", "LIPEI_SMTP_FROM": "某某保险 <n@example.com>"}, "某某保险 <n@example.com>"),
    ],
)
def test_who_it_is_from(environment: dict[str, str], shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    made = chosen(Settings(public_url="https://lipei.example.com"))
    assert isinstance(made, SmtpEmail)
    assert str(made._sender) == shown


@pytest.mark.parametrize(("demo", "shown"), [(True, True), (False, False)])
async def test_the_console_twin_is_there_by_default(demo: bool, shown: bool, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    twin = chosen(Settings(demo=demo))
    assert isinstance(twin, ConsoleEmail)
    assert state(Settings()).startswith("on (console")
    await twin.send(NOTICE)
    assert ("已受理" in caplog.text) is shown
    assert ("zhang.wei@example.com" in caplog.text) is shown
