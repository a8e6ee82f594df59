"""The engine is away for longer than a customer should wait: a truthful receipt in time, the answer later."""

import time
import uuid

import httpx

from evaluation.stack import Stack
from tests.reliability.customers import PATIENCE_SECONDS, Reporter

# 4 s are promised; the rest is for this machine's other work and the way back.
RECEIPT_SECONDS = 6.0


def test_engine_away(sound_stack: Stack) -> None:
    reporter = Reporter(sound_stack, 0)
    reporter.until("incident_time")
    begin = reporter.history()[-1]["id"]
    said = [reporter.words(), f"在{reporter.place}"]
    sound_stack.kill("engine")
    received = []
    for text in said:
        started = time.monotonic()
        answer = reporter.http.post(
            f"{sound_stack.chat_url}/api/chat/messages", json={"text": text, "client_id": uuid.uuid4().hex}
        )
        assert time.monotonic() - started < RECEIPT_SECONDS
        assert answer.status_code == httpx.codes.OK
        received.append(answer.json()["messages"])
    assert [message["from"] for message in received[0]] == ["system"]
    assert "已经收到并保存" in received[0][0]["text"]
    assert received[1] == received[0], "the second message of an outage brings no second receipt"

    sound_stack.restart("engine")
    wait_for_awaiting(reporter, "police_reported")
    after = reporter.history(begin)
    assert [message["from"] for message in after[:3]] == ["customer", "system", "customer"]
    assert [message["text"] for message in after if message["from"] == "customer"] == said
    asked = [message["awaiting"] for message in after if message["from"] == "bot" and message["awaiting"]]
    assert asked == ["location", "police_reported"], "answered in the order in which they were said"
    assert sum(message["from"] == "system" for message in after) == 1

    reporter.awaiting = "police_reported"
    reporter.until(None)
    reporter.check_claim()


def wait_for_awaiting(reporter: Reporter, awaiting: str) -> None:
    """Until the bot's newest message asks for this."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while reporter.history()[-1]["awaiting"] != awaiting:
        assert time.monotonic() < deadline, reporter.transcript()
        time.sleep(0.1)
