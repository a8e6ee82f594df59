"""Nearest neighbours on the dense features before it: the simplest classifier, to measure the others against."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.standardised import unit_length

RANKING_LENGTH = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class NearestNeighbourClassifier(GraphComponent, IntentClassifier):
    """The `k` training sentences of largest cosine vote, each with its cosine; confidence is an intent's share."""

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._k = int({**self.get_default_config(), **config}["k"])
        if self._k < 1:
            raise ValueError(f"k must be at least 1, this is {self._k}")
        self._model_storage = model_storage
        self._resource = resource
        self._rows = np.zeros((0, 0), dtype=np.float32)
        self._intents: List[Text] = []

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Featurizer]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"k": 5}

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> NearestNeighbourClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Keeps the rows and intents of the training sentences. ValueError when none has dense features."""
        examples = [(_row(example), example.get(INTENT)) for example in training_data.intent_examples]
        known = [(row, intent) for row, intent in examples if row is not None]
        if not known:
            raise ValueError("nearest neighbours need dense features; put a dense featurizer before them")
        self._rows = unit_length(np.stack([row for row, _ in known]))
        self._intents = [intent for _, intent in known]
        with self._model_storage.write_to(self._resource) as directory:
            np.save(directory / "rows.npy", self._rows)
            (directory / "intents.json").write_text(json.dumps(self._intents), encoding="utf-8")
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> NearestNeighbourClassifier:
        """The inverse of train; a missing file is an error, as for the intent classifier."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            component._rows = np.load(directory / "rows.npy", allow_pickle=False)
            component._intents = json.loads((directory / "intents.json").read_text(encoding="utf-8"))
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Sets intent and intent_ranking; without features or likeness there is no intent."""
        for message in messages:
            ranking = self._ranking(_row(message))
            message.set(INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def _ranking(self, row: Optional[np.ndarray]) -> List[Dict[Text, Any]]:
        if row is None:
            return []
        cosines = self._rows @ unit_length(row[None])[0]
        votes: Dict[Text, float] = {}
        for i in np.argsort(-cosines)[: self._k]:
            if cosines[i] > 0:
                votes[self._intents[i]] = votes.get(self._intents[i], 0.0) + float(cosines[i])
        whole = sum(votes.values())
        ordered = sorted(votes.items(), key=lambda vote: -vote[1])[:RANKING_LENGTH]
        return [{"name": name, "confidence": vote / whole} for name, vote in ordered]


def _row(message: Message) -> Optional[np.ndarray]:
    """The sentence's dense features, (dimensions), or None."""
    _, sentence = message.get_dense_features(TEXT)
    return None if sentence is None else np.asarray(sentence.features, dtype=np.float32)[0]
