"""Brings every message to one script, one width and single spaces before anything reads it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Dict, List, Text

from opencc import OpenCC
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

ORIGINAL_TEXT = "original_text"
TRADITIONAL = "traditional"

# Chinese punctuation （，。！？；：（）） stays: it separates clauses for the value rules. Letters, digits and
# the signs that stand inside numbers, plates and times do not keep their full width.
_FULL_WIDTH_SIGNS = "．％＋－＝＠＃／～＿＆＊￥"
_HALF_WIDTH = {ord(c): ord(c) - 0xFEE0 for c in _FULL_WIDTH_SIGNS if c != "￥"}
_HALF_WIDTH.update({code: code - 0xFEE0 for code in range(0xFF10, 0xFF1A)})
_HALF_WIDTH.update({code: code - 0xFEE0 for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))})
_HALF_WIDTH.update({ord("￥"): ord("¥"), 0x3000: ord(" ")})
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufe0e\ufe0f\x00-\x08\x0b-\x1f\x7f]")
_COLON_IN_TIME = re.compile(r"(?<=\d)：(?=\d)")
_SPACES = re.compile(r"\s+")
_SPACE_BESIDE_CHINESE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) | (?=[\u3000-\u9fff\uff00-\uffef])")


@lru_cache(maxsize=None)
def _converter(direction: str) -> OpenCC:
    return OpenCC(direction)


def is_traditional(text: str) -> bool:
    """True when the text holds more characters only Traditional has than characters only Simplified has."""
    simplified = _converter("t2s").convert(text)
    only_traditional = sum(a != b for a, b in zip(text, simplified, strict=False))
    if not only_traditional:
        return False
    only_simplified = sum(a != b for a, b in zip(text, _converter("s2t").convert(text), strict=False))
    return only_traditional > only_simplified


def visible(text: str) -> str:
    """The customer's own characters without invisible signs and with single spaces."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()


def normalise(text: str) -> str:
    """The text in Simplified characters, half-width letters and digits, single spaces and no invisible signs.

    The result never begins with "/" unless the text itself did, so a customer cannot write a Rasa command
    with a full-width slash.
    """
    out = _INVISIBLE.sub("", text).translate(_HALF_WIDTH)
    out = _COLON_IN_TIME.sub(":", out)
    out = _SPACES.sub(" ", out).strip()
    out = _SPACE_BESIDE_CHINESE.sub("", out)
    out = _converter("t2s").convert(out)
    if out.startswith("/") and not text.lstrip().startswith("/"):
        out = "／" + out[1:]
    return out


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class Normaliser(GraphComponent):
    """First in the pipeline: sets "text" to the normal form, keeps "original_text" and "traditional" beside it."""

    @staticmethod
    def required_packages() -> List[Text]:
        # opencc is the module of the distribution opencc-python-reimplemented; Rasa wants one name for both.
        return []

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Normaliser:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Normalises customers' words; a command given out by us ("/intent{…}") is left exactly as it is."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            message.set(ORIGINAL_TEXT, text, add_to_output=True)
            message.set(TRADITIONAL, is_traditional(text), add_to_output=True)
            message.set(TEXT, normalise(text), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training sentences go through the same normal form as the messages."""
        for example in training_data.training_examples:
            text = example.get(TEXT)
            if text:
                example.set(TEXT, normalise(text), add_to_output=True)
        return training_data
