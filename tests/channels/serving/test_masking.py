"""No personal value and no secret reaches a log in the clear."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from channels.serving.logs import JsonFormatter, configure
from channels.serving.masking import UNMASKED, MaskingFilter, mask

SECRETS = [
    "13800138001",
    "+8613800138001",
    "138 0013 8001",
    "138-0013-8001",
    "110101199003078515",
    "44030519880615234X",
    "京A12345",
    "粤AD12345",
    "粵AD12345",
    "6222020200112233445",
    "zhangwei@example.com",
    "b_3DIVILJ7wEaVk6t06TP-55Pr",
]


@pytest.mark.parametrize("secret", SECRETS)
@pytest.mark.parametrize("around", ["{}", "客户{}报案", "phone={}", '"{}"', "({}),", "电话：{}。"])
def test_personal_values(secret: str, around: str) -> None:
    masked = mask(around.format(secret))
    assert secret not in masked
    assert "***" in masked


@pytest.mark.parametrize(
    "line",
    [
        "Authorization: Bearer LFogUULD7LP5oh5vnjearc",
        "GET /api/chat/ws?token=LFogUULD7LP5oh5vnjearc&after=1",
        '{"token": "LFogUULD7LP5oh5vnjearc"}',
        "{'password': 'LFogUULD7LP5oh5vnjearc'}",
        "POST https://api.telegram.org/bot123456:LFogUULD7LP5oh5vnjearc/sendMessage",
        "postgresql+psycopg://lipei:LFogUULD7LP5oh5vnjearc@db/lipei",
    ],
)
def test_secrets(line: str) -> None:
    assert "LFogUULD7LP5oh5vnjearc" not in mask(line)


@pytest.mark.parametrize(
    "line",
    [
        "claim C202611220000017 moved to payment",
        "policy PA202600000001",
        "2026-11-22T01:00:00.123+00:00",
        "conversation fe263be3-3fe0-44c2-9751-3280bade8bb4 took 12345 ms",
        "损失 3500.00 元",
    ],
)
def test_what_is_not_personal_stays_readable(line: str) -> None:
    assert mask(line) == line


@given(before=st.text(max_size=20), after=st.text(max_size=20))
def test_a_phone_is_masked_whatever_stands_around_it(before: str, after: str) -> None:
    # A digit next to it makes it another number.
    line = f"{before} 13800138001 {after}"
    assert "13800138001" not in mask(line)


@pytest.fixture
def lines() -> tuple[logging.Logger, io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter())
    handler.addFilter(MaskingFilter())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    return logger, stream


def test_messages_arguments_extras_and_tracebacks_are_masked(lines: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = lines
    try:
        raise ValueError("电话13800138001不对")
    except ValueError:
        logger.exception("客户 %s", "110101199003078515", extra={"plate": "京A12345", "tries": 3})
    line = stream.getvalue()
    assert not any(secret in line for secret in ("13800138001", "110101199003078515", "京A12345"))
    parsed = json.loads(line)
    assert parsed["tries"] == 3
    assert "ValueError" in parsed["traceback"]
    assert parsed["level"] == "ERROR"


def test_only_a_record_that_says_so_goes_unmasked(lines: tuple[logging.Logger, io.StringIO]) -> None:
    logger, stream = lines
    logger.info("SMS 13800138001", extra={UNMASKED: True})
    assert json.loads(stream.getvalue())["message"] == "SMS 13800138001"
    assert UNMASKED not in json.loads(stream.getvalue())


def test_a_process_sends_every_logger_through_the_mask(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [])
        monkeypatch.setattr(logging.getLogger(name), "propagate", False)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    configure("DEBUG")
    logging.getLogger("telegram.Bot").debug("Calling Bot API endpoint with parameters %s", {"text": "abcdefgh"})
    logging.getLogger("uvicorn.access").info('"GET /api/chat/ws?token=%s"', "abcdefgh")
    written = sys.stderr.getvalue()  # type: ignore[attr-defined]
    assert "abcdefgh" not in written
    assert "token=***" in written
