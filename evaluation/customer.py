"""A customer made of rules: reports claims by answering whatever the bot asks for, as `awaiting` names it."""

import datetime as dt
from itertools import count
from zoneinfo import ZoneInfo

from evaluation.conversations import CLAIM_NUMBER
from lipei.client import Answer, ChatClient

# 京A12345 has been insured for 200 days. Reports of days that lie this far apart are different events.
DAYS_APART = 2
DIFFERENT_DAYS = 95
ANOTHER_EVENT = "另一起"
MOST_TURNS = 14
ANSWERS = {
    "policy": "京A12345",
    "line": "车险",
    "location": "北京市朝阳区建国路88号",
    "cause": "追尾了前面的车",
    "description": "等红灯时没刹住，撞上了前车的后保险杠",
    "injured_count": "没有人受伤",
    "third_party": "对方一辆车",
    "police_reported": "没有报警",
    "loss_estimate": "大概三千五",
    "contact_phone": "13800138001",
}
OPENINGS = ("我要报案，车子追尾了", "你好，我的车撞了，想报案", "出了点事故，要报个案")
AFTER_REPORT = ("撞到护栏保险赔不赔", "理赔一般要多久？", "谢谢")
_reports = count()


class Customer:
    """One customer's next words, turn by turn. A new report begins when the last is registered."""

    def __init__(self, base_url: str, seconds: float = 30.0) -> None:
        self.base_url, self.seconds = base_url, seconds
        self.chat = ChatClient(base_url, seconds)
        self.registered = 0
        self._begin()

    def _begin(self) -> None:
        self.number = next(_reports)
        self.turns = 0
        self.closing = list(AFTER_REPORT)
        self.reported = False
        self.last: Answer | None = None
        self.done = False

    def turn(self) -> Answer:
        """Say the next thing and return the answer. Raises ApiError."""
        if self.done or self.turns >= MOST_TURNS:
            self.chat.close()
            self.chat = ChatClient(self.base_url, self.seconds)
            self._begin()
        self.turns += 1
        answer = self._send()
        if not self.reported and CLAIM_NUMBER.search(answer.text):
            self.reported = True
            self.registered += 1
        self.last = answer
        return answer

    def _send(self) -> Answer:
        if self.last is None:
            return self.chat.say(OPENINGS[self.number % len(OPENINGS)])
        if self.reported:
            words = self.closing.pop(0)
            self.done = not self.closing
            return self.chat.say(words)
        awaiting = self.last.awaiting
        if awaiting == "incident_time":
            return self.chat.say(self._incident_time())
        if awaiting in ANSWERS:
            return self.chat.say(ANSWERS[awaiting])
        if awaiting == "confirm":
            return self.chat.say("确认")
        if self.last.buttons:
            another = [each for each in self.last.buttons if ANOTHER_EVENT in each["title"]]
            return self.chat.tap((another or self.last.buttons)[0]["payload"])
        return self.chat.say("继续报案")

    def _incident_time(self) -> str:
        day = dt.datetime.now(ZoneInfo("Asia/Shanghai")).date() - dt.timedelta(
            days=1 + DAYS_APART * (self.number % DIFFERENT_DAYS)
        )
        return f"{day.year}年{day.month}月{day.day}日下午三点"
