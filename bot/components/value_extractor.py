"""Graph component around bot.values: puts the values of a message beside its intent."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any, Dict, List, Optional, Text, Type
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components.normaliser import Normaliser
from bot.values import extract

logger = logging.getLogger(__name__)

GUESS = "guess"
_SHANGHAI = ZoneInfo("Asia/Shanghai")


def moment(message: Message) -> datetime:
    """When the message was said: `now` of its metadata, else this moment, in Asia/Shanghai."""
    said = (message.get("metadata") or {}).get("now")
    if not said:
        return datetime.now(_SHANGHAI)
    return datetime.fromisoformat(said.replace("Z", "+00:00")).astimezone(_SHANGHAI)


def _read(text: str, now: datetime, awaiting: Optional[str]) -> List[Dict[Text, Any]]:
    """The values of the text. A place that is one only because a place was asked for is marked as a guess."""
    found = extract(text, now, awaiting)
    if awaiting == "location" and any(value["entity"] == "location" for value in found):
        unprompted = {value["text"] for value in extract(text, now, None) if value["entity"] == "location"}
        for value in found:
            if value["entity"] == "location" and value["text"] not in unprompted:
                value[GUESS] = True
    return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ValueExtractor(GraphComponent, EntityExtractorMixin):
    """Sets `entities` from rules; offsets are those of the normalised text."""

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Normaliser]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ValueExtractor:
        # The vocabularies load at the first call: at start, not on a customer's time.
        extract("昨天在人民路追尾，损失三千元", datetime.now(_SHANGHAI), None)
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the values found. A sentence the rules stumble over has none: the bot then asks, which beats silence."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            awaiting = (message.get("metadata") or {}).get("awaiting")
            try:
                found = _read(text, moment(message), awaiting)
            except Exception:  # any rule, any input; the text itself is personal data and stays out of the log
                logger.exception("no values read from a message of %d characters", len(text))
                found = []
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
