"""What each kind of message becomes, over the example channel's own requests."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from channels import registry
from channels.gateway import fetching
from channels.webhook import Webhook
from claims import clock, conversations, outbox
from claims.database import unit_of_work
from claims.models import Attachment, AttachmentFetch, Conversation, Message
from claims.vocabulary import Author, InboundState, Mode, OutboxState
from tests.channels.conftest import IMPATIENT
from tests.channels.contract.conftest import Connect, Line, connect, line
from tests.channels.contract.kits.example import Kit
from tests.channels.support import FakeEngine, Server, eventually

__all__ = ["connect", "line"]

ADDRESS = "北京市朝阳区建国门外大街1号"


@pytest.fixture
def kit(monkeypatch: pytest.MonkeyPatch) -> Iterator[Kit]:
    made = Kit()
    server = Server(made.standin()).start()
    made.standin_url = server.url
    for name, value in made.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setitem(registry.CHANNELS, made.name, made.module)
    yield made
    server.stop()


def photo() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG")
    return out.getvalue()


def customers_messages(url: str) -> list[Message]:
    with unit_of_work(url, read_only=True) as unit:
        query = select(Message).where(Message.author == Author.CUSTOMER).order_by(Message.id)
        found = list(unit.session.scalars(query))
        unit.session.expunge_all()
        return found


def turn(engine: FakeEngine, number: int = 0) -> tuple[str, bool]:
    eventually(lambda: len(engine.turns) > number)
    return engine.turns[number]["text"], engine.turns[number]["payload"]


def test_a_button_by_its_token(line: Line, kit: Kit, engine: FakeEngine, database_url: str) -> None:
    line.deliver(kit.text("我要报案"))
    line.texts(1)
    with unit_of_work(database_url, read_only=True) as unit:
        token = unit.session.scalars(select(Message).where(Message.author == Author.BOT)).one().buttons[1]["token"]
    line.deliver(kit.messages({"id": "2", "type": "button", "token": f"b_{token}"}))
    assert turn(engine, 1) == ("/deny", True)


def test_a_button_that_nobody_gave_out(line: Line, kit: Kit, engine: FakeEngine) -> None:
    line.deliver(kit.messages({"id": "1", "type": "button", "token": "/affirm"}))
    assert "按钮" in line.texts(1)[0]
    assert engine.turns == []


def test_a_place_is_said_as_one_and_kept_with_its_coordinates(
    line: Line, kit: Kit, engine: FakeEngine, database_url: str
) -> None:
    place = {
        "type": "place",
        "lat": 39.92,
        "lon": 116.46,
        "label": "国贸大厦",
        "address": ADDRESS,
    }
    line.deliver(kit.messages({"id": "1", **place}))
    assert turn(engine) == (f"地点：{ADDRESS}国贸大厦", False)
    assert customers_messages(database_url)[0].details == {
        "label": "国贸大厦",
        "address": ADDRESS,
        "latitude": 39.92,
        "longitude": 116.46,
    }


def test_a_place_without_a_name(line: Line, kit: Kit, engine: FakeEngine) -> None:
    line.deliver(kit.messages({"id": "1", "type": "place", "lat": 39.92, "lon": 116.46, "label": "", "address": ""}))
    assert turn(engine) == ("地点：北纬39.92，东经116.46", False)


def test_a_voice_message_is_what_was_heard(line: Line, kit: Kit, engine: FakeEngine) -> None:
    line.deliver(kit.messages({"id": "1", "type": "voice", "heard": "我要报案"}, {"id": "2", "type": "voice"}))
    assert turn(engine) == ("我要报案", False)
    eventually(lambda: any("没有听清" in text for _, text in kit.sent))


def test_a_recording_in_which_nothing_was_heard_is_kept_for_people(
    line: Line, kit: Kit, engine: FakeEngine, database_url: str
) -> None:
    kit.files["f1"] = b"#!AMR\n" + bytes(100)
    line.deliver(kit.messages({"id": "1", "type": "voice", "file": "f1"}))
    assert "没有听清" in line.texts(1)[0]
    (message,) = customers_messages(database_url)
    with unit_of_work(database_url, read_only=True) as unit:
        assert unit.session.get_one(Attachment, message.attachment_id).mime == "audio/amr"
    assert engine.turns == []


def test_a_recording_that_was_understood_is_no_material(line: Line, kit: Kit, engine: FakeEngine) -> None:
    kit.files["f1"] = b"#!AMR\n" + bytes(100)
    line.deliver(kit.messages({"id": "1", "type": "voice", "file": "f1", "heard": "我要报案"}))
    assert turn(engine) == ("我要报案", False)


def test_a_recording_sent_as_a_file_is_not_taken(line: Line, kit: Kit, engine: FakeEngine) -> None:
    kit.files["f1"] = b"ID3" + bytes(100)
    line.deliver(kit.messages({"id": "1", "type": "file", "file": "f1", "name": "录音.mp3"}))
    assert "照片" in line.texts(1)[0]
    assert engine.turns == []


def test_a_voice_message_where_nobody_listens_is_asked_for_in_writing(
    line: Line, kit: Kit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Webhook, "hears", False)
    line.deliver(kit.messages({"id": "1", "type": "voice"}))
    assert "请用文字" in line.texts(1)[0] and "再说一遍" not in kit.sent[0][1]


def test_an_edited_message_answers_what_its_first_wording_answered(
    line: Line, kit: Kit, engine: FakeEngine, database_url: str
) -> None:
    def ask(awaiting: str) -> None:
        with unit_of_work(database_url) as unit:
            conversations.set_awaiting(unit.session.scalars(select(Conversation)).one(), awaiting)
            unit.commit()

    line.deliver(kit.text("我要报案", "1"))
    line.texts(1)
    ask("location")
    line.deliver(kit.text("朝阳路", "2"))
    line.texts(2)
    ask("cause")
    line.deliver(kit.messages({"id": "2:edited", "type": "edit", "text": "朝阳北路", "edits": "2"}))
    eventually(lambda: len(engine.turns) == 3)
    assert [each["awaiting"] for each in engine.turns] == [None, "location", "location"]


def test_an_event_opens_with_its_intent_and_others_do_not(line: Line, kit: Kit, engine: FakeEngine) -> None:
    line.deliver(kit.messages({"id": "1", "type": "event", "event": "greet", "title": "关注"}))
    assert turn(engine) == ("/greet", True)
    line.deliver(kit.messages({"id": "2", "type": "event", "event": "accept_settlement", "title": "菜单"}))
    eventually(lambda: any("用文字" in text for _, text in kit.sent))
    assert len(engine.turns) == 1


def test_who_leaves_is_not_written_to(line: Line, kit: Kit, engine: FakeEngine, database_url: str) -> None:
    line.deliver(kit.messages({"id": "1", "type": "event", "event": "leave", "title": "取消关注"}))
    line.deliver(kit.text("我回来了", "2"))
    assert len(line.texts(1)) == 1
    assert engine.texts == ["我回来了"]


def test_a_file_is_fetched_kept_and_handed_in_before_what_was_said_after_it(
    line: Line, kit: Kit, engine: FakeEngine, database_url: str, tmp_path
) -> None:
    kit.files["f1"] = photo()
    kit.outage = 1
    line.deliver(
        kit.messages(
            {"id": "1", "type": "file", "file": "f1", "name": "../现场.jpg"},
            {"id": "2", "type": "text", "text": "这是现场照片"},
        )
    )
    eventually(lambda: len(engine.turns) == 2)
    with unit_of_work(database_url, read_only=True) as unit:
        (kept,) = unit.session.scalars(select(Attachment))
        unit.session.expunge(kept)
        assert unit.session.scalars(select(AttachmentFetch)).all() == []
    assert engine.texts == [f'/submit_material{{"attachment_id": "{kept.id}"}}', "这是现场照片"]
    assert (kept.mime, kept.original_name) == ("image/jpeg", "现场.jpg")
    assert (tmp_path / "var" / "attachments" / kept.path).read_bytes() == photo()


@pytest.mark.parametrize(
    ("data", "said"), [(b"GIF89a", "只能上传"), (photo()[:300], "不完整"), (None, "没有收到"), (b"", "没有收到文件")]
)
def test_a_file_that_cannot_be_kept_is_answered(
    line: Line, kit: Kit, engine: FakeEngine, data: bytes | None, said: str
) -> None:
    if data is not None:
        kit.files["f1"] = data
    line.deliver(kit.messages({"id": "1", "type": "file", "file": "f1", "name": ""}))
    assert said in line.texts(1)[0]
    assert engine.turns == []


def test_a_provider_that_keeps_failing_does_not_hold_the_customer_up_for_ever(
    line: Line, kit: Kit, engine: FakeEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "TRIES", 1)
    kit.outage = 1
    line.deliver(kit.messages({"id": "1", "type": "file", "file": "f1", "name": ""}))
    assert "没有收到" in line.texts(1)[0]


def test_what_a_killed_gateway_did_not_fetch_is_fetched_by_the_next(
    connect: Connect, kit: Kit, engine: FakeEngine, database_url: str
) -> None:
    kit.outage = 1_000
    first = connect(database_url)
    first.deliver(kit.messages({"id": "1", "type": "file", "file": "f1", "name": ""}))
    first.gateway.stop()
    assert [message.state for message in customers_messages(database_url)] == [InboundState.FETCHING]
    with unit_of_work(database_url) as unit:
        fetch = unit.session.scalars(select(AttachmentFetch)).one()
        # Killed in the middle of a try, the gateway holds the file for a while.
        fetch.attempts, fetch.next_try_at = 0, clock.now()
        unit.commit()
    kit.outage, kit.files["f1"] = 0, photo()
    connect(database_url)
    assert turn(engine)[0].startswith("/submit_material")


def test_a_flood_is_kept_and_answered_once(connect: Connect, kit: Kit, engine: FakeEngine, database_url: str) -> None:
    line = connect(database_url, inbound_per_minute=3)
    for number in range(8):
        line.deliver(kit.text(f"第{number}句", str(number)))
    # The notice is cut in two for this channel, and may leave before or after the last answer.
    eventually(lambda: all(any(word in text for _, text in kit.sent) for word in ("太快", "第2句")))
    assert sum("太快" in text for _, text in kit.sent) == 1
    assert engine.texts == ["第0句", "第1句", "第2句"]
    assert len(customers_messages(database_url)) == 8


def test_what_is_said_to_an_agent_is_kept_for_the_agent(
    line: Line, kit: Kit, engine: FakeEngine, database_url: str
) -> None:
    line.deliver(kit.text("你好"))
    line.texts(1)
    with unit_of_work(database_url) as unit:
        conversation = unit.session.scalars(select(Conversation)).one()
        conversations.change_mode(unit.session, conversation, Mode.AGENT, version=conversation.version)
        unit.commit()
    kit.files["f1"] = photo()
    line.deliver(kit.text("在吗", "2"))
    line.deliver(kit.unknown("3"))
    line.deliver(kit.messages({"id": "4", "type": "file", "file": "f1", "name": "a.jpg"}))
    eventually(lambda: {m.state for m in customers_messages(database_url)} == {InboundState.ANSWERED})
    assert customers_messages(database_url)[3].attachment_id
    assert (len(engine.turns), len(kit.sent)) == (1, 1)


def test_many_messages_in_one_request_keep_their_order(line: Line, kit: Kit, engine: FakeEngine) -> None:
    texts = [f"第{number}句" for number in range(10)]
    line.deliver(kit.messages(*({"id": text, "type": "text", "text": text} for text in texts)))
    eventually(lambda: len(engine.turns) == 10)
    assert engine.texts == texts


def test_requests_of_many_customers_at_once_do_not_wait_for_each_other(
    connect: Connect, kit: Kit, engine: FakeEngine, any_database_url: str
) -> None:
    lines = [connect(any_database_url, IMPATIENT), connect(any_database_url, IMPATIENT)]

    def deliver(number: int) -> None:
        names = [f"c{each}" for each in range(6)]
        ordered = names if number % 2 else names[::-1]
        messages = [{"id": f"{number}-{name}", "from": name, "type": "text", "text": "你好"} for name in ordered]
        lines[number % 2].deliver(kit.messages(*messages))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(deliver, range(8)))
    eventually(lambda: len(engine.turns) >= 48, 30)


def test_reports_reach_the_outbox(line: Line, kit: Kit, engine: FakeEngine, database_url: str) -> None:
    def state() -> OutboxState:
        with unit_of_work(database_url, read_only=True) as unit:
            return outbox.listing(unit.session)[0].state

    line.deliver(kit.text("你好"))
    line.texts(1)
    line.deliver(kit.messages(reports=[{"id": "sent-1", "status": "delivered"}]))
    eventually(lambda: state() is OutboxState.DELIVERED)


def test_what_customers_say_stands_in_no_log(line: Line, kit: Kit, caplog: pytest.LogCaptureFixture) -> None:
    line.deliver(kit.text("我叫张伟，电话13800138001"))
    line.texts(1)
    for request in (*kit.forged(kit.text("张伟", "2")), *kit.malformed()):
        line.post(request)
    assert "refused" in caplog.text
    assert "张伟" not in caplog.text
