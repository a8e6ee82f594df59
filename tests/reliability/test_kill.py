"""kill -9 while messages are being worked on: nothing is lost, nothing is done or said twice."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from evaluation.stack import Stack
from tests.reliability.customers import Reporter

# What each customer is asked when the process dies, and how many milliseconds before that the answer was sent.
MOMENTS = (
    ("opening", 30),
    ("incident_time", 60),
    ("police_reported", 15),
    ("contact_phone", 120),
    ("confirm", 5),
    ("confirm", 25),
    ("confirm", 60),
    ("confirm", 150),
)


def speak_and_strike(reporters: list[Reporter], strike: Callable[[], None]) -> None:
    """Every reporter says the next thing at its moment; then `strike` happens. Returns when all are answered."""
    at = time.monotonic() + 0.3

    def speak(reporter: Reporter, milliseconds: int) -> None:
        time.sleep(max(0.0, at - milliseconds / 1000 - time.monotonic()))
        reporter.turn()

    with ThreadPoolExecutor(len(reporters)) as pool:
        moments = [milliseconds for _, milliseconds in MOMENTS]
        answers = [pool.submit(speak, *each) for each in zip(reporters, moments, strict=True)]
        time.sleep(max(0.0, at - time.monotonic()))
        strike()
        for answer in answers:
            answer.result()


def advance(stack: Stack, *more_gateways: str) -> list[Reporter]:
    """One reporter for each moment, each having just been asked what it will be answering then."""
    reporters = [Reporter(stack, number, *more_gateways) for number in range(len(MOMENTS))]
    for reporter, (awaiting, _) in zip(reporters, MOMENTS, strict=True):
        reporter.until(awaiting)
    return reporters


def finish(stack: Stack, reporters: list[Reporter]) -> None:
    """All reports end well, as an undisturbed one does."""
    undisturbed = Reporter(stack, len(MOMENTS))
    for reporter in [undisturbed, *reporters]:
        reporter.until(None)
        reporter.say("谢谢")
    transcript = undisturbed.transcript()
    assert {sender for sender, *_ in transcript} == {"customer", "bot"}
    for reporter in reporters:
        reporter.check_said_once(transcript)
    numbers = [reporter.check_claim() for reporter in [undisturbed, *reporters]]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    "victims",
    [("engine",), ("actions",), ("gateway",), ("gateway", "actions", "engine")],
    ids=["engine", "actions", "gateway", "all at once"],
)
def test_killed_in_the_middle_of_reports(sound_stack: Stack, victims: tuple[str, ...]) -> None:
    reporters = advance(sound_stack)

    def strike() -> None:
        for name in victims:
            sound_stack.kill(name)
        for name in victims:
            sound_stack.launch(name)
        for name in victims:
            sound_stack.wait_ready(name)

    speak_and_strike(reporters, strike)
    finish(sound_stack, reporters)


def test_another_gateway_takes_over_from_a_killed_one(sound_stack: Stack, second_gateway: str) -> None:
    reporters = advance(sound_stack, second_gateway)
    speak_and_strike(reporters, lambda: sound_stack.kill("gateway"))
    finish_at = {reporter.address for reporter in reporters}
    assert second_gateway in finish_at
    sound_stack.restart("gateway")
    finish(sound_stack, reporters)


def test_a_message_sent_to_two_gateways_at_once_counts_once(sound_stack: Stack, second_gateway: str) -> None:
    reporter = Reporter(sound_stack, 0)
    reporter.until("confirm")
    body = {"text": reporter.words(), "client_id": "both"}
    with ThreadPoolExecutor(2) as pool:
        calls = [
            pool.submit(reporter.http.post, f"{address}/api/chat/messages", json=body)
            for address in (sound_stack.chat_url, second_gateway)
        ]
        first, second = (call.result().json() for call in calls)
    assert first["received"]["id"] == second["received"]["id"]
    assert first["messages"] == second["messages"]
    assert [each["from"] for each in reporter.history(first["received"]["id"])] == ["bot"] * len(first["messages"])
    reporter.check_claim()
