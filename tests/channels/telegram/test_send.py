"""Messages to the Bot API and files from it, through the real client library."""

from __future__ import annotations

from dataclasses import replace

import pytest

from channels.base import AddressGone, MessageRefused, Outbound, PassingFailure
from channels.gateway.files import ATTACHMENT_BYTES, NotTaken
from channels.rendering import render
from channels.telegram import send
from channels.telegram.send import LIMITS, TelegramClient
from channels.telegram.settings import TelegramSettings
from standins.telegram.server import Fault, TelegramServer

CHAT = 38_001_001
HELLO = Outbound(str(CHAT), "您好", "reply", "message:1")
TOKEN = "b_3DIVILJ7wEaVk6t06TP55Pra"


@pytest.fixture
def client(telegram: TelegramServer, own: TelegramSettings) -> TelegramClient:
    telegram.chats.known.add(CHAT)
    return TelegramClient(own)


def keyboard(telegram: TelegramServer) -> list[list[str]]:
    rows = telegram.chats.sent[-1]["reply_markup"]["inline_keyboard"]
    return [[button["text"] for button in row] for row in rows]


async def test_a_text(client: TelegramClient, telegram: TelegramServer) -> None:
    assert await client.send(HELLO) == f"{CHAT}:1"
    assert telegram.chats.sent[0]["text"] == "您好"
    assert "reply_markup" not in telegram.chats.sent[0]


async def test_buttons_lie_side_by_side_where_there_is_room(client: TelegramClient, telegram: TelegramServer) -> None:
    titles = ["确认", "不是", "换一个时间再来现场查勘可以吗", "车险", "财产险", "意外险", "健康险", "责任险"]
    await client.send(replace(HELLO, buttons=[(title, TOKEN) for title in titles]))
    assert keyboard(telegram) == [["确认", "不是"], [titles[2], "车险"], ["财产险", "意外险", "健康险", "责任险"]]


async def test_a_long_text_is_sent_in_parts_that_telegram_takes(
    client: TelegramClient, telegram: TelegramServer
) -> None:
    long = replace(HELLO, text="😟" * 5_000, buttons=[("确认", TOKEN)])
    for part in render(long, LIMITS):
        await client.send(part)
    assert [len(message["text"]) for message in telegram.chats.sent] == [2048, 2048, 904]
    assert keyboard(telegram) == [["确认"]]
    with pytest.raises(MessageRefused):
        await client.send(long)


async def test_what_was_taken_is_not_sent_again_because_the_answer_cannot_be_read(
    client: TelegramClient, telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def briefly(values: dict[str, str]) -> dict[str, object]:
        return {"message_id": 5}

    monkeypatch.setattr(telegram, "_sendMessage", briefly)
    assert await client.send(HELLO) is None


@pytest.mark.parametrize(
    ("fault", "retry_after"),
    [
        (Fault("sendMessage", 429, retry_after=7), 7.0),
        (Fault("sendMessage", 500), None),
        (Fault("sendMessage", 502), None),
        (Fault("sendMessage", 409), None),
    ],
)
async def test_what_passes_is_tried_again(
    client: TelegramClient, telegram: TelegramServer, fault: Fault, retry_after: float | None
) -> None:
    telegram.faults.append(fault)
    with pytest.raises(PassingFailure) as caught:
        await client.send(HELLO)
    assert caught.value.retry_after == retry_after
    await client.send(HELLO)
    assert len(telegram.chats.sent) == 1


async def test_an_answer_that_does_not_come_leaves_it_open_whether_the_message_arrived(
    telegram: TelegramServer, own: TelegramSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "READ_SECONDS", 0.2)
    telegram.chats.known.add(CHAT)
    telegram.faults.append(Fault("sendMessage", hang=2))
    client = TelegramClient(own)
    with pytest.raises(PassingFailure, match="no answer in time"):
        await client.send(HELLO)
    await client.send(HELLO)
    assert [message["text"] for message in telegram.chats.sent] == ["您好", "您好"]


async def test_nobody_there(own: TelegramSettings) -> None:
    client = TelegramClient(own.model_copy(update={"api_base": "http://127.0.0.1:9"}))
    with pytest.raises(PassingFailure, match="not reached"):
        await client.send(HELLO)


async def test_a_wrong_token_is_ours_to_set_right(client: TelegramClient, telegram: TelegramServer) -> None:
    telegram.token = "654321:" + "B" * 35
    with pytest.raises(PassingFailure, match="LIPEI_TELEGRAM_BOT_TOKEN") as caught:
        await client.send(HELLO)
    assert "A" * 35 not in str(caught.value)


async def test_who_blocked_the_bot_is_gone(client: TelegramClient, telegram: TelegramServer) -> None:
    telegram.chats.blocked.add(CHAT)
    with pytest.raises(AddressGone):
        await client.send(HELLO)


@pytest.mark.parametrize("address", ["38001002", "zhang", "", "-100200", "１２３"])
async def test_no_such_chat_is_gone(client: TelegramClient, address: str) -> None:
    with pytest.raises(AddressGone):
        await client.send(replace(HELLO, address=address))


@pytest.mark.parametrize("message", [replace(HELLO, text=" "), replace(HELLO, buttons=[("确认", "x" * 65)])])
async def test_a_message_that_telegram_does_not_take(client: TelegramClient, message: Outbound) -> None:
    with pytest.raises(MessageRefused):
        await client.send(message)


async def test_a_file(client: TelegramClient, telegram: TelegramServer) -> None:
    file = telegram.chats.add_file(b"\xff\xd8\xff...")
    assert (await client.fetch(file["file_id"])).data == b"\xff\xd8\xff..."


@pytest.mark.parametrize("size", [ATTACHMENT_BYTES + 1, 20_000_001])
async def test_a_file_that_is_too_large_is_not_downloaded(
    client: TelegramClient, telegram: TelegramServer, size: int
) -> None:
    file = telegram.chats.add_file(b"x" * size)
    with pytest.raises(NotTaken) as caught:
        await client.fetch(file["file_id"])
    assert caught.value.code == "attachment_too_large"
    assert telegram.calls == ["getFile"]


async def test_a_file_that_is_gone(client: TelegramClient) -> None:
    with pytest.raises(MessageRefused):
        await client.fetch("no-such-file")


async def test_a_file_of_this_machine_is_never_read(
    client: TelegramClient, telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def elsewhere(values: dict[str, str]) -> dict[str, object]:
        return {"file_id": "f", "file_unique_id": "f", "file_size": 10, "file_path": __file__}

    monkeypatch.setattr(telegram, "_getFile", elsewhere)
    with pytest.raises(MessageRefused):
        await client.fetch("f")
