"""The components that only the comparison of pipelines uses, as Rasa runs them: train, keep, load, process."""

from pathlib import Path

import numpy as np
import pytest
import yaml
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.recipes.recipe import Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.data import TrainingType
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import sentence_featurizer
from bot.components.encoder import CachedEncoder
from bot.components.nearest_neighbours import NearestNeighbourClassifier
from bot.components.sentence_featurizer import SentenceFeaturizer
from bot.components.standardised import Standardised, unit_length

PIPELINES = Path(__file__).resolve().parents[3] / "evaluation" / "pipelines"
EMBEDDINGS = {
    "转人工": [1.0, 0.2],
    "找真人": [0.9, 0.3],
    "你好": [0.1, 0.8],
    "早上好": [0.2, 0.7],
    "人工客服": [0.95, 0.2],
}


@pytest.fixture
def kept(tmp_path):
    """Model storage, resource and context, as the engine hands them to a component."""
    return LocalModelStorage.create(tmp_path), Resource("component"), ExecutionContext(GraphSchema({}), node_name="n")


@pytest.fixture
def embeddings(monkeypatch):
    def encode(texts):
        return np.array([EMBEDDINGS[text] for text in texts], dtype=np.float32)

    monkeypatch.setattr(sentence_featurizer, "embed_all", lambda name, texts: encode(texts))
    monkeypatch.setattr(sentence_featurizer, "encoder", lambda name: CachedEncoder(encode))


def said(text, intent=None, features=None):
    message = Message({"text": text, **({"intent": intent} if intent else {})})
    if features is not None:
        message.add_features(Features(np.array([features]), "sentence", "text", "somewhere"))
    return message


def sentence_features(message):
    sequence, sentence = message.get_dense_features("text")
    assert sequence is None
    return sentence.features


def test_embeddings_become_standardised_features_of_the_sentence(kept, embeddings):
    texts = ["转人工", "找真人", "你好", "早上好"]
    data = TrainingData([said(text, "x") for text in texts] + [Message({"intent": "x"})])
    featurizer = SentenceFeaturizer.create({}, *kept)
    featurizer.train(data)
    rows = np.vstack([sentence_features(m) for m in featurizer.process_training_data(data).training_examples[:4]])
    assert rows.mean(axis=0) == pytest.approx([0, 0], abs=1e-4)
    assert rows.std(axis=0) == pytest.approx([1, 1], abs=1e-4)


def test_a_loaded_featurizer_scales_as_it_was_trained(kept, embeddings):
    data = TrainingData([said(text, "x") for text in ("转人工", "你好", "早上好")])
    featurizer = SentenceFeaturizer.create({}, *kept)
    featurizer.train(data)
    again = SentenceFeaturizer.load({}, *kept)
    (one,) = featurizer.process([said("人工客服")])
    (other, silent) = again.process([said("人工客服"), said("")])
    assert sentence_features(other).shape == (1, 2)
    assert sentence_features(other) == pytest.approx(sentence_features(one))
    assert not silent.features


def test_an_untrained_featurizer_is_an_error(kept, embeddings):
    with pytest.raises(ValueError, match="before it is trained"):
        SentenceFeaturizer.create({}, *kept).process([said("你好")])


NEAR = TrainingData(
    [
        said("a", "human", [1.0, 0.0]),
        said("b", "human", [1.0, 0.2]),
        said("c", "greet", [0.9, 0.5]),
        said("d", "greet", [0.0, 1.0]),
        said("without features", "greet"),
    ]
)


def test_neighbours_vote_with_their_cosine(kept):
    NearestNeighbourClassifier.create({"k": 3}, *kept).train(NEAR)
    (message,) = NearestNeighbourClassifier.load({"k": 3}, *kept).process([said("e", features=[2.0, 0.0])])
    cosines = [1.0, 1 / np.hypot(1, 0.2), 0.9 / np.hypot(0.9, 0.5)]
    assert message.get("intent")["name"] == "human"
    assert message.get("intent")["confidence"] == pytest.approx((cosines[0] + cosines[1]) / sum(cosines), abs=1e-5)
    assert [entry["name"] for entry in message.get("intent_ranking")] == ["human", "greet"]


def test_k_decides_how_many_are_asked(kept):
    classifier = NearestNeighbourClassifier.create({"k": 1}, *kept)
    classifier.train(NEAR)
    (message,) = classifier.process([said("e", features=[0.1, 1.0])])
    assert message.get("intent_ranking") == [{"name": "greet", "confidence": pytest.approx(1.0)}]
    with pytest.raises(ValueError, match="at least 1"):
        NearestNeighbourClassifier.create({"k": 0}, *kept)


def test_neither_features_nor_likeness_is_no_intent(kept):
    classifier = NearestNeighbourClassifier.create({}, *kept)
    classifier.train(NEAR)
    unlike = said("e", features=[-1.0, -1.0])
    for message in classifier.process([said("e"), unlike]):
        assert message.get("intent") == {"name": None, "confidence": 0.0}
        assert message.get("intent_ranking") == []


def test_neighbours_without_any_dense_features_are_refused(kept):
    with pytest.raises(ValueError, match="dense featurizer"):
        NearestNeighbourClassifier.create({}, *kept).train(TrainingData([said("a", "greet")]))


def test_a_feature_that_never_changes_stays_finite():
    rows = Standardised.fit(np.ones((3, 2), dtype=np.float32)).rows(np.ones((1, 2), dtype=np.float32))
    assert np.isfinite(rows).all()
    assert np.linalg.norm(unit_length(np.array([[3.0, 4.0], [0.0, 0.0]])), axis=1) == pytest.approx([1, 0])


@pytest.mark.parametrize("path", sorted(PIPELINES.glob("*.yml")), ids=lambda path: path.stem)
def test_rasa_makes_a_graph_of_every_compared_pipeline(path):
    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    config = {"recipe": "default.v1", "language": "zh", "pipeline": described["pipeline"]}
    graph = Recipe.recipe_for_name("default.v1").graph_config_for_recipe(config, {}, training_type=TrainingType.NLU)
    used = {node.uses for node in graph.predict_schema.nodes.values()}
    assert any(issubclass(component, IntentClassifier) for component in used)
    for needed in (needed for component in used for needed in component.required_components()):
        assert any(issubclass(component, needed) for component in used)
