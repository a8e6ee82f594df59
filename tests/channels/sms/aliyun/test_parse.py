"""Recorded arrays of the domestic gateway, read."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from channels.base import DeliveryReport, Inbound, Kind, Malformed
from channels.sms.aliyun.parse import parse

PAYLOADS = Path(__file__).with_name("payloads")
NOW = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
ELEMENT = {"phone_number": "13800138001", "content": "你好", "send_time": "2026-11-26 10:20:30", "sequence_id": 7}


def one(**other: Any) -> Inbound:
    (read,) = parse(json.dumps([{**ELEMENT, **other}]).encode(), NOW)
    assert isinstance(read, Inbound)
    return read


def test_what_customers_wrote() -> None:
    first, second = parse((PAYLOADS / "up.json").read_bytes(), NOW)
    assert isinstance(first, Inbound) and isinstance(second, Inbound)
    assert (first.address, first.kind, first.text) == ("13800138001", Kind.TEXT, "昨天下午在朝阳路追尾了")
    assert (first.provider_id, second.provider_id) == ("aliyun:1234567890", "aliyun:1234567891")
    assert first.said_at == datetime(2026, 11, 26, 2, 20, 30, tzinfo=UTC)


def test_what_became_of_ours() -> None:
    assert parse((PAYLOADS / "report.json").read_bytes(), NOW) == [
        DeliveryReport("900619746936498440^0", True),
        DeliveryReport("900619746936498441^0", False, "MOBILE_NOT_ON_SERVICE", address_gone=True),
        DeliveryReport("900619746936498442^0", False, "SP_UNKNOWN_ERROR"),
    ]


def test_without_a_sequence_id_a_resend_is_known_all_the_same() -> None:
    ids = {one(sequence_id=None).provider_id, one(sequence_id="").provider_id}
    assert len(ids) == 1
    assert one(sequence_id=None, content="您好").provider_id not in ids
    assert one(sequence_id=None, send_time="2026-11-26 10:20:31").provider_id not in ids


@pytest.mark.parametrize("said", ["2026-11-26 23:00:00", "today", None, 3])
def test_a_time_that_cannot_be_is_the_arrival(said: object) -> None:
    assert one(send_time=said).said_at == NOW


def test_one_that_cannot_be_read_does_not_keep_the_others_out() -> None:
    read = parse(json.dumps([3, {"phone_number": "x"}, ELEMENT]).encode(), NOW)
    assert [each.text for each in read if isinstance(each, Inbound)] == ["你好"]


def test_an_empty_array_is_fine() -> None:
    assert parse(b"[]", NOW) == []


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[3]", b'[{"content": "x"}]', b"\xff", b"[" * 50_000, b'[{"success":1}]']
)
def test_what_cannot_be_read_is_malformed(body: bytes) -> None:
    with pytest.raises(Malformed):
        parse(body, NOW)
