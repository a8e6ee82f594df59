"""A customer asks for a person on each channel: an agent takes over, talks, sends a file and hands the report back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from evaluation.samples import sample_file
from evaluation.stack import Stack
from lipei.client import StaffClient
from tests.conversations.channels import PHONE, Person, Providers, on_sms, on_telegram, on_web, on_wechat

pytestmark = pytest.mark.stack

SENTENCE = "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，没报警"
NOTE = "内部备注：这位客户以前投诉过"


def waiting(agent: StaffClient, channel: str) -> dict[str, Any]:
    """The one who waits on this channel, with the summary."""
    channels = {each["id"]: each["channel"] for each in agent.get("/conversations")}
    (found,) = [each for each in agent.get("/queue")["waiting"] if channels[each["conversation_id"]] == channel]
    return dict(found)


@pytest.mark.parametrize("channel", [on_web, on_wechat, on_sms, on_telegram], ids=lambda channel: channel.__name__)
def test_an_agent_takes_over_and_hands_back(
    channel: Callable[[Stack, Providers], Person], fresh_house: Stack, providers: Providers
) -> None:
    customer = channel(fresh_house, providers)
    with StaffClient(fresh_house.staff_url, fresh_house.staff_token) as agent:
        agent.post("/presence", state="online")
        customer.write(SENTENCE)
        customer.hears("损失")
        customer.write("转人工")
        assert "第" in customer.hears("已为您登记人工")
        handover = waiting(agent, customer.channel)
        assert "朝阳路" in handover["summary"]
        assert "要求转人工" in handover["summary"]
        here = f"/conversations/{handover['conversation_id']}"

        agent.post(f"{here}/typing")
        customer.hears("坐席吴静已接入")
        agent.post(f"{here}/notes", text=NOTE)
        agent.post(f"{here}/messages", text="您好，请看一下这张定损照片。", client_id="1")
        agent.post(f"{here}/messages", text="您好，请看一下这张定损照片。", client_id="1")
        customer.hears("定损照片")
        file = agent.upload(f"{here}/attachments", *sample_file("photo"))
        agent.post(f"{here}/messages", attachment_id=file["attachment_id"])
        if customer.channel != "webchat":
            link = customer.hears("/files/").partition("http")[2].split()[0]
            got = httpx.get(f"http{link}", trust_env=False, timeout=15)
            assert (got.status_code, len(got.content)) == (200, file["size"])
            assert httpx.get(f"http{link[:-1]}", trust_env=False, timeout=15).status_code in (404, 422)

        customer.write("看到了，大概要三千五")
        said = [each["text"] for each in agent.get(here)["messages"] if each["from"] == "customer"]
        assert said[-1] == "看到了，大概要三千五"
        agent.post(f"{here}/hand_back", agreed="明天上午查勘", facts={"loss_estimate": "3500.00"}, wrap_up="solved")
        customer.hears("明天上午查勘")
        heard = finish(customer)
        (claim,) = agent.claims(conversation=handover["conversation_id"])
        assert (claim["facts"]["loss_estimate"], claim["claim_no"] in heard) == (3500, True)
    everything = customer.all_heard()
    assert not [text for text in everything if NOTE in text]
    assert sum("定损照片" in text for text in everything) == 1


def finish(customer: Person) -> str:
    """Answer what is still asked, until the claim is registered; what was said then."""
    answers = {"经过": "等红灯没刹住", "怎么发生": "等红灯没刹住", "手机": PHONE, "核对": "确认"}
    for _ in range(4):
        heard = customer.hears_any(["报案成功", *answers])
        if "报案成功" in heard:
            return heard
        word = next(word for word in reversed(answers) if word in heard)
        customer.write(answers[word])
    raise AssertionError("the report did not come to its end")
