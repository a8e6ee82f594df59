"""What is encoded ahead is what the intent model will ask for."""

from pathlib import Path

import pytest
from rasa.shared.importers.utils import training_data_from_paths

from bot.components import embedding_store
from bot.components.embedding_store import embed_all
from bot.components.encode_ahead import intent_sentences
from bot.components.normaliser import Normaliser

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
