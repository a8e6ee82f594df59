"""The component reads the customer's own characters and points into the normalised text."""

from rasa.shared.nlu.training_data.message import Message

from bot.components.normaliser import Normaliser
from bot.components.value_extractor import ValueExtractor

NOW = "2026-11-22T10:00:00+08:00"


def understood(text: str) -> tuple[str, dict[str, dict]]:
    message = Message({"text": text, "metadata": {"now": NOW, "awaiting": None}})
    Normaliser().process([message])
    ValueExtractor().process([message])
    return message.get("text"), {found["entity"]: found for found in message.get("entities")}


def test_names_and_places_stay_as_written_and_offsets_fit_the_normal_form() -> None:
    text, found = understood("我叫陳志明  在中山北路\u200b 被追撞")
    assert found["person_name"]["value"] == "陳志明"
    assert found["location"]["value"] == "中山北路"
    for name, plain in (("person_name", "陈志明"), ("location", "中山北路")):
        assert text[found[name]["start"] : found[name]["end"]] == plain


def test_a_space_parts_two_facts_though_the_normal_form_drops_it() -> None:
    text, found = understood("修车花了三千二 人没事")
    assert text == "修车花了三千二人没事"
    assert found["amount"]["value"] == 3200
    assert found["injured_count"]["value"] == 0


def test_full_width_and_command_like_text_is_read_or_left() -> None:
    assert understood("车牌京Ａ１２３４５")[1]["plate_no"]["value"] == "京A12345"
    assert understood("　 ")[1] == {}
