"""The intent model and its parts, on a handful of sentences with a stand-in for the sentence encoder."""

import hashlib

import numpy as np
import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.common import override_defaults

from bot.components import embedding_store, linear_model, sentence_model
from bot.components import encoder as encoder_module
from bot.components.encoder import CachedEncoder, encoder
from bot.components.intent_classifier import FALLBACK, SentenceIntentClassifier
from bot.components.ngrams import NGrams
from bot.components.pinyin import syllables
from bot.components.sentence_model import SentenceModel
from bot.components.tokenizer import CharacterTokenizer

SENTENCES = {
    "greet": ["你好", "您好啊", "早上好", "晚上好呀", "你们好"],
    "request_human": ["转人工", "人工客服", "我要找人工", "接人工坐席", "人工人工"],
    "cancel_task": ["取消报案", "不报了取消", "取消吧", "我想取消", "帮我取消掉"],
}
TEXTS = [text for group in SENTENCES.values() for text in group]
INTENTS = [intent for intent, group in SENTENCES.items() for _ in group]


def fake_encode(texts):
    """Sixteen numbers a text that depend on nothing but the text."""
    rows = [np.frombuffer(hashlib.sha256(text.encode()).digest()[:16], dtype=np.uint8) for text in texts]
    return np.stack(rows).astype(np.float32) / 255


@pytest.fixture
def model(monkeypatch, tmp_path):
    fake = CachedEncoder(fake_encode)
    monkeypatch.setenv("LIPEI_EMBEDDINGS_DIR", str(tmp_path / "embeddings"))
    monkeypatch.setattr(embedding_store, "encode_many", lambda name, texts: fake.encode(texts))
    monkeypatch.setattr(sentence_model, "encoder", lambda name: fake)
    return SentenceModel.fit(
        TEXTS, INTENTS, encoders={"e5": 0.1}, ngrams={"characters": 1.0, "sounds": 1.0}, strength=10.0
    )


def best(model, text):
    return model.labels[int(np.argmax(model.probabilities(text)))]


def test_new_sentences_are_recognised_even_with_a_homophone_for_a_character(model):
    assert best(model, "请转人工客服") == "request_human"
    assert best(model, "转仁公") == "request_human"
    assert best(model, "我要取消") == "cancel_task"
    assert model.probabilities("取消").sum() == pytest.approx(1.0, abs=1e-5)


def test_a_saved_model_says_the_same(model, tmp_path):
    model.save(tmp_path)
    again = SentenceModel.load(tmp_path)
    for text in ("转人工吧", "你好", "完全没见过的话", "z"):
        assert again.probabilities(text) == pytest.approx(model.probabilities(text), abs=1e-3)
    (tmp_path / "model.json").write_text('{"format": 0}', encoding="utf-8")
    with pytest.raises(ValueError, match="train it again"):
        SentenceModel.load(tmp_path)


def test_one_intent_is_not_enough():
    with pytest.raises(ValueError, match="at least two"):
        SentenceModel.fit(["a", "b"], ["x", "x"], encoders={}, ngrams={"characters": 1.0})


def test_the_dual_form_separates_and_is_calibrated():
    rows = np.vstack([np.eye(4), np.eye(4)]).astype(np.float32)
    labels = np.array([0, 1, 2, 3] * 2)
    dual, intercepts = linear_model.fit(rows @ rows.T, labels, 4, 10.0)
    assert ((rows @ rows.T @ dual + intercepts).argmax(axis=1) == labels).all()
    weights, same_intercepts = linear_model.fit_features(rows, labels, 4, 10.0)
    assert rows @ weights + same_intercepts == pytest.approx(rows @ rows.T @ dual + intercepts, abs=0.2)
    which, logits = linear_model.held_out_logits(rows @ rows.T, labels, 4, 10.0, parts=2)
    assert 0 < len(which) < len(labels)
    assert (logits.argmax(axis=1) == labels[which]).all()
    overconfident = np.array([[20.0, 0.0], [20.0, 0.0]], dtype=np.float32)
    assert linear_model.best_temperature(overconfident, np.array([0, 1])) > 5


def test_ngrams_are_unit_length_and_know_only_what_they_were_fitted_on():
    grams = NGrams.fit("characters", 2, ["报案", "取消报案"])
    _, values = grams.weights("报案了")
    assert np.linalg.norm(values) == pytest.approx(1.0)
    columns, values = grams.weights("zz")
    assert len(columns) == len(values) == 0
    assert grams.matrix(["报案", "zz"]).shape == (2, len(grams.vocabulary))


def test_sounds_forgive_accents():
    assert syllables("山") == syllables("三")
    assert syllables("真") == syllables("争") == syllables("怎")
    assert syllables("A1") == ["A", "1"]


def test_the_encoder_encodes_a_text_once_and_forgets_the_oldest():
    asked = []

    def encode(texts):
        asked.extend(texts)
        return fake_encode(texts)

    cached = CachedEncoder(encode, size=2)
    first = cached.encode(["a", "b", "a"])
    assert asked == ["a", "b"] and (first[0] == first[2]).all()
    cached.encode(["c"])
    cached.encode(["b", "a"])
    assert asked == ["a", "b", "c", "a"]
    cached.encode(["长" * 1000])
    assert len(asked[-1]) == 256


def test_an_unknown_encoder_is_named():
    with pytest.raises(ValueError, match="e5, use"):
        encoder("word2vec")


def test_embeddings_are_kept_on_disk_and_a_broken_store_is_made_again(monkeypatch, tmp_path):
    asked = []

    def encode(texts):
        asked.append(len(texts))
        return fake_encode(texts)

    monkeypatch.setenv("LIPEI_EMBEDDINGS_DIR", str(tmp_path))
    monkeypatch.setattr(embedding_store, "encode_many", lambda name, texts: encode(texts))
    first = embedding_store.embed_all("e5", ["甲", "乙", "甲"])
    again = embedding_store.embed_all("e5", ["乙", "丙", "甲"])
    assert asked == [2, 1]
    assert (first[1] == again[0]).all() and (first[0] == again[2]).all()
    for path in tmp_path.iterdir():
        path.write_bytes(b"broken")
    embedding_store.embed_all("e5", ["甲"])
    assert asked == [2, 1, 1]


def test_what_was_encoded_for_another_model_is_not_encoded_again(monkeypatch, tmp_path):
    asked = []
    monkeypatch.setenv("LIPEI_EMBEDDINGS_DIR", str(tmp_path))
    monkeypatch.setattr(embedding_store, "encode_many", lambda name, texts: asked.append(texts) or fake_encode(texts))
    first = embedding_store.embed_all("e5", ["甲", "乙"])
    again = embedding_store.embed_all("e5", ["乙", "丙"], kept_for="causes")
    assert asked == [["甲", "乙"], ["丙"]]
    assert (first[1] == again[0]).all()
    embedding_store.embed_all("e5", ["乙", "丙"], kept_for="causes")
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("ranking", "intent"),
    [
        ([("greet", 0.9), ("deny", 0.1)], "greet"),
        ([("greet", 0.44), ("deny", 0.2)], FALLBACK),
        ([("greet", 0.5), ("deny", 0.47)], FALLBACK),
        ([], FALLBACK),
    ],
)
def test_an_unsure_reading_is_a_fallback(ranking, intent):
    component = SentenceIntentClassifier({"threshold": 0.45, "margin": 0.05}, None, None)
    chosen = component._chosen([{"name": name, "confidence": confidence} for name, confidence in ranking])
    assert chosen["name"] == intent


def test_tokens_are_characters_and_whole_runs():
    tokens = CharacterTokenizer(CharacterTokenizer.get_default_config()).tokenize(
        Message({"text": "京A12345，ok 吗"}), "text"
    )
    assert [(t.text, t.start) for t in tokens] == [("京", 0), ("A", 1), ("12345", 2), ("，", 7), ("ok", 8), ("吗", 11)]


def test_many_texts_are_shared_out_and_come_back_in_order(monkeypatch):
    loaded = []

    def load():
        loaded.append(1)
        return lambda texts: [[float(text)] for text in texts]

    monkeypatch.setitem(encoder_module._LOADERS, "e5", load)
    monkeypatch.setattr(encoder_module, "WORTH_A_COPY", 3)
    monkeypatch.setattr(encoder_module.os, "cpu_count", lambda: 2)
    rows = encoder_module.encode_many("e5", [str(n) for n in range(11)])
    assert rows[:, 0].tolist() == list(range(11))
    assert len(loaded) == 2


def test_a_source_weighed_nothing_is_left_out_of_the_model(monkeypatch):
    asked = {}

    def fit(texts, intents, **sources):
        asked.update(sources)
        raise InterruptedError

    monkeypatch.setattr(SentenceModel, "fit", fit)
    config = override_defaults(SentenceIntentClassifier.get_default_config(), {"ngrams": {"sounds": 0}})
    data = TrainingData([Message({"text": "你好", "intent": "greet"})])
    with pytest.raises(InterruptedError):
        SentenceIntentClassifier(config, None, None).train(data)
    assert asked["ngrams"] == {"characters": 1.0}
    assert asked["encoders"] == {"e5": 1.0}
