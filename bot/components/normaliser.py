"""Brings every message to one script, one width and single spaces before anything reads it."""

from __future__ import annotations

from typing import Any, Dict, List, Text

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.normal_form import is_traditional, normalise

ORIGINAL_TEXT = "original_text"
TRADITIONAL = "traditional"


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
