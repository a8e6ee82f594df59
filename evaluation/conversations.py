"""`lipei eval conversations`: play scripted dialogues (evaluation/script.py) against a running stack."""

import datetime as dt
import re
import time
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from evaluation import desk_steps
from evaluation.expectations import SHANGHAI, claim_problems, turn_problems
from evaluation.samples import sample_file
from evaluation.script import Script, ScriptError, Turn, find_scripts, load_script
from lipei.client import Answer, ApiError, BotMessage, ChatClient, StaffClient

CLAIM_NUMBER = re.compile(r"C\d{15}")
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
CODE_SECONDS = 5.0
LATE_SECONDS = 20.0


@dataclass
class Played:
    """How one script went. `problems` is empty when everything was as expected."""

    name: str
    problems: list[str] = field(default_factory=list)
    transcript: list[str] = field(default_factory=list)
    turns: int = 0
    seconds: float = 0.0

    @property
    def passed(self) -> bool:
        """True when nothing differed."""
        return not self.problems

    def report(self) -> str:
        """The transcript followed by what differed."""
        return "\n".join([self.name, *self.transcript, *(f"!! {problem}" for problem in self.problems)])


class Player:
    """Plays one script. It stops at the first turn with a difference, since what follows would make no sense."""

    def __init__(self, script: Script, chat_url: str, staff_url: str, staff_token: str) -> None:
        self.script, self.chat_url = script, chat_url
        self.chat = ChatClient(chat_url)
        self.staff = StaffClient(staff_url, staff_token)
        self.played = Played(script.name)
        self.last = Answer([], "bot")
        self.values: dict[str, str] = {}
        self.seen = 0
        self.resend: Callable[[], Answer] = lambda: self.last

    def play(self) -> Played:
        """Play all turns and compare the claim at the end."""
        started = time.monotonic()
        try:
            for number, turn in enumerate(self.script.turns, 1):
                self.played.turns = number
                problems = self._turn(turn)
                if problems:
                    self.played.problems = [f"turn {number}: {problem}" for problem in problems]
                    break
            else:
                self.played.problems = self._claim_problems()
        except ApiError as error:
            self.played.problems.append(f"turn {self.played.turns}: {error}")
        finally:
            self.played.seconds = time.monotonic() - started
            self.chat.close()
            self.staff.close()
        return self.played

    def _turn(self, turn: Turn) -> list[str]:
        action = turn.actions[0]
        try:
            answer: Answer | None = getattr(self, f"_{action}")(turn)
        except LookupError as error:
            return [str(error.args[0])]
        if answer is None:
            return []
        self.last = answer = self._with_late_answer(answer)
        self.seen = max([self.seen, *(message.id for message in answer.messages)])
        for message in answer.messages:
            titles = " ".join(f"[{button['title']}]" for button in message.buttons)
            self._note("<", f"{message.text} {titles} ({message.awaiting or '–'})")
        for number in CLAIM_NUMBER.findall(answer.text):
            self.values["claim_no"] = number
        problems = turn_problems(turn, answer, self._fill)
        if not answer.messages and answer.mode == "bot":
            problems.append("the bot said nothing")
        return problems

    def _with_late_answer(self, answer: Answer) -> Answer:
        """On a busy machine the gateway gives a receipt first; what the bot then says belongs to the same turn."""
        deadline = time.monotonic() + LATE_SECONDS
        senders = {message.sender for message in answer.messages}
        while senders == {"system"} and answer.mode == "bot" and time.monotonic() < deadline:
            time.sleep(0.2)
            later = self.chat.messages_after(answer.messages[-1].id)
            answer = Answer([*answer.messages, *later], answer.mode, answer.raw)
            senders = {message.sender for message in answer.messages}
        return answer

    def _note(self, mark: str, text: str) -> None:
        self.played.transcript.append(f"{mark} {text}")

    def _fill(self, text: str) -> str:
        """Put values into {{…}}."""
        today = dt.datetime.now(SHANGHAI).date()

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name in self.values:
                return self.values[name]
            back = {"today": 0, "yesterday": 1}.get(name)
            if back is None and name.startswith("days_ago_"):
                back = int(name.removeprefix("days_ago_"))
            if back is None:
                raise LookupError(f"nothing is known yet as {{{{{name}}}}}")
            day = today - dt.timedelta(days=back)
            return f"{day.month}月{day.day}日"

        return re.sub(r"\{\{(\w+)\}\}", value, text)

    def _say(self, turn: Turn) -> Answer:
        text = self._fill(turn.say or "")
        return self._send(text, lambda client_id: self.chat.say(text, client_id))

    def _tap(self, turn: Turn) -> Answer:
        title = self._fill(turn.tap or "")
        offered = self.last.buttons
        found = next((each for each in offered if each["title"] == title), None)
        found = found or next((each for each in offered if title in each["title"]), None)
        if found is None:
            raise LookupError(f"there is no button {title!r}; offered: {[each['title'] for each in offered]}")
        return self._send(f"[{found['title']}]", lambda client_id: self.chat.tap(found["payload"], client_id))

    def _send(self, shown: str, send: Callable[[str], Answer]) -> Answer:
        client_id = uuid.uuid4().hex
        self._note(">", shown)
        self.resend = lambda: send(client_id)
        return send(client_id)

    def _again(self, turn: Turn) -> Answer:
        self._note(">", "(the same message once more)")
        return self.resend()

    def _upload(self, turn: Turn) -> Answer:
        name, content, mime = sample_file(turn.upload or "photo")
        self._note(">", f"({name})")
        return self.chat.upload(name, content, mime)

    def _code(self, turn: Turn) -> Answer:
        code = self._newest_code()
        if turn.code == "wrong":
            code = f"{(int(code) + 1) % 1_000_000:06d}"
        return self._send(code, lambda client_id: self.chat.say(code, client_id))

    def _newest_code(self) -> str:
        """The code in the newest message to `as` (to anyone, when the script names nobody)."""
        deadline = time.monotonic() + CODE_SECONDS
        query = {"purpose": "one_time_code", **({"phone": self.script.phone} if self.script.phone else {})}
        while True:
            for item in self.staff.outbox(**query):
                if found := CODE.search(str(item["text"])):
                    return found[0]
            if time.monotonic() > deadline:
                raise LookupError(f"no one-time code was sent to {self.script.phone or 'anyone'}")
            time.sleep(0.1)

    def _staff(self, turn: Turn) -> None:
        details = {
            name: self._fill(value) if isinstance(value, str) else value for name, value in (turn.staff or {}).items()
        }
        does = details.pop("does", None)
        number = details.pop("claim", None) or ("" if does else self._fill("{{claim_no}}"))
        step = details.pop("step", None)
        if does is not None:
            self._note("#", f"staff: {does} {details or ''}")
            desk_steps.take(self.staff, self.chat.session_id, does, **details)
            return
        if step is None:
            raise LookupError("a staff turn needs a step")
        self._note("#", f"staff: {number} {step} {details or ''}")
        self.staff.step(number, step, **details)

    def _hear(self, turn: Turn) -> Answer:
        """What arrives without being asked for: an agent's words, and what the bot says after a hand-back."""
        wanted = self._fill(turn.hear or "")
        deadline = time.monotonic() + LATE_SECONDS
        heard: list[BotMessage] = []
        while not any(wanted in message.text for message in heard):
            if time.monotonic() > deadline:
                raise LookupError(f"nobody said {wanted!r}; heard: {[message.text for message in heard]}")
            time.sleep(0.1)
            heard += [each for each in self.chat.messages_after(self.seen) if each.sender != "customer"]
            self.seen = max([self.seen, *(each.id for each in heard)])
        return Answer(heard, self.last.mode)

    def _new_chat(self, turn: Turn) -> None:
        self._note("#", "a new conversation")
        self.chat.close()
        self.chat = ChatClient(self.chat_url)
        self.last = Answer([], "bot")

    def _claim_problems(self) -> list[str]:
        expected, count = self.script.claim, self.script.claims
        if expected is None and count is None:
            return []
        claims = self.staff.claims(conversation=self.chat.session_id)
        wanted = 0 if expected == "none" else count
        if wanted is not None and len(claims) != wanted:
            return [f"expected {wanted} claims of this conversation, found {len(claims)}"]
        if not isinstance(expected, dict):
            return []
        if not claims:
            return ["no claim was registered in this conversation"]
        claim = self.staff.claim(claims[0]["claim_no"])
        return claim_problems(expected, claim, dt.datetime.now(dt.UTC))


def play_all(
    folder: Path,
    chat_url: str,
    staff_url: str,
    staff_token: str,
    before_each: Callable[[], None] = lambda: None,
    on_played: Callable[[Played], None] = lambda played: None,
) -> list[Played]:
    """Play every script of a folder. A file that cannot be read counts as a failed script."""
    played: list[Played] = []
    for path in find_scripts(folder):
        before_each()
        try:
            one = Player(load_script(path), chat_url, staff_url, staff_token).play()
        except (ScriptError, ApiError) as error:
            one = Played(path.name, problems=[str(error)])
        played.append(one)
        on_played(one)
    return played


def summary(played: Iterable[Played]) -> dict[str, Any]:
    """Counts and the problems, as one JSON-ready object."""
    played = list(played)
    return {
        "scripts": len(played),
        "passed": sum(each.passed for each in played),
        "turns": sum(each.turns for each in played),
        "failed": [{"name": each.name, "problems": each.problems} for each in played if not each.passed],
    }
