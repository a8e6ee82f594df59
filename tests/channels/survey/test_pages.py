"""The questionnaire's pages: whole without scripts, escaped, and closed to whoever has no link or a used one."""

from __future__ import annotations

from datetime import timedelta
from html.parser import HTMLParser

import pytest
from sqlalchemy.orm import Session

from channels.survey.answering import Filled, show, take
from channels.survey.page import message_page, question_page
from claims import clock, surveys
from claims.database import unit_of_work
from claims.models import Consent, SurveyAnswer, SurveyRun
from claims.surveys import Question
from claims.surveys.definition import Choice
from claims.vocabulary import SurveyState
from tests.channels.survey.conftest import put_closed_claim


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.mark.parametrize("kind", ["scale", "choice", "text"])
def test_every_kind_of_question_can_be_filled_in_without_scripts(kind: str) -> None:
    question = next(q for q in surveys.surveys()["regular"].questions if q.kind == kind)
    tags = Tags(question_page(question, tail="0015"))
    assert tags.all("html")[0]["lang"] == "zh-Hans"
    assert tags.all("script") == [] and tags.all("style") == []
    assert tags.all("meta")[1]["content"] == "width=device-width, initial-scale=1"
    radios = [field for field in tags.all("input") if field["type"] == "radio"]
    if kind == "text":
        assert tags.all("textarea")[0]["id"] == tags.all("label")[0]["for"]
    else:
        assert [radio["value"] for radio in radios] == list(question.values)
        assert len(tags.all("label")) == len(radios)
    assert len(tags.all("legend")) == 1


def test_words_are_escaped() -> None:
    question = Question(key="q", kind="choice", text="<b>好吗</b>", choices=(Choice(key="a", title="<i>"),))
    html = question_page(question, tail="<s>", opening="<u>")
    assert not any(tag in html for tag in ("<b>", "<i>", "<s>", "<u>"))
    assert "&lt;script&gt;" in message_page("<script>")


@pytest.fixture
def run(database_url: str) -> tuple[str, str]:
    """(database, token) of a callback that waits for its answers."""
    with unit_of_work(database_url) as unit:
        claim = put_closed_claim(unit.session)
        token = surveys.link_token(surveys.open_run(unit.session, claim, closed_at=claim.state_since))
        unit.commit()
    return database_url, token


def the_run(session: Session, token: str) -> SurveyRun:
    found = surveys.by_link(session, token)
    assert found is not None
    return found


def test_whoever_guesses_finds_nothing(run: tuple[str, str]) -> None:
    url, token = run
    with unit_of_work(url) as unit:
        assert show(unit.session, token[:-1] + ("0" if token[-1] != "0" else "1"))[0] == 404
        assert take(unit.session, "unknown", Filled("next", "overall", "5", "")) is True
        assert unit.session.query(SurveyAnswer).count() == 0


def test_a_page_left_behind_answers_no_other_question(run: tuple[str, str]) -> None:
    url, token = run
    with unit_of_work(url) as unit:
        assert take(unit.session, token, Filled("next", "reason", "speed", ""))
        assert take(unit.session, token, Filled("next", "overall", "6", "")) is False
        assert unit.session.query(SurveyAnswer).count() == 0


def test_who_wants_no_more_of_this_is_not_asked_again(run: tuple[str, str]) -> None:
    url, token = run
    with unit_of_work(url) as unit:
        take(unit.session, token, Filled("stop", "", "", ""))
        assert the_run(unit.session, token).state is SurveyState.DECLINED
        said = unit.session.query(Consent).one()
        assert (said.channel, said.kind, said.allowed) == ("*", "survey", False)
        assert "不再打扰" in show(unit.session, token)[1]


def test_a_link_is_dead_after_a_week(run: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    url, token = run
    later = clock.now() + timedelta(days=7, seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with unit_of_work(url) as unit:
        assert "已经过期" in show(unit.session, token)[1]
        assert take(unit.session, token, Filled("next", "overall", "5", ""))
        assert unit.session.query(SurveyAnswer).count() == 0
