"""Customers whose chat client behaves as the widget does: every message has an id and is sent until it is taken."""

import datetime as dt
import itertools
import re
import time
import uuid
from typing import Any

import httpx

from evaluation.expectations import SHANGHAI, claim_problems
from evaluation.stack import Stack
from lipei.client import StaffClient

PATIENCE_SECONDS = 150.0
"""How long a customer waits for an answer before the test fails: a restart on a busy machine takes a minute."""

AGAIN_SECONDS = 0.15
CALL_SECONDS = 30.0
CLAIM_NUMBER = re.compile(r"C\d{15}")
ANSWERS = {
    "injured_count": "没有人受伤",
    "police_reported": "没有报警",
    "policy": "京A12345",
    "confirm": "确认",
}
PHONES = ("13800138001", "13800138002", "13800138003", "13800138004", "13800138005")

Json = dict[str, Any]


class Reporter:
    """Reports one rear-end collision by answering what the bot asks. Reports with different numbers differ in every
    fact, and their days are so far apart that no two are the same event."""

    def __init__(self, stack: Stack, number: int, *more_gateways: str) -> None:
        self.stack, self.number = stack, number
        self.addresses = itertools.cycle([stack.chat_url, *more_gateways])
        self.address = next(self.addresses)
        self.days_ago = 3 + 2 * number
        self.place = f"北京市朝阳区建国路{10 + number}号"
        self.loss = 2100 + 100 * number
        self.phone = PHONES[number % len(PHONES)]
        self.http = httpx.Client(timeout=CALL_SECONDS, trust_env=False)
        opened = self._call("POST", "/api/chat/sessions")
        self.session_id: str = opened["session_id"]
        self.http.headers["Authorization"] = f"Bearer {opened['token']}"
        self.awaiting: str | None = "opening"
        self.last: tuple[Json, list[Json]] = ({}, [])

    def words(self) -> str:
        """What to say next."""
        day = dt.datetime.now(SHANGHAI).date() - dt.timedelta(days=self.days_ago)
        said = {
            "opening": "我要报案，车子追尾了",
            "incident_time": f"{day.year}年{day.month}月{day.day}日下午三点",
            "location": self.place,
            "loss_estimate": f"大概{self.loss}元",
            "contact_phone": self.phone,
            **ANSWERS,
        }
        assert self.awaiting in said, f"the bot asks for {self.awaiting}: {self.transcript()}"
        return said[self.awaiting]

    def turn(self) -> list[Json]:
        """Say what the bot waits for, and return its answer."""
        return self.say(self.words())

    def until(self, awaiting: str | None) -> None:
        """Go on until the bot asks for this (None: for nothing more, the report is in)."""
        while self.awaiting != awaiting:
            self.turn()

    def say(self, text: str) -> list[Json]:
        """Say it, again and again with the same id until it is taken; then wait for the bot's answer to come."""
        body = {"text": text, "client_id": uuid.uuid4().hex}
        taken = self._call("POST", "/api/chat/messages", json=body)
        answer = _of_bot(taken["messages"]) or self._answer_after(taken["received"]["id"])
        self.last = body, answer
        self.awaiting = answer[-1]["awaiting"]
        return answer

    def _answer_after(self, message_id: int) -> list[Json]:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (answer := _of_bot(self.history(message_id))):
            assert time.monotonic() < deadline, f"no answer: {self.transcript()}"
            time.sleep(AGAIN_SECONDS)
        return answer

    def history(self, after: int = 0) -> list[Json]:
        """What GET /api/chat/messages gives."""
        return list(self._call("GET", "/api/chat/messages", params={"after": after})["messages"])

    def transcript(self) -> list[tuple[str, str, str | None, list[str]]]:
        """(from, text, awaiting, titles of buttons) of every message, without what differs from report to report."""
        return [
            (each["from"], _without_figures(each["text"]), each["awaiting"], [b["title"] for b in each["buttons"]])
            for each in self.history()
        ]

    def _call(self, method: str, path: str, **arguments: Any) -> Json:
        """Send until somebody answers; each further try goes to the next gateway. A refusal fails the test."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                response = self.http.request(method, self.address + path, **arguments)
            except httpx.TransportError as error:
                problem = repr(error)
            else:
                if response.is_success:
                    return dict(response.json())
                # The database was busy for longer than it may be: the gateway says so, and the widget sends again.
                assert response.status_code == 503, f"{response.status_code} {response.text}"
                problem = response.text
            assert time.monotonic() < deadline, f"{method} {path}: {problem}"
            self.address = next(self.addresses)
            time.sleep(AGAIN_SECONDS)

    def check_said_once(self, undisturbed: list[tuple[str, str, str | None, list[str]]]) -> None:
        """The dialogue is that of an undisturbed report, message for message; a resend now changes nothing either."""
        before = self.history()
        body, answer = self.last
        assert self._call("POST", "/api/chat/messages", json=body)["messages"] == answer
        assert self.history() == before
        senders = [each["from"] for each in before]
        assert "system system" not in " ".join(senders), f"two receipts for one outage: {senders}"
        assert [each for each in self.transcript() if each[0] != "system"] == undisturbed

    def check_claim(self) -> str:
        """Exactly one claim with every fact as it was told; its number."""
        with StaffClient(self.stack.staff_url, self.stack.staff_token) as staff:
            claims = staff.claims(conversation=self.session_id)
            assert len(claims) == 1, f"{len(claims)} claims of one report"
            claim = staff.claim(claims[0]["claim_no"])
        expected = {
            "line": "auto",
            "cause": "collision_multi",
            "incident_time": f"{self.days_ago} days ago 15:00",
            "location": self.place,
            "injured_count": 0,
            "police_reported": False,
            "loss_estimate": self.loss,
            "policy": "PA202600000001",
            "contact_phone": self.phone,
            "state": "reported",
        }
        problems = claim_problems(expected, claim, dt.datetime.now(dt.UTC))
        assert not problems, problems
        told = CLAIM_NUMBER.findall("\n".join(each["text"] for each in self.history()))
        assert set(told) == {claim["claim_no"]}
        return str(claim["claim_no"])


def _of_bot(messages: list[Json]) -> list[Json]:
    return [each for each in messages if each["from"] == "bot"]


def _without_figures(text: str) -> str:
    return re.sub(r"\d[\d,]*", "#", re.sub(r"\d+年(?=\d+月)", "", text))
