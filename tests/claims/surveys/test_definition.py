"""Surveys as data: every file is whole, branching leads somewhere, and a wrong file is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from claims.models import Claim
from claims.rules.loading import RuleFileError
from claims.surveys import OVERALL, surveys
from claims.surveys.categories import survey_for
from claims.surveys.definition import NOTHING
from claims.vocabulary import Cause, ClaimState, Line, Tier

WRONG = """
name: x
version: "1"
round: 1
points: 0
opening: {{text: 您好}}
questions:
  - {{key: overall, kind: scale, text: 满意吗}}
  - {question}
thanks: {{text: 谢谢}}
"""


@pytest.mark.parametrize("name", ["regular", "major", "special", "rejected", "disputed", "second"])
@pytest.mark.parametrize("score", ["1", "3", "4", "5"])
def test_every_survey_ends_whatever_is_answered(name: str, score: str) -> None:
    survey, answers = surveys()[name], {}
    while (question := survey.next(answers)) is not None:
        assert question.key not in answers
        answers[question.key] = score if question.kind == "scale" else question.values[0]
        assert len(answers) <= 6, "nobody answers more than six questions"
    assert answers[OVERALL] == score


def test_what_is_asked_next_depends_on_what_was_answered() -> None:
    regular = surveys()["regular"]
    assert [q.key for q in regular.questions if q.when is None] == ["overall"]
    assert regular.next({"overall": "2"}).key == "reason"  # type: ignore[union-attr]
    assert regular.next({"overall": "5"}).key == "speed"  # type: ignore[union-attr]
    assert regular.next({"overall": "5", "speed": "4", "wish": NOTHING}) is None


def test_a_death_is_spoken_of_without_points_and_scores_of_satisfaction() -> None:
    special = surveys()["special"]
    assert special.points == 0
    said = special.opening.text + "".join(question.text for question in special.questions) + special.thanks.text
    assert "满意" not in said and "积分" not in said and "慰问" in said


@pytest.mark.parametrize(
    ("question", "fault"),
    [
        ("{key: overall, kind: text, text: 再问}", "asked twice"),
        ("{key: b, kind: choice, text: 选}", "has choices"),
        ("{key: b, kind: text, text: 说, when: {question: c, at_most: 3}}", "not asked before"),
        ("{key: b, kind: text, text: 说, when: {question: overall, is: [good]}}", "does not have"),
    ],
)
def test_a_wrong_survey_is_refused_at_start(question: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_text(WRONG.format(question=question), encoding="utf-8")
    with pytest.raises(RuleFileError, match=fault):
        surveys(tmp_path)


@pytest.mark.parametrize(
    ("cause", "tier", "been", "expected"),
    [
        (Cause.SCRATCH, Tier.MINOR, (), "regular"),
        (Cause.FIRE, Tier.MAJOR, (), "major"),
        (Cause.DEATH, Tier.REGULAR, (), "special"),
        (Cause.INJURY, Tier.MAJOR, (), "special"),
        (Cause.SCRATCH, Tier.REGULAR, (ClaimState.REJECTED,), "rejected"),
        (Cause.SCRATCH, Tier.REGULAR, (ClaimState.DISPUTED,), "disputed"),
        (Cause.DEATH, Tier.MAJOR, (ClaimState.REJECTED,), "special"),
    ],
)
def test_the_gravest_circumstance_chooses_the_survey(
    cause: Cause, tier: Tier, been: tuple[ClaimState, ...], expected: str
) -> None:
    claim = Claim(line=Line.AUTO, cause=cause, tier=tier)
    assert survey_for(claim, [ClaimState.REPORTED, *been, ClaimState.CLOSED]) == expected
