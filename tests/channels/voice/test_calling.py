"""Calls of ours: placed through Twilio's library, taken by a person or a machine, reported in any order."""

from __future__ import annotations

import pytest

from channels.base import AddressGone, MessageRefused, PassingFailure
from channels.twilio.settings import TwilioSettings
from channels.voice.send import Caller
from claims import conversations, outbox
from claims.database import unit_of_work
from claims.models import Message
from claims.vocabulary import Author, OutboxState
from standins.voice.api import CallsApi, Placed
from standins.voice.line import Line
from tests.channels.support import FakeEngine, eventually
from tests.channels.voice.conftest import CALLER, OURS, PUBLIC_URL

BASE = f"{PUBLIC_URL}/channels/voice/twilio"
TEXT = "您的案件已经结案，想请您评个分，五分是非常满意。"


def notify(url: str, key: str = "callback-1", text: str = TEXT) -> None:
    """What outreach does: one row in the outbox."""
    with unit_of_work(url) as unit:
        outbox.enqueue(unit.session, channel="voice", address=CALLER, purpose="callback", text=text, dedupe_key=key)
        unit.commit()


def how(url: str) -> tuple[OutboxState, str | None]:
    """State and error of the one row there is."""
    with unit_of_work(url, read_only=True) as unit:
        row = outbox.listing(unit.session)[0]
        return row.state, row.error


def placed(api: CallsApi) -> Placed:
    """The first call that was asked for."""
    eventually(lambda: api.placed)
    return api.placed[0]


def sent(url: str) -> None:
    eventually(lambda: how(url)[0] is OutboxState.SENT)


def test_a_notice_is_called_and_said_to_whoever_takes_it(
    line: Line, calls_api: CallsApi, engine: FakeEngine, database_url: str
) -> None:
    notify(database_url)
    ours = placed(calls_api)
    assert (ours.form["To"], ours.form["From"], ours.form["MachineDetection"]) == (CALLER, OURS, "DetectMessageEnd")
    sent(database_url)
    call = ours.take(line)
    assert call.start() == [f"您好，我是保险理赔的智能助手小理。{TEXT}"]
    call.say("五分")
    assert engine.texts == ["五分"]
    call.hang_up()
    eventually(lambda: how(database_url)[0] is OutboxState.DELIVERED)
    assert len(calls_api.placed) == 1


def test_buttons_that_were_stored_with_the_notice_are_its_keys(
    line: Line, calls_api: CallsApi, engine: FakeEngine, database_url: str
) -> None:
    with unit_of_work(database_url) as unit:
        conversation, _ = conversations.open_conversation(unit.session, "voice", CALLER, button_limit=0)
        buttons = [("满意", '/rate_service{"rating": 5}'), ("不满意", '/rate_service{"rating": 1}')]
        conversations.say(unit.session, conversation, Author.BOT, TEXT, buttons=buttons, awaiting="rating")
        unit.commit()
    notify(database_url)
    call = placed(calls_api).take(line)
    assert "满意请按一，不满意请按二" in call.start()[0]
    call.press("2")
    assert engine.turns[-1]["text"] == '/rate_service{"rating": 1}'


@pytest.mark.parametrize("machine", ["machine_end_beep", "machine_end_silence", "fax"])
def test_a_machine_is_told_nothing_of_the_case_and_the_notice_is_marked(
    machine: str, line: Line, calls_api: CallsApi, database_url: str
) -> None:
    notify(database_url)
    ours = placed(calls_api)
    sent(database_url)
    call = ours.take(line, answered_by=machine)
    heard = "".join(call.start())
    assert "请您方便时拨打来电号码" in heard
    assert "案件" not in heard
    assert call.ended
    call.report("completed")
    assert how(database_url) == (OutboxState.FAILED, "answering machine")
    with unit_of_work(database_url, read_only=True) as unit:
        assert unit.session.query(Message).count() == 0


def test_reports_in_the_wrong_order_end_as_the_call_did(line: Line, calls_api: CallsApi, database_url: str) -> None:
    notify(database_url)
    ours = placed(calls_api)
    call = ours.take(line)
    call.report("completed")
    sent_or_more = (OutboxState.SENT, OutboxState.DELIVERED)
    eventually(lambda: how(database_url)[0] in sent_or_more)
    for late in ("ringing", "initiated", "in-progress", "completed"):
        assert call.report(late).status_code == 200
    eventually(lambda: how(database_url)[0] is OutboxState.DELIVERED)


def test_a_call_that_nobody_took_is_marked(line: Line, calls_api: CallsApi, database_url: str) -> None:
    notify(database_url)
    ours = placed(calls_api)
    sent(database_url)
    ours.take(line, answered_by="").report("no-answer")
    assert how(database_url) == (OutboxState.FAILED, "no-answer")


def test_a_call_that_was_declined_is_marked(line: Line, calls_api: CallsApi, database_url: str) -> None:
    notify(database_url)
    ours = placed(calls_api)
    sent(database_url)
    ours.decline(line)
    assert how(database_url) == (OutboxState.FAILED, "busy")


def test_killed_between_the_call_and_the_mark_it_rings_again_but_says_so(
    line: Line, calls_api: CallsApi, database_url: str
) -> None:
    notify(database_url)
    first = placed(calls_api)
    sent(database_url)
    with unit_of_work(database_url) as unit:
        row = outbox.listing(unit.session)[0]  # as it is left by a process that was killed before its mark
        row.state, row.sent_at, row.parts_sent, row.next_try_at = OutboxState.PENDING, None, 0, row.created_at
        unit.commit()
    eventually(lambda: len(calls_api.placed) == 2)
    assert TEXT in first.take(line).start()[0]
    again = calls_api.placed[1].take(line)
    assert "刚才已经打电话和您说过了" in again.start()[0]
    assert again.ended


def test_a_provider_that_is_away_is_tried_again(line: Line, calls_api: CallsApi, database_url: str) -> None:
    calls_api.outage = 2
    notify(database_url)
    placed(calls_api)
    sent(database_url)
    assert len(calls_api.placed) == 1
    assert calls_api.outage == 0


@pytest.mark.usefixtures("_account")
@pytest.mark.parametrize(
    ("status", "dead", "kind"),
    [(503, False, PassingFailure), (429, False, PassingFailure), (422, False, MessageRefused), (0, True, AddressGone)],
)
async def test_each_refusal_says_what_to_do_next(
    status: int, dead: bool, kind: type[Exception], calls_api: CallsApi
) -> None:
    calls_api.outage, calls_api.status = int(bool(status)), status
    calls_api.dead = {CALLER} if dead else set()
    with pytest.raises(kind) as refused:
        await Caller(TwilioSettings.read(), BASE, 20).place_call("13800138001", "callback", "k")
    assert "138" not in str(refused.value)


@pytest.mark.usefixtures("_account")
async def test_a_wrong_token_is_refused_and_waits_for_the_right_one(
    calls_api: CallsApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIPEI_TWILIO_AUTH_TOKEN", "b" * 32)
    with pytest.raises(PassingFailure, match="refused the account"):
        await Caller(TwilioSettings.read(), BASE, 20).place_call(CALLER, "callback", "k")
    assert calls_api.placed == []


@pytest.mark.usefixtures("_account")
async def test_a_provider_that_cannot_be_reached_is_a_passing_failure(
    calls_api: CallsApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIPEI_TWILIO_API_BASE", "http://127.0.0.1:9")
    with pytest.raises(PassingFailure, match="not reached"):
        await Caller(TwilioSettings.read(), BASE, 20).place_call(CALLER, "callback", "k")
    assert calls_api.placed == []
