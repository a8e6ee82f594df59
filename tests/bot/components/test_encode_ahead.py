"""What is encoded ahead is what the intent model will ask for."""

from pathlib import Path

import numpy as np
import pytest
from rasa.shared.importers.utils import training_data_from_paths

from bot.components import embedding_store, encode_ahead
from bot.components.embedding_store import embed_all
from bot.components.encode_ahead import intent_sentences
from bot.components.normaliser import Normaliser
from bot.inner import context

DATA = """version: "3.1"
nlu:
  - intent: report_claim
    examples: |
      - 我要报案，[京A12345](plate_no)追尾了
      - 昨天車被撞了
      -   前面有空格
  - intent: ask_faq
    examples: |
      - 玻璃[单独破碎]{"entity": "cause", "value": "glass"}赔吗？
      - 我要报案，[京A12345](plate_no)追尾了
  - synonym: glass
    examples: |
      - 不是句子
"""


def test_the_same_sentences_as_training(tmp_path: Path) -> None:
    (tmp_path / "nlu.yml").write_text(DATA, encoding="utf-8")
    trained = Normaliser().process_training_data(training_data_from_paths([str(tmp_path / "nlu.yml")], "zh"))
    assert set(intent_sentences(tmp_path)) == {each.get("text") for each in trained.intent_examples}


def test_what_was_encoded_ahead_is_not_encoded_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(embedding_store.DIRECTORY_VARIABLE, str(tmp_path))
    ahead = embed_all("e5", ["我要报案", "你好"])
    monkeypatch.setattr(embedding_store, "encode_many", lambda name, texts: pytest.fail(f"encodes {texts}"))
    assert (embed_all("e5", ["你好", "我要报案"]) == ahead[::-1]).all()


def test_sentences_of_intents_and_of_causes_are_encoded_by_whom_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, content in {
        "nlu.yml": DATA,
        "causes/fire.txt": "厨房着火了\n",
        "causes/_around.txt": "我姓{surname}\n",
        "tagger/words.yml": "given: 明华\nsurname: 陈\n",
        "tagger/templates.txt": "",
        "tagger/plain.txt": "在[望江路](location)追尾了\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    monkeypatch.setenv(embedding_store.DIRECTORY_VARIABLE, str(tmp_path / "kept"))
    monkeypatch.setattr(embedding_store, "encode_many", lambda name, texts: pytest.fail(f"encodes {texts}"))
    asked = []

    def encode(name, texts):
        asked.append((name, list(texts)))
        return np.eye(len(texts), 4, dtype=np.float32)

    read = []

    def read_inner(sentences):
        read.extend(sentences)
        return [np.ones((len(sentence), 2)) for sentence in sentences]

    encode_ahead.main(tmp_path, encode, read_inner)
    assert asked == [("e5", intent_sentences(tmp_path)), ("e5", ["厨房着火了", "我姓陈"])]
    assert read == [[piece.number for piece in context.cut("在望江路追尾了")]]
    assert (embed_all("e5", ["我姓陈"], kept_for="causes") == [[0, 1, 0, 0]]).all()
