"""The shape of the answer, and the sentence of the main job."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.values import extract

from .helpers import NOW, values

MAIN = "昨天下午三点多我开京A12345在朝阳路追尾了前车，人没事，车损大概三千五，没报警"
NAMES = {
    *[
        "incident_time",
        "location",
        "plate_no",
        "policy_no",
        "claim_no",
        "phone",
        "id_card",
        "amount",
        "insurance_line",
        "cause",
        "material_kind",
    ],
    *["person_name", "injured_count", "rating", "police_reported", "third_party", "injured", "line_hint"],
}


@pytest.mark.parametrize(
    "text",
    [
        MAIN,
        "昨天下午三點多我開京A12345在朝陽路追尾了前車，人沒事，車損大概三千五，沒報警",
        "昨天下午三点多我开京a一二三四五在朝阳路追围了前车人没事车损大概三千五没报警",
        "昨天下午三点多我开京Ａ１２３４５在朝阳路追尾了前车，人没事，车损大概３５００块，没报警",
    ],
)
def test_main_sentence_gives_every_value(text):
    assert values(text) == {
        "incident_time": ["2026-11-24T15:00:00+08:00"],
        "plate_no": ["京A12345"],
        "location": ["朝陽路" if "朝陽路" in text else "朝阳路"],  # places and names stay as the customer wrote them
        "cause": ["collision_multi"],
        "injured_count": [0],
        "amount": [3500],
        "police_reported": [False],
        "third_party": [True],
    }


def test_offsets_point_into_the_customers_words():
    text = "  我叫陳志明，車牌粵ＡＤ１２３４５，在中山北路被追撞，損失大約八千塊"
    for found in extract(text, NOW):
        assert found["text"] == text[found["start"] : found["end"]]
        assert set(found) == {"entity", "value", "start", "end", "text", "extractor", "confidence_entity"}
        assert found["extractor"] == "values"
    spans = {found["entity"]: found["text"] for found in extract(text, NOW)}
    assert spans["plate_no"] == "粵ＡＤ１２３４５"
    assert spans["location"] == "中山北路"
    assert spans["amount"] == "八千塊"


def test_naive_moment_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        extract("昨天", datetime(2026, 11, 25, 16, 20))  # noqa: DTZ001 - the naive moment is the point


def test_moment_of_another_zone_is_read_in_shanghai():
    utc = datetime.fromisoformat("2026-11-24T17:00:00+00:00")  # 01:00 on the 25th in Shanghai
    assert values("今天", now=utc) == {"incident_time": ["2026-11-25"]}


PIECES = (
    "昨前今天下午三点多五百千万块元号月年日周人受伤没不是对在路口高速京粤"
    "A1234567890,，。 里住院撞追尾车的0xＡ１滬號㍿ß️\x00\n"
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=60), st.text(alphabet=PIECES, max_size=60)),
    st.sampled_from([None, *sorted(NAMES), "policy", "line"]),
)
def test_no_text_breaks_it(text, awaiting):
    for found in extract(text, NOW, awaiting):
        assert found["entity"] in NAMES
        assert 0 <= found["start"] < found["end"] <= len(text)
        assert found["text"] == text[found["start"] : found["end"]]
        assert found["value"] is not None


@pytest.mark.parametrize(
    "text", ["", " ", "。", "你好", "谢谢", "转人工", "继续", "第3项不对", "你们24小时都有人吗", "a" * 5000]
)
def test_nothing_said_nothing_found(text):
    assert values(text) == {}
