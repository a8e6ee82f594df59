"""Questions on the customer's own cover: proof first, then the own policy with its clause."""

import json
from typing import Any

import pytest

from claims import conversations, database
from faq import service
from faq.catalogue import Entry, Source
from faq.decide import Answer, Unknown
from tests.actions.talk import Talk
from tests.actions.test_identity_and_cases import code_sent

GENERAL = Entry(
    id="auto_glass",
    category="auto",
    question="玻璃单独破碎赔不赔",
    answer="车损险已包含玻璃单独破碎。",
    source=Source(kind="clause", reference="示范条款"),
    phrasings=("玻璃碎了", "玻璃裂了", "只碎玻璃"),
)
GLASS = "我这个保险玻璃单独破碎赔吗"


@pytest.fixture(autouse=True)
def knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    """The knowledge base is certain about glass and knows nothing else; it is tested in tests/faq."""

    def answer(text: str) -> Answer | Unknown:
        return Answer(GENERAL, 0.99) if "玻璃" in text else Unknown(None)

    monkeypatch.setattr(service, "answer", answer)


def prove(talk: Talk, phone: str) -> str:
    talk.hears("inform", phone, "action_continue", phone=phone)
    code = code_sent()
    return talk.hears("inform", code, "action_continue", code=code)


def asks(talk: Talk, text: str, intent: str = "ask_policy", **values: Any) -> str:
    action = "action_policy" if intent == "ask_policy" else "action_answer_question"
    return talk.hears(intent, text, action, "action_back", **values)


def proven(talk: Talk, phone: str) -> Talk:
    asks(talk, "我的保单")
    prove(talk, phone)
    return talk


def button(talk: Talk, title: str) -> dict[str, Any]:
    """The values that a button offered by the last replies carries."""

    offered = [each for reply in talk.last_replies for each in reply.get("buttons") or []]
    payload = next(each["payload"] for each in offered if title in each["title"])
    return dict(json.loads(payload[payload.index("{") :]))


def test_the_general_answer_and_the_offer_then_the_own_answer(talk: Talk) -> None:
    read = asks(talk, GLASS, "ask_faq", cause="glass")
    assert "示范条款" in read
    assert "以上是一般规定" in read
    assert talk.awaiting == "confirm"
    asks(talk, "查我的保单", **button(talk, "查我的保单"))
    assert talk.awaiting == "contact_phone"
    read = prove(talk, "13800138001")
    assert "“玻璃单独破碎”在您的车险（尾号0001）保障范围内" in read
    assert "附加玻璃单独破碎保障：限额8,000元，无免赔额（依据：附加玻璃单独破碎保障条款）" in read
    assert talk.awaiting is None


@pytest.mark.parametrize(
    ("intent", "text", "values", "awaiting"),
    [
        ("affirm", "好的", {}, "contact_phone"),
        ("correct_detail", "13800138001", {"phone": "13800138001"}, "code"),
        ("deny", "不用了", {}, None),
        ("inform", "嗯这样", {}, None),
    ],
)
def test_the_offer_is_taken_or_left(
    talk: Talk, intent: str, text: str, values: dict[str, Any], awaiting: str | None
) -> None:
    asks(talk, GLASS, "ask_faq", cause="glass")
    talk.hears(intent, text, "action_continue", **values)
    assert talk.awaiting == awaiting
    with database.unit_of_work(read_only=True) as work:
        open_tasks = [task["task"] for task in conversations.get(work.session, talk.conversation_id).tasks]
    assert open_tasks == (["identify"] if awaiting else [])


def test_something_else_ends_the_offer(talk: Talk) -> None:
    asks(talk, GLASS, "ask_faq", cause="glass")
    talk.hears("thank", "谢谢", "action_back")
    talk.hears("affirm", "好", "action_continue")
    assert talk.awaiting is None


def test_what_only_the_policy_can_say_asks_for_proof_at_once(talk: Talk) -> None:
    read = asks(talk, "我的医疗险免赔额多少", insurance_line="health")
    assert "验证身份" in read
    read = prove(talk, "13800138001")
    assert "医疗险（尾号0001）" in read
    assert "一般住院医疗保险金：限额2,000,000元，免赔额10,000元" in read
    assert "第2.3.1条" in read


def test_once_proven_the_own_answer_comes_at_once(talk: Talk) -> None:
    read = asks(proven(talk, "13800138001"), "我的医疗险门诊能报吗", "ask_faq", insurance_line="health")
    assert "门诊特定医疗保险金" in read
    assert "第2.3.2条" in read
    assert "30 天等待期已于" in read


def test_a_general_question_stays_one(talk: Talk) -> None:
    read = asks(proven(talk, "13800138001"), "玻璃单独破碎赔不赔", "ask_faq", cause="glass")
    assert read == "车损险已包含玻璃单独破碎。\n（依据：示范条款）"


def test_not_in_the_policy_is_said_plainly(talk: Talk) -> None:
    read = asks(proven(talk, "13800138002"), "我那份意外险猝死管不管", insurance_line="accident", cause="death")
    assert "您的意外险（尾号0002）没有“猝死”这项保障" in read
    assert "猝死多由疾病引起" in read


def test_another_policy_that_has_it_is_named(talk: Talk) -> None:
    read = asks(proven(talk, "13800138001"), "我的车险门诊能报吗", insurance_line="auto", cause="outpatient")
    assert "您的车险（尾号0001）没有“门诊”" in read
    assert "您名下的医疗险（尾号0001）有这项保障" in read


def test_an_expired_policy_says_so_first(talk: Talk) -> None:
    read = asks(proven(talk, "13800138004"), "我的三者险保额多少", insurance_line="auto")
    assert read.startswith("您的车险（尾号0004）已于")
    assert "机动车第三者责任保险：限额2,000,000元" in read


@pytest.mark.parametrize(
    ("intent", "text", "values"),
    [
        ("inform", "医疗险", {"insurance_line": "health", "choice": "医疗险"}),
        ("inform", "PH202600000001", {"policy_no": "PH202600000001"}),
    ],
)
def test_which_of_several_is_asked_and_answered(talk: Talk, intent: str, text: str, values: dict[str, Any]) -> None:
    read = asks(proven(talk, "13800138001"), "我保单免赔额多少")
    assert "2 份保单" in read
    assert talk.awaiting == "choice"
    read = talk.hears(intent, text, "action_continue", **values)
    assert "免赔额10,000元" in read
    assert "机动车" not in read
    assert talk.awaiting is None


def test_which_of_several_by_button(talk: Talk) -> None:
    asks(proven(talk, "13800138001"), "我保单免赔额多少")
    read = asks(talk, "医疗险（尾号0001）", **button(talk, "医疗险"))
    assert "免赔额10,000元" in read


def test_a_line_the_customer_does_not_hold(talk: Talk) -> None:
    read = asks(proven(talk, "13800138002"), "我的车险玻璃赔不赔", "ask_faq", insurance_line="auto", cause="glass")
    assert "在您名下没有查到车险保单" in read
    assert "意外险（尾号0002）" in read


def test_somebody_elses_number_is_not_found(talk: Talk) -> None:
    number = "PA202600000003"
    read = asks(proven(talk, "13800138001"), f"{number}三者险保额多少", policy_no=number)
    assert "没有查到这份保单" in read
    assert "0003" not in read


def test_in_the_middle_of_a_report_it_goes_on(talk: Talk) -> None:
    talk.hears("report_claim", "刚才追尾了前车", "action_report", cause="collision_multi", injured_count=0)
    before = talk.awaiting
    read = asks(talk, GLASS, "ask_faq", cause="glass")
    assert "点“查我的保单”" in read
    assert "我们接着报案" in read
    assert talk.awaiting == before
    asks(talk, "我这个保险赔吗")
    read = prove(talk, "13800138001")
    assert "“与他车或他人碰撞”在您的车险（尾号0001）保障范围内" in read
    assert talk.awaiting == before


def test_the_offer_in_a_report_is_taken_by_its_button(talk: Talk) -> None:
    talk.hears("report_claim", "刚才追尾了前车", "action_report", cause="collision_multi", injured_count=0)
    before = talk.awaiting
    asks(talk, GLASS, "ask_faq", cause="glass")
    asks(talk, "查我的保单", **button(talk, "查我的保单"))
    read = prove(talk, "13800138001")
    assert "“玻璃单独破碎”在您的车险（尾号0001）保障范围内" in read
    assert "我们接着报案" in read
    assert talk.awaiting == before


def test_an_entry_chosen_from_the_knowledge_base_is_told(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "entry", lambda entry_id: GENERAL)
    read = asks(proven(talk, "13800138001"), GLASS, "ask_faq", faq_entry="auto_glass")
    assert read.startswith("车损险已包含玻璃单独破碎。")


def test_a_question_read_as_an_answer_is_no_answer(talk: Talk) -> None:
    talk.hears("report_claim", "医疗险报案", "action_report", insurance_line="health")
    proven(talk, "13800138001")
    before = talk.awaiting
    read = talk.hears("inform", "我的医疗险门诊能报吗", "action_continue", insurance_line="health", cause="outpatient")
    assert "门诊特定医疗保险金" in read
    assert talk.awaiting == before


def test_not_understood_but_a_question_on_the_own_cover(talk: Talk) -> None:
    read = proven(talk, "13800138003").hears(
        "nlu_fallback", "我買的車險劃痕賠不賠", "action_clarify", insurance_line="auto"
    )
    assert "附加车身划痕损失险：限额5,000元" in read


def test_the_end_of_one_line_is_told_from_the_policy(talk: Talk) -> None:
    asks(talk, "我车险哪天到期", insurance_line="auto")
    assert talk.awaiting == "contact_phone"
    read = prove(talk, "13800138001")
    assert "PA202600000001" in read
    assert "PH202600000001" not in read
