"""The same words mean different things under different open questions."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.components.context_reader import ContextReader
from bot.components.normaliser import Normaliser
from bot.components.value_extractor import ValueExtractor

NOW = "2026-11-22T10:00:00+08:00"


def read(text, awaiting, best="inform", confidence=0.5, fallback=False):
    """A message whose classifier said `best`, after the components that read its words."""
    message = Message({"text": text, "metadata": {"now": NOW, "awaiting": awaiting}})
    Normaliser().process([message])
    said = {"name": best, "confidence": confidence}
    message.set("intent", {"name": "nlu_fallback", "confidence": 0.6} if fallback else said)
    message.set("intent_ranking", [said])
    ValueExtractor().process([message])
    ContextReader().process([message])
    return message


def understand(text, awaiting, best="inform", confidence=0.5, fallback=False):
    """Intent and entities of such a message."""
    message = read(text, awaiting, best, confidence, fallback)
    return message.get("intent")["name"], {e["entity"]: e["value"] for e in message.get("entities")}


@pytest.mark.parametrize(
    ("text", "best", "awaiting", "told", "question"),
    [
        (
            "有報警，修車大概八千。另外想問一下，醫藥費車險會賠嗎？",
            "ask_faq",
            "police_reported",
            {"police_reported": True, "amount": 8000},
            "另外想問一下，醫藥費車險會賠嗎？",
        ),
        (
            "保单PI202600000002，对了，以后复查的费用也能算进去吗？",
            "inform",
            "loss_estimate",
            {"policy_no": "PI202600000002"},
            "对了，以后复查的费用也能算进去吗？",
        ),
        ("没报警 花了三千，我想问下误工费赔不赔", "ask_faq", "police_reported", None, "我想问下误工费赔不赔"),
        ("没报警。医药费能报吗，修车花了三千", "ask_faq", "police_reported", None, "医药费能报吗，修车花了三千"),
        ("没报警。修车三千，医药费能报吗", "ask_faq", "police_reported", None, "修车三千，医药费能报吗"),
        (
            "人没什么事，没报警，修车三千。另外问一下，医药费能赔吗",
            "ask_faq",
            "police_reported",
            {"injured_count": 0, "police_reported": False, "amount": 3000},
            "另外问一下，医药费能赔吗",
        ),
    ],
)
def test_facts_before_a_question_are_told(text, best, awaiting, told, question):
    message = read(text, awaiting, best, confidence=0.9)
    assert message.get("intent")["name"] == "ask_faq"
    values = {e["entity"]: e["value"] for e in message.get("entities") if e.get("told")}
    assert values == (told or {"police_reported": False, "amount": 3000})
    assert [e["value"] for e in message.get("entities") if e["entity"] == "question"] == [question]


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("撞死了人赔不赔，要赔多少", "ask_faq"),
        ("花了三千能报吗？没报警可以吗", "ask_faq"),
        ("报警了。人也都没事", "inform"),
        ("报警了。不知道怎么就撞上护栏了，修车八千", "inform"),
        ("修车八千你们能出多少？医药费能报吗", "ask_faq"),
        ("报警了！交警说怎么也得等三天", "inform"),
        ("报警了，你们问一下就知道", "inform"),
    ],
)
def test_what_is_no_fact_and_then_a_question_stays_whole(text, best):
    found = read(text, "police_reported", best, confidence=0.9).get("entities")
    assert not [e for e in found if e.get("told") or e["entity"] == "question"]


@pytest.mark.parametrize(
    "text", ["等一下啊我问问修理厂", "等一下我找找保单", "稍等", "我去车上拿一下行驶证", "我找一下发票看看多少钱"]
)
def test_who_goes_to_look_is_asked_again(text):
    intent, _ = understand(text, "loss_estimate", best="ask_policy", confidence=0.98)
    assert intent == "inform"


@pytest.mark.parametrize(
    "text",
    [
        "我想查一下我的案子",
        "帮我看看保单还差多久到期",
        "我找不到保单",
        "等了三天了",
        "我问一下要什么材料",
        "我先问一下酒驾保不保",
        "我要找一下你们经理",
        "我问下误工费谁出",
        "我看看能不能不报",
    ],
)
def test_who_wants_something_else_does_not_go_to_look(text):
    assert understand(text, "loss_estimate", best="ask_claim_status", confidence=0.9)[0] != "inform"


@pytest.mark.parametrize("text", ["哎，还是报吧", "都係報啦", "想了想 还是报案吧", "那还是继续报吧"])
def test_still_to_report_resumes(text):
    assert understand(text, None, best="affirm", confidence=0.9)[0] == "resume_task"
    for awaiting in ("confirm", "police_reported"):
        assert understand(text, awaiting, best="affirm", confidence=0.9)[0] != "resume_task"


@pytest.mark.parametrize(
    "text", ["还要多久呀，我一会儿要开会", "还有几个问题啊", "那还要多久才能弄完", "还得多久能填完呢？"]
)
def test_how_many_questions_there_are_is_no_question_on_a_claim(text):
    intent, entities = understand(text, "loss_estimate", best="ask_claim_status", confidence=0.9)
    assert (intent, entities.get("aspect")) == ("ask_why", "how_much_longer")


def test_why_a_sum_is_asked_for_is_not_how_much_longer():
    assert understand("为什么还要问多少钱", "loss_estimate") == ("ask_why", {})


@pytest.mark.parametrize("text", ["还要多久才能赔下来", "还要多久到账", "钱还要多久"])
def test_how_long_the_money_takes_is_another_question(text):
    assert understand(text, "loss_estimate", best="ask_claim_status", confidence=0.9)[0] != "ask_why"


def test_what_is_not_known_may_come_first():
    intent, entities = understand("具体啥时候漏的我记不清了，回家就这样了", "incident_time", "ask_claim_status", 0.9)
    assert (intent, entities.get("unknown")) == ("inform", "incident_time")


@pytest.mark.parametrize("part", ["嗯", "好", "没呢", "我想", "我就", "报好", "那就", "等一下", "不是", "嗯嗯呃"])
@pytest.mark.parametrize("awaiting", [None, "police_reported", "loss_estimate", "policy", "confirm", "choice"])
def test_words_said_over_and_over_end_the_search_for_phrases(part, awaiting):
    """A matcher that tries every way to part them would not come back from this."""
    for length in (28, 31, 200):
        read((part * length)[:length] + "x", awaiting)


@pytest.mark.parametrize("text", ["嗯…不是那个", "不是这个意思", "我问的不是这个", "呃 我不是说那个事"])
@pytest.mark.parametrize("awaiting", ["police_reported", "third_party"])
def test_words_that_put_the_question_aside_are_no_answer_to_it(text, awaiting):
    assert understand(text, awaiting, best="deny", confidence=0.9) == ("nlu_fallback", {})


@pytest.mark.parametrize(
    ("text", "awaiting", "entity", "value"),
    [
        ("没有", "police_reported", "police_reported", False),
        ("报了", "police_reported", "police_reported", True),
        ("嗯对", "third_party", "third_party", True),
        ("不是", "third_party", "third_party", False),
        ("两个", "injured_count", "injured_count", 2),
        ("就我一个", "injured_count", "injured_count", 1),
        ("没人", "injured_count", "injured_count", 0),
        ("三千五", "loss_estimate", "amount", 3500),
        ("不记得了", "policy", "policy", "unknown"),
        ("没有保单号", "policy", "policy", "unknown"),
        ("没有", "policy", "policy", "unknown"),
        ("PA202600000001", "policy", "policy_no", "PA202600000001"),
        ("不知道", "loss_estimate", "unknown", "loss_estimate"),
        ("记不清了", "incident_time", "unknown", "incident_time"),
        ("跳过", "location", "unknown", "location"),
        ("前天下午", "incident_time", "incident_time", "2026-11-20T15:00:00+08:00"),
        ("学校后门那边", "location", "location", "学校后门"),
        ("倒车没注意碰到柱子了", "description", "description", "倒车没注意碰到柱子了"),
        ("13800138001", "contact_phone", "phone", "13800138001"),
        ("验证码是 12 34 56", "code", "code", "123456"),
        ("幺二三四五六", "code", "code", "123456"),
        ("第二个", "choice", "choice", 2),
        ("3", "choice", "choice", 3),
        ("最后一个", "choice", "choice", -1),
        ("四星", "rating", "rating", 4),
        ("5", "rating", "rating", 5),
    ],
)
@pytest.mark.parametrize("fallback", [False, True])
def test_an_answer_is_informed(text, awaiting, entity, value, fallback):
    intent, entities = understand(text, awaiting, fallback=fallback)
    assert intent == "inform"
    if entity != "incident_time":
        assert entities[entity] == value
    else:
        assert entities[entity].startswith(value[:10])


@pytest.mark.parametrize(
    ("text", "awaiting", "best"),
    [
        ("还行吧", "rating", "out_of_scope"),
        ("你们的服务真让人生气", "rating", "complain"),
        ("等了一个多月都没人管", "comment", "complain"),
        ("车送去修了二十天才拿回来", "comment", "report_claim"),
        ("谢谢你们", "comment", "thank"),
    ],
)
def test_an_opinion_is_the_answer_to_a_survey(text, awaiting, best):
    intent, entities = understand(text, awaiting, best=best, confidence=0.9)
    assert intent == "inform"
    assert entities["comment"] == text


@pytest.mark.parametrize(
    ("text", "awaiting", "best"),
    [
        ("别再打了", "rating", "opt_out"),
        ("别再打了", "comment", "opt_out"),
        ("转人工", "comment", "request_human"),
        ("我要投诉", "comment", "complain"),
        ("我的车刚才被撞了", "rating", "report_claim"),
        ("理赔款什么时候到账？", "rating", "ask_claim_status"),
        ("积分有什么用？", "comment", "ask_faq"),
    ],
)
def test_a_survey_is_left_for_what_is_clearly_something_else(text, awaiting, best):
    assert understand(text, awaiting, best=best, confidence=0.9)[0] == best


def test_a_description_keeps_the_customers_own_script():
    assert understand("我倒車的時候撞到柱子", "description")[1]["description"] == "我倒車的時候撞到柱子"


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("理赔一般要多久", "ask_faq"),
        ("算了不报了", "cancel_task"),
        ("转人工", "request_human"),
        ("别再给我发短信", "opt_out"),
        ("还差什么材料", "ask_materials"),
        ("我之前那个案子到哪了", "ask_claim_status"),
        ("你们太慢了我要投诉", "complain"),
    ],
)
@pytest.mark.parametrize(
    "awaiting",
    ["location", "description", "policy", "incident_time", "injured_count", "third_party", "confirm", "choice"],
)
def test_an_interruption_is_not_an_answer(text, best, awaiting):
    intent, entities = understand(text, awaiting, best=best, confidence=0.9)
    assert intent == best
    assert not {"location", "description", "unknown", "choice"} & set(entities)


@pytest.mark.parametrize("text", ["太贵了，我再想想", "让我考虑一下吧", "先商量商量"])
def test_who_wants_to_think_it_over_disputes_and_cancels_nothing(text):
    assert understand(text, "confirm", best="dispute_settlement", confidence=0.9)[0] == "inform"
    assert understand("不考虑了，取消", "confirm", best="cancel_task", confidence=0.9)[0] == "cancel_task"


def test_a_correction_wins_over_the_open_question():
    intent, entities = understand("不对，是前天", "location", best="correct_detail", confidence=0.9)
    assert intent == "correct_detail" and "incident_time" in entities and "location" not in entities


def test_a_story_in_answer_to_a_question_is_an_answer_not_a_new_report():
    intent, entities = understand("昨天在人民路被追尾了", "location", best="report_claim", confidence=0.95)
    assert intent == "inform" and entities["location"]
    intent, _ = understand("我要再报个案", "injured_count", best="report_claim", confidence=0.95)
    assert intent == "report_claim"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("对", "affirm"),
        ("确认无误", "affirm"),
        ("继续", "affirm"),
        ("不对", "deny"),
        ("不是的", "deny"),
        ("对，没报警", "affirm"),
    ],
)
def test_a_summary_is_confirmed_or_not(text, intent):
    assert understand(text, "confirm", best="inform")[0] == intent


def test_a_value_under_the_summary_is_a_correction():
    intent, entities = understand("时间是前天", "confirm", best="inform")
    assert intent == "correct_detail" and "incident_time" in entities


@pytest.mark.parametrize(
    ("text", "item"), [("改第3项", 3), ("第三项不对", 3), ("第10项应该是朝阳路", 10), ("改一下第二条", 2)]
)
def test_an_item_of_the_summary_is_named(text, item):
    intent, entities = understand(text, "confirm", best="correct_detail", confidence=0.9)
    assert intent == "edit_item" and entities["item"] == item


@pytest.mark.parametrize("text", ["为什么要问这个", "问这个干嘛", "要这个有什么用", "为什么要我提供手机号"])
def test_why_is_asked_only_of_an_open_question(text):
    assert understand(text, "contact_phone", best="ask_faq", confidence=0.9)[0] == "ask_why"
    assert understand(text, None, best="ask_faq", confidence=0.9)[0] == "ask_faq"


@pytest.mark.parametrize(
    "text",
    [
        "继续报案",
        "接着刚才的",
        "我要继续上次的报案",
        "继续",
        "在微信上刚才报到一半",
        "电话里报案报了一半就断了",
        "上回那个没填完的",
    ],
)
@pytest.mark.parametrize("awaiting", [None, "location"])
def test_a_report_is_resumed(text, awaiting):
    assert understand(text, awaiting, best="report_claim", confidence=0.9)[0] == "resume_task"


def test_choices_are_taken_refused_or_passed_over():
    assert understand("都不是", "choice")[0] == "none_of_these"
    assert understand("不是", "choice")[0] == "deny"
    assert understand("继续", "choice")[0] == "affirm"
    assert understand("京A那辆", "choice") == ("inform", {"choice": "京A那辆"})


def test_a_code_that_did_not_come_is_sent_again():
    assert understand("没收到验证码，再发一次", "code")[0] == "resend_code"


@pytest.mark.parametrize("text", ["没有", "两个", "昨天", "不知道", "123456", "改第3项", "学校后门"])
def test_with_nothing_awaited_the_classifier_stands(text):
    assert understand(text, None, best="deny", confidence=0.9)[0] == "deny"


def test_a_payload_is_not_read():
    message = Message(
        {"text": "/affirm", "metadata": {"awaiting": "location", "now": NOW}, "intent": {"name": "affirm"}}
    )
    ContextReader().process([message])
    assert message.get("intent") == {"name": "affirm"} and message.get("entities") is None


@pytest.mark.parametrize("text", ["大概五千", "保险杠和大灯都坏了"])
def test_a_sum_or_a_damage_is_no_place(text):
    _, entities = understand(text, "location")
    assert "location" not in entities


@pytest.mark.parametrize(
    ("text", "awaiting", "entity"),
    [
        ("那不记得了，车是我爸的", "policy", "policy"),
        ("还不知道要花多少，先不说了", "loss_estimate", "unknown"),
        ("账单还没出来", "loss_estimate", "unknown"),
    ],
)
def test_not_knowing_is_said_in_many_ways(text, awaiting, entity):
    intent, entities = understand(text, awaiting)
    assert intent == "inform"
    assert entity in entities


def test_a_question_on_a_lost_policy_is_a_question():
    assert understand("保单丢了还能赔不", "policy", best="ask_faq", confidence=0.9)[0] == "ask_faq"


def test_a_claim_is_kept_in_many_words():
    assert understand("还是别撤了", "confirm", best="withdraw_claim", confidence=0.9)[0] == "deny"


def test_keys_hit_at_random_are_no_wish():
    assert understand("qwertyuiop", None, best="opt_out", confidence=0.9)[0] == "nlu_fallback"


@pytest.mark.parametrize(
    ("text", "awaiting", "values"),
    [
        ("我是投保人，保单号PA202600000001", "incident_time", {"policy_no": "PA202600000001"}),
        ("我的保单是PA202600000001", "location", {"policy_no": "PA202600000001"}),
        ("当时买的百万医疗", "line", {"insurance_line": "health"}),
    ],
)
def test_a_policy_that_is_named_in_a_report_is_not_asked_about(text, awaiting, values):
    intent, entities = understand(text, awaiting, best="ask_policy", confidence=0.95)
    assert intent == "inform"
    assert {name: entities[name] for name in values} == values


@pytest.mark.parametrize("text", ["李娜的保单PI202600000002", "京A12345，北京的车", "我老婆电话13800138002"])
def test_a_number_that_identifies_is_no_place(text):
    intent, entities = understand(text, "location")
    assert intent == "inform"
    assert "location" not in entities


@pytest.mark.parametrize("awaiting", ["policy", "loss_estimate"])
def test_who_does_not_know_the_policy_number_leaves_no_other_question_open(awaiting):
    assert understand("记不住保单号", awaiting) == ("inform", {"policy": "unknown"})


@pytest.mark.parametrize("text", ["我的保单什么时候到期", "先帮我查一下保单", "这个险的免赔额"])
def test_a_question_about_the_policy_interrupts_a_report(text):
    assert understand(text, "location", best="ask_policy", confidence=0.9)[0] == "ask_policy"


def test_an_answer_that_sounds_like_anger_is_an_answer():
    intent, entities = understand("跟别人没关系，自己落地没站稳", "third_party", best="complain", confidence=0.82)
    assert (intent, entities["third_party"]) == ("inform", False)
    assert understand("对方还骂人，我要投诉", "third_party", best="complain", confidence=0.9)[0] == "complain"
