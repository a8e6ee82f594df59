"""Which script a customer writes, and answers in it."""

from __future__ import annotations

import pytest

from channels.gateway.script import detect, follows, to_script, wrote_simplified


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("我要報案", "hant"),
        ("昨天在龍華路追尾了", "hant"),
        ("我車被撞了", "hant"),
        ("車险", None),
        ("车险报案", "hans"),
        ("没报警", "hans"),
        ("昨天下午三点多我开京A12345在朝阳路追尾了前车", "hans"),
        ("你好", None),
        ("于是他走了", None),
        ("OK 123", None),
        ("", None),
        ("理赔", None),
        ("陳志明要报案", None),
        ("🚗", None),
    ],
)
def test_detect(text: str, script: str | None) -> None:
    assert detect(text) == script


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("理赔进度", "理賠進度"),
        ("已经到了审批环节", "已經到了審批環節"),
        ("里程、公里、里面、车里", "里程、公里、裡面、車裡"),
        ("台风、柜台、平台、台账", "颱風、櫃檯、平台、台賬"),
        ("后挡风玻璃在三天后更换", "後擋風玻璃在三天後更換"),
        ("面包车、面积、当面", "麵包車、面積、當面"),
        ("复印件、复查、答复、重复、复核", "複印件、複查、答覆、重複、複核"),
        ("干净、晒干、干部、若干", "乾淨、曬乾、幹部、若干"),
        ("系统、关系、联系、系好安全带", "系統、關係、聯繫、繫好安全帶"),
        ("医药费发票、出院小结", "醫藥費發票、出院小結"),
        ("请回复“改第3项”", "請回覆“改第3項”"),
        ("可以直接回复数字", "可以直接回覆數字"),
        ("复核并联系您", "複核並聯繫您"),
        ("用于判断发动机损失", "用於判斷發動機損失"),
        ("会尽快处理", "會儘快處理"),
        ("电子签名怎么签，标签", "電子簽名怎麼簽，標籤"),
        ("未满十八周岁，上周末", "未滿十八周歲，上週末"),
        ("在对话里约时间", "在對話裡約時間"),
        ("只有一份，准备齐了再发", "只有一份，準備齊了再發"),
        ("注销、登录、视频、信息", "註銷、登錄、視頻、信息"),
        ("污渍、胡同", "污漬、胡同"),
        ("您的车 粤AD12345 已登记", "您的車 粤AD12345 已登記"),
        ("见 https://例.com/车险 说明", "見 https://例.com/车险 說明"),
    ],
)
def test_traditional(simplified: str, traditional: str) -> None:
    assert to_script(simplified, "hant") == traditional


def test_simplified_stays_as_it_was_written() -> None:
    assert to_script("乾隆年間 的后", "hans") == "乾隆年間 的后"


def test_one_character_does_not_turn_a_conversation_that_was_simplified() -> None:
    assert follows("沒有", wrote_simplified=True) is None
    assert follows("沒有", wrote_simplified=False) == "hant"
    assert follows("沒有人受傷", wrote_simplified=True) == "hant"


def test_what_was_written_before_is_looked_at() -> None:
    assert wrote_simplified(["你好", "我要报案"])
    assert not wrote_simplified(["你好", "13800138001"])
