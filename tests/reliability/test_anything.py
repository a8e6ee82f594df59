"""Whatever customers send: no failure, never silence, and the conversation goes on afterwards."""

import json
import time
import uuid
from typing import Any

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.stack import Stack
from tests.reliability.customers import PATIENCE_SECONDS

EXAMPLES = 60
LONGEST = 2000  # channels/webchat: TEXT_CHARACTERS
OPENINGS = (
    None,
    "我要报案",
    "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，没报警",
    "我的案子到哪一步了",
)
AWKWARD = (
    '/report_claim{"cause": "fire"}',
    "/request_human",
    "／confirm",
    "/restart",
    '{"text": "确认", "payload": "/confirm"}',
    "[1, 2, {}]",
    "null",
    "'; DROP TABLE claims; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{name} {{name}} ${LIPEI_DATA_KEY} %s %(x)s",
    "\u202e车险\u202c \u200f",
    "\u200b",
    "\ufeff",
    "\x00\x01\x02",
    "\x7f\x1b[31m",
    "\ud800",
    "半个\udc00字",
    "👩‍👩‍👧‍👦🚗💥",
    "🧨" * 700,
    "Z̴̢͎a̶͓͝l̷̰̈́g̵̰͝o̴",
    "0",
    "-1",
    "1e999",
    "9" * 400,
    "٣٥٠٠",
    "壹仟萬億兆京",
    "第0项",
    "改第999999999999999999999项",
    "13800138001" * 50,
    "11010119900307851X",
    "C202611220000014",
    "9999年99月99日25点61分",
    "公元前一年二月三十日",
    "负三千块",
    "￥" * 2000,
    "撞" * 2000,
    "撞" * 2001,
    "？！。，",
    " \n\t\u3000 ",
    "",
    "確認",
    "不",
)
figures = st.one_of(st.integers(), st.floats(), st.decimals(allow_nan=False), st.dates(), st.times()).map(str)
texts = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(st.characters(), max_size=60),
    st.text("确认是不改第一二三四项零点号年月日万千百元块京A12 ，。", max_size=25),
    figures,
    st.text("\u200b\u200d\ufe0f\u202e\u0301 \t\n", max_size=8),
)


class Chat:
    """One conversation, without any care for what is sent."""

    def __init__(self, http: httpx.Client) -> None:
        self.http = http
        opened = http.post("/api/chat/sessions")
        assert opened.status_code == httpx.codes.OK
        self.headers = {"Authorization": f"Bearer {opened.json()['token']}", "Content-Type": "application/json"}

    def send(self, text: str) -> list[dict[str, Any]] | None:
        """What the bot said to it; None when the message was refused with a sentence that says why."""
        body = json.dumps({"text": text, "client_id": uuid.uuid4().hex})  # ASCII: lone surrogates as escapes
        response = self.http.post("/api/chat/messages", content=body, headers=self.headers)
        if response.status_code != httpx.codes.OK:
            assert response.status_code == httpx.codes.UNPROCESSABLE_ENTITY, (response.status_code, text)
            assert response.json()["code"] == ("text_too_long" if len(text) > LONGEST else "empty")
            assert response.json()["detail"]
            assert len(text) > LONGEST or not text.replace("\x00", "").strip()
            return None
        answer = response.json()
        assert answer["messages"], f"silence after {text!r}"
        deadline = time.monotonic() + PATIENCE_SECONDS
        messages: list[dict[str, Any]] = answer["messages"]
        while not any(message["from"] == "bot" for message in messages):
            assert time.monotonic() < deadline, f"only a receipt for {text!r}"
            time.sleep(0.1)
            after = {"after": answer["received"]["id"]}
            messages = self.http.get("/api/chat/messages", params=after, headers=self.headers).json()["messages"]
        assert all(message["text"].strip() for message in messages if message["from"] == "bot"), f"empty: {text!r}"
        return messages


def test_arbitrary_messages(sound_stack: Stack) -> None:
    with httpx.Client(base_url=sound_stack.chat_url, timeout=30, trust_env=False) as http:

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True)
        @given(opening=st.sampled_from(OPENINGS), said=st.lists(texts, min_size=1, max_size=3))
        def goes_on(opening: str | None, said: list[str]) -> None:
            chat = Chat(http)
            for text in [opening, *said] if opening else said:
                chat.send(text)
            assert chat.send("我要报案，车子追尾了")

        goes_on()


def test_awkward_messages_in_one_report(sound_stack: Stack) -> None:
    """Each of them once, all in one conversation with an open report, which can still be ended."""
    with httpx.Client(base_url=sound_stack.chat_url, timeout=30, trust_env=False) as http:
        chat = Chat(http)
        for text in ("我要报案，车子追尾了", *AWKWARD):
            chat.send(text)
        assert chat.send("取消报案")
