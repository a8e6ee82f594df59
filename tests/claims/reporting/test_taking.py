"""One turn of a report, from the message to what comes next, with the demo policies."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from claims import customers, drafts
from claims.clock import SHANGHAI
from claims.models import Draft
from claims.reporting import steps, taking
from claims.rules.cover import CoverProblem
from claims.vocabulary import Line, Priority
from tests.claims.reporting.messages import heard


def days_ago(days: float) -> str:
    return (datetime.now(tz=SHANGHAI) - timedelta(days=days)).isoformat()


def rear_end(plate: str = "京A12345", when: str | None = None) -> dict[str, object]:
    return {
        "incident_time": when or days_ago(1),
        "location": "朝阳路",
        "cause": "collision_multi",
        "injured_count": 0,
        "amount": 3500,
        "police_reported": False,
        "plate_no": plate,
    }


TEXT = "昨天开车在朝阳路追尾了前车，人没事，没报警"


def test_one_good_sentence_leaves_only_the_phone(session: Session, draft: Draft) -> None:
    outcome = taking.take(session, draft, heard(TEXT, "report_claim", **rear_end()), None)
    assert outcome.facts.policy == "PA202600000001"
    assert outcome.next == steps.Ask("contact_phone")
    assert outcome.urgency is None


def test_the_summary_follows_the_last_answer_and_registers_once(session: Session, draft: Draft) -> None:
    taking.take(session, draft, heard(TEXT, "report_claim", **rear_end()), None)
    outcome = taking.take(session, draft, heard(phone="13800138001", awaiting="contact_phone"), None)
    assert isinstance(outcome.next, steps.Confirm)
    first, new = taking.register(session, draft, None)
    again, new_again = taking.register(session, draft, None)
    assert (new, new_again) == (True, False)
    assert first.id == again.id
    assert first.line is Line.AUTO


def test_an_expired_policy_is_said_and_the_customer_may_insist(session: Session, draft: Draft) -> None:
    outcome = taking.take(session, draft, heard(TEXT, "report_claim", **rear_end("川A88888")), None)
    assert outcome.next == steps.NotCovered(CoverProblem.EXPIRED)
    taking.insist(session, draft, "insists", str(CoverProblem.EXPIRED))
    assert taking.where(session, draft, heard()) == steps.Ask("contact_phone")


def test_a_plate_nobody_has_is_refused_and_asked_for(session: Session, draft: Draft) -> None:
    outcome = taking.take(session, draft, heard(TEXT, "report_claim", **rear_end("沪Z99999")), None)
    assert [fact for fact, _ in outcome.refused] == ["policy"]
    assert outcome.next == steps.Ask("policy")


def test_the_same_event_leads_to_the_claim_there_is(session: Session, draft: Draft) -> None:
    taking.take(session, draft, heard(TEXT, "report_claim", **rear_end()), None)
    taking.take(session, draft, heard(phone="13800138001", awaiting="contact_phone"), None)
    claim, _ = taking.register(session, draft, None)
    second = drafts.start(session, draft.conversation_id)
    outcome = taking.take(session, second, heard(TEXT, "report_claim", **rear_end()), None)
    assert outcome.next == steps.AlreadyReported(claim)
    taking.insist(session, second, "another_event")
    assert isinstance(taking.where(session, second, heard()), steps.Ask)


def test_someone_hurt_is_an_emergency_once(session: Session, draft: Draft) -> None:
    said = heard("刚才被车撞了，人流血了", "report_claim", cause="collision_multi", injured=True)
    outcome = taking.take(session, draft, said, None)
    assert outcome.urgency is steps.Urgency.NOW
    assert taking.take(session, draft, heard(injured_count=1, awaiting="injured_count"), None).urgency is None
    assert taking.priority_of(drafts.facts(draft), draft.flags) is Priority.EMERGENCY


def test_for_an_old_injury_the_numbers_are_only_named_once(session: Session, draft: Draft) -> None:
    said = heard("上个月摔伤了", "report_claim", cause="injury", injured=True, incident_time=days_ago(20))
    assert taking.take(session, draft, said, None).urgency is steps.Urgency.EARLIER
    assert taking.take(session, draft, heard(injured_count=1, awaiting="injured_count"), None).urgency is None
    assert taking.priority_of(drafts.facts(draft), draft.flags) is Priority.HIGH


def test_an_injury_that_turns_out_to_be_recent_becomes_an_emergency(session: Session, draft: Draft) -> None:
    said = heard("上个月摔伤了", "report_claim", cause="injury", injured=True, incident_time=days_ago(20))
    taking.take(session, draft, said, None)
    corrected = heard("不对，是今天早上", "correct_detail", incident_time=days_ago(0.1))
    assert taking.take(session, draft, corrected, None).urgency is steps.Urgency.NOW


def test_a_question_left_open_is_not_asked_again(session: Session, draft: Draft) -> None:
    facts = {**rear_end()}
    del facts["amount"]
    assert taking.take(session, draft, heard(TEXT, "report_claim", **facts), None).next == steps.Ask("loss_estimate")
    outcome = taking.take(session, draft, heard("不清楚", unknown="loss_estimate", awaiting="loss_estimate"), None)
    assert outcome.next == steps.Ask("contact_phone")


@pytest.mark.parametrize("answers", [1, 2, 3])
def test_answers_that_say_nothing_are_counted(session: Session, draft: Draft, answers: int) -> None:
    taking.take(session, draft, heard(TEXT, "report_claim", **rear_end()), None)
    for _ in range(answers):
        outcome = taking.take(session, draft, heard("呃", "nlu_fallback", awaiting="contact_phone"), None)
    assert outcome.next == steps.Ask("contact_phone", answers)


def test_editing_asks_again_and_the_old_value_stands_meanwhile(session: Session, draft: Draft) -> None:
    taking.take(session, draft, heard(TEXT, "report_claim", **rear_end()), None)
    taking.edit(session, draft, "location")
    assert taking.where(session, draft, heard()) == steps.Ask("location")
    assert drafts.facts(draft).location == "朝阳路"
    outcome = taking.take(session, draft, heard("建国路", location="建国路", awaiting="location"), None)
    assert outcome.facts.location == "建国路"
    assert outcome.next == steps.Ask("contact_phone")


def test_a_proven_customer_need_not_name_the_policy(session: Session, draft: Draft) -> None:
    wei = customers.find_by_phone(session, "13800138001")[0]
    facts = {**rear_end()}
    del facts["plate_no"]
    outcome = taking.take(session, draft, heard(TEXT, "report_claim", **facts), wei.id)
    assert outcome.facts.policy == "PA202600000001"


def test_a_corrected_cause_takes_its_consequences_along(session: Session, draft: Draft) -> None:
    taking.take(session, draft, heard(TEXT, "report_claim", **rear_end()), None)
    assert taking.known(draft).third_party is True
    outcome = taking.take(session, draft, heard("不对，是撞了护栏", "correct_detail", cause="collision_single"), None)
    assert outcome.facts.third_party is None
    assert outcome.next == steps.Ask("third_party")


def test_what_only_follows_from_a_policy_is_no_correction(session: Session, draft: Draft) -> None:
    taking.take(session, draft, heard("水管爆了把楼下淹了", "report_claim", cause="third_party_property"), None)
    outcome = taking.take(session, draft, heard("PP202600000002", policy_no="PP202600000002", awaiting="line"), None)
    assert outcome.corrected == ()
    assert outcome.facts.line is Line.PROPERTY


def test_the_line_of_a_policy_goes_with_the_policy(session: Session, draft: Draft) -> None:
    said = heard("家里被偷了", "report_claim", cause="theft", incident_time=days_ago(1), location="望京")
    taking.take(session, draft, said, None)
    taking.take(session, draft, heard("PI202600000002", policy_no="PI202600000002"), None)
    assert taking.known(draft).line is Line.ACCIDENT
    outcome = taking.take(session, draft, heard("换成PP202600000002", policy_no="PP202600000002"), None)
    assert outcome.facts.line is Line.PROPERTY
    assert not isinstance(outcome.next, steps.NotCovered)


def test_a_fire_of_last_night_is_out(session: Session, draft: Draft) -> None:
    said = heard("昨晚厂房起火", "report_claim", cause="fire", incident_time=days_ago(0.5))
    assert taking.take(session, draft, said, None).urgency is None


def test_a_phone_in_answer_to_the_policy_is_the_contact_and_shows_nothing(session: Session, draft: Draft) -> None:
    facts = {**rear_end()}
    del facts["plate_no"]
    assert taking.take(session, draft, heard(TEXT, "report_claim", **facts), None).next == steps.Ask("policy")
    outcome = taking.take(session, draft, heard("13800138001", phone="13800138001", awaiting="policy"), None)
    assert outcome.facts.policy == "unknown"
    assert isinstance(outcome.next, steps.Confirm)
    claim, _ = taking.register(session, draft, None)
    assert claim.policy is not None
    assert claim.policy.number == "PA202600000001"


def test_the_line_tells_which_of_several_policies_is_meant(session: Session, draft: Draft) -> None:
    said = heard("我的身份证440305198806152349", "report_claim", id_card="440305198806152349")
    assert taking.take(session, draft, said, None).facts.policy is None
    outcome = taking.take(session, draft, heard("意外险", awaiting="line", insurance_line="accident"), None)
    assert outcome.facts.policy == "PI202600000002"


def test_an_hour_is_added_to_the_day_and_corrects_nothing(session: Session, draft: Draft) -> None:
    fell = {"line_hint": "accident", "cause": "injury", "injured": True, "incident_time": days_ago(1)[:10]}
    outcome = taking.take(session, draft, heard("我爸昨天摔了", "report_claim", **fell), None)
    assert outcome.urgency is steps.Urgency.EARLIER
    hour = f"{days_ago(1)[:10]}T23:50:00+08:00"
    outcome = taking.take(session, draft, heard("晚上快十二点", incident_time=hour, awaiting="location"), None)
    assert (outcome.changed, outcome.corrected) == (("incident_time",), ())
    assert outcome.urgency is None
