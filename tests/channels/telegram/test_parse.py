"""Every recorded update becomes what it is, without network."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.base import Attached, Inbound, Kind, Place
from channels.telegram.parse import parse

PAYLOADS = Path(__file__).with_name("payloads")
ARRIVED = datetime(2026, 11, 26, 12, tzinfo=UTC)
ADDRESS, BEGIN = "38001001", 1_795_651_200


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(BEGIN + seconds, UTC)


def inbound(number: int, kind: Kind, part: str = "", **values: object) -> Inbound:
    return Inbound("telegram", ADDRESS, f"{ADDRESS}:{number}{part}", kind, at(number), **values)  # type: ignore[arg-type]


def event(number: int, name: str, title: str) -> Inbound:
    return inbound(number, Kind.EVENT, event=name, text=title)


def tap(query: str) -> Inbound:
    return Inbound("telegram", ADDRESS, f"callback:{query}", Kind.PAYLOAD, ARRIVED, token="b_3DIVILJ7wEaVk6t06TP55Pra")


PHOTO = Attached(reference="AgACAgUAAxkBAAI3")
SAID: dict[str, list[Inbound]] = {
    "text": [inbound(2, Kind.TEXT, text="昨天下午三点多，车在停车场被刮了😟")],
    "text_with_reply": [inbound(3, Kind.TEXT, text="对，就是这一天")],
    "start": [event(4, "greet", "开始")],
    "start_link": [event(5, "report_claim", "我要报案")],
    "start_unknown_link": [event(6, "greet", "开始")],
    "help": [inbound(7, Kind.TEXT, text="帮助")],
    "cancel": [inbound(8, Kind.TEXT, text="取消")],
    "intent": [inbound(9, Kind.TEXT, text='/affirm{"x": 1}')],
    "photo": [inbound(10, Kind.ATTACHMENT, attached=PHOTO)],
    "photo_with_caption": [
        inbound(11, Kind.TEXT, ":caption", text="这是现场照片"),
        inbound(11, Kind.ATTACHMENT, attached=PHOTO),
    ],
    "document": [inbound(12, Kind.ATTACHMENT, attached=Attached(reference="AgACAgUAAxkBAAI7", name="事故认定书.pdf"))],
    "video": [inbound(13, Kind.ATTACHMENT, attached=Attached(reference="AgACAgUAAxkBAAI8", name="现场.mp4"))],
    "voice": [inbound(14, Kind.VOICE)],
    "venue": [
        inbound(
            15,
            Kind.LOCATION,
            place=Place(39.908, 116.397, "国贸地铁站", "北京市朝阳区建国门外大街1号"),
        )
    ],
    "location": [inbound(16, Kind.LOCATION, place=Place(39.908, 116.397))],
    "contact": [inbound(17, Kind.CONTACT, text="13800138001")],
    "sticker": [inbound(18, Kind.UNKNOWN)],
    "animation": [inbound(19, Kind.UNKNOWN)],
    "new_kind": [inbound(21, Kind.UNKNOWN)],
    "pinned": [],
    "callback": [tap("163211000000000001")],
    "callback_on_old_message": [tap("163211000000000002")],
    "edited": [
        Inbound(
            "telegram",
            ADDRESS,
            f"{ADDRESS}:2:edit:871000023",
            Kind.EDITED,
            at(50),
            text="前天下午三点多",
            edits=f"{ADDRESS}:2",
        )
    ],
    "edited_caption": [
        Inbound(
            "telegram",
            ADDRESS,
            f"{ADDRESS}:11:edit:871000024",
            Kind.EDITED,
            at(51),
            text="这是维修单",
            edits=f"{ADDRESS}:11:caption",
        )
    ],
    "live_location_moves": [],
    "blocked": [
        Inbound(
            "telegram",
            ADDRESS,
            f"{ADDRESS}:left:{BEGIN + 100}",
            Kind.EVENT,
            at(100),
            event="leave",
            text="客户停用了机器人",
        )
    ],
    "unblocked": [],
    "group_text": [],
    "group_photo": [],
    "group_added": [],
    "group_left": [],
    "channel_post": [],
    "reaction": [],
}


def test_every_payload_is_expected_to_be_something() -> None:
    assert {path.stem for path in PAYLOADS.glob("*.json")} == set(SAID)


@pytest.mark.parametrize("name", SAID)
def test_an_update(name: str) -> None:
    assert parse((PAYLOADS / f"{name}.json").read_bytes(), ARRIVED) == SAID[name]
