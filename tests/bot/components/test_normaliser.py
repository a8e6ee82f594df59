"""One script, one width, single spaces; and never a command that was not one."""

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.components.normal_form import is_traditional, normalise
from bot.components.normaliser import Normaliser


@pytest.mark.parametrize(
    ("said", "normal"),
    [
        ("我想報案，車被撞了", "我想报案，车被撞了"),
        ("粵ＡＤ１２３４５", "粤AD12345"),
        ("昨天３：３０左右", "昨天3:30左右"),
        ("  我  要 报案  ", "我要报案"),
        ("call  me  back", "call me back"),
        ("车损３５００元（大概）", "车损3500元（大概）"),
        ("保\u200b单\ufeff号", "保单号"),
        ("", ""),
    ],
)
def test_normal_form(said, normal):
    assert normalise(said) == normal
    assert normalise(normal) == normal


@pytest.mark.parametrize("said", ["／greet", "\u200b／greet", "　／greet", "\u200b/greet"])
def test_a_slash_that_was_not_first_never_becomes_first(said):
    assert not normalise(said).startswith("/")


@pytest.mark.parametrize(
    ("text", "traditional"),
    [
        ("我想報案", True),
        ("我想报案", False),
        ("后天下午", False),
        ("台北的車禍", True),
        ("12345", False),
        ("你好", False),
    ],
)
def test_traditional_is_recognised(text, traditional):
    assert is_traditional(text) is traditional


def test_the_original_stays_beside_the_normal_form():
    message = Message({"text": "我要報案"})
    Normaliser().process([message])
    assert message.get("text") == "我要报案"
    assert message.get("original_text") == "我要報案"
    assert message.get("traditional") is True
    assert {"original_text", "traditional"} <= set(message.as_dict(only_output_properties=True))


def test_a_payload_is_left_as_it_is():
    message = Message({"text": '/inform{"location": "朝陽路"}'})
    Normaliser().process([message])
    assert message.get("text") == '/inform{"location": "朝陽路"}'
