"""The same conversation by text message: short, and without what a text message does not have."""

from __future__ import annotations

import re

import pytest

from channels.sms.segments import segments
from tests.actions.talk import DOMAIN, Talk
from tests.actions.test_report_flow import report

TAPPED = re.compile("输入框|点“|＋|直接在这里")
RESPONSES = DOMAIN["responses"]


@pytest.fixture
def texting(talk: Talk) -> Talk:
    return Talk.begin("sms", "+8613800138001")


def test_a_whole_report_in_few_messages_with_the_names_of_all_materials(texting: Talk) -> None:
    report(texting)
    checklist = texting.hears("affirm", "确认", "action_continue").split("\n")[-1]
    assert texting.last_replies[-1]["response"].startswith("utter_materials_complete")
    assert "驾驶证" in checklist and "彩信" in checklist and "——" not in checklist
    assert segments(checklist) <= 4


def test_on_the_page_each_material_has_its_line_and_its_purpose(talk: Talk) -> None:
    assert "——" in talk.hears("ask_materials", "车险要什么材料", "action_materials", insurance_line="auto")


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_nothing_is_tapped_in_a_text_message(name: str) -> None:
    own = [each for each in RESPONSES[name] if each.get("channel") == "sms"] or RESPONSES[name]
    assert not [each["text"] for each in own if TAPPED.search(each.get("text", ""))]


@pytest.mark.parametrize("name", sorted(RESPONSES))
def test_the_first_variant_is_for_every_channel_and_a_variant_asks_for_nothing_new(name: str) -> None:
    """The action server and the gateway's own wording read the first."""
    first, *others = RESPONSES[name]
    assert "channel" not in first
    values = set(re.findall(r"\{(\w+)\}", first.get("text", "")))
    for other in others:
        assert set(re.findall(r"\{(\w+)\}", other["text"])) <= values
