"""What fits into a passive reply, and how it looks."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring

from channels.base import Outbound
from channels.wechat import reply
from channels.wechat.envelope import Opened
from channels.wechat.settings import WeChatSettings
from standins.wechat.account import Account
from standins.wechat.customer import Customer

OPENED = {"ToUserName": "gh_0123456789ab", "FromUserName": "oCustomer_1"}
OWN = WeChatSettings(appid=Account.appid, appsecret="s", token=Account.token, aes_key=Account.aes_key)


def said(text: str, *titles: str) -> Outbound:
    return Outbound("oCustomer_1", text, "reply", "k", [(title, f"b_{title}") for title in titles])


def test_as_many_as_fit_into_one_message() -> None:
    longest = "长" * 682  # 2,046 bytes
    assert reply.carried([]) == 0
    assert reply.carried([said("一"), said("二")]) == 2
    assert reply.carried([said(longest), said("二")]) == 1
    assert reply.carried([said("一"), said(longest), said("三")]) == 1
    assert reply.carried([said(longest + "长")]) == 0


def test_choices_count_with_the_text_and_are_numbered() -> None:
    assert reply.carried([said("长" * 678, "确认报案", "不是")]) == 0
    assert reply.joined([said("对吗？", "确认报案", "不是")]) == "对吗？\n请回复数字选择：\n1. 确认报案\n2. 不是"


@pytest.mark.parametrize("key", [None, Account.aes_key])
@pytest.mark.parametrize(
    "text", ["收到 <b>&amp;</b>", "]]><MsgType>news</MsgType><![CDATA[", "a]]]]>>b", "表情😀\n换行"]
)
def test_nothing_in_a_text_changes_the_message(text: str, key: str | None) -> None:
    customer = Customer("http://unused.invalid", Account())
    customer.takes(reply.passive(text, Opened(OPENED, key), OWN).encode())
    assert customer.heard() == [text]


def test_characters_that_no_xml_holds_are_left_out() -> None:
    xml = reply.passive("好\x00\x0b的\ufffe", Opened(OPENED), OWN)
    assert fromstring(xml).findtext("Content") == "好的"
