import pytest

from claims import unanswered
from claims.errors import NotFound
from claims.vocabulary import QuestionKind


def test_questions_wait_for_an_editor_the_last_asked_first(session, time) -> None:
    older = unanswered.keep(session, "外星人撞车赔吗", "auto_single")
    time.forward(minutes=1)
    newer = unanswered.keep(session, "火星上出险赔吗")
    assert unanswered.waiting(session) == [newer, older]
    unanswered.settle(session, newer, "crash_other_city")
    assert unanswered.waiting(session) == [older]
    assert newer.settled_with == "crash_other_city"


def test_the_same_question_is_counted_with_its_first_and_last_time(session, time) -> None:
    first = unanswered.keep(session, "外星人撞车赔吗", "auto_single")
    time.forward(days=2)
    again = unanswered.keep(session, "外星人撞车，赔吗", "auto_single")
    assert again is first
    assert (first.count, (first.last_asked_at - first.asked_at).days) == (2, 2)


def test_a_question_that_was_settled_is_new_when_it_is_asked_again(session) -> None:
    first = unanswered.keep(session, "外星人撞车赔吗", "auto_single")
    unanswered.settle(session, first)
    assert unanswered.keep(session, "外星人撞车赔吗", "auto_single") is not first


def test_an_answer_that_did_not_help_is_another_matter(session) -> None:
    unanswered.keep(session, "外星人撞车赔吗", "auto_single")
    down = unanswered.keep(session, "外星人撞车赔吗", "auto_single", kind=QuestionKind.DOWN_VOTE)
    assert down.count == 1
    assert len(unanswered.waiting(session)) == 2


def test_personal_data_is_masked_before_it_is_kept(session) -> None:
    kept = unanswered.keep(session, "我是13800138001，身份证110101199003078515，怎么查")
    assert "13800138001" not in kept.text
    assert "110101199003078515" not in kept.text
    assert "怎么查" in kept.text


def test_a_question_is_found_by_the_beginning_of_its_id(session) -> None:
    kept = unanswered.keep(session, "外星人撞车赔吗")
    assert unanswered.find(session, kept.id[:8]) is kept
    for wrong in ("", "zzzz", "%"):
        with pytest.raises(NotFound):
            unanswered.find(session, wrong)
    unanswered.settle(session, kept)
    with pytest.raises(NotFound):
        unanswered.find(session, kept.id)
