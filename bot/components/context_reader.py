"""Last in the pipeline: reads the message in the light of the question that is open (metadata "awaiting")."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Text, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.components import answers, phrases, queueing
from bot.components.intent_classifier import FALLBACK
from bot.components.nonsense import is_nonsense
from bot.components.normaliser import ORIGINAL_TEXT
from bot.components.reading import Reading, read


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ContextReader(GraphComponent, IntentClassifier):
    """Turns answers into `inform`, `affirm`, `deny`, and fixed phrases into `resume_task`, `ask_why`, `edit_item` and
    the wishes of customers who wait for a person.

    With nothing awaited the classifier's result stands, except for a phrase that resumes a report or is about waiting.
    """

    @classmethod
    def required_components(cls) -> List[Type]:
        return [IntentClassifier]

    @classmethod
    def create(
        cls,
        config: Dict[Text, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContextReader:
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            text = message.get(TEXT) or ""
            if not text or text.startswith("/"):
                continue
            awaiting = (message.get("metadata") or {}).get("awaiting")
            entities = message.get(ENTITIES) or []
            outcome = self._event(text, awaiting, entities)
            aside = awaiting in answers.YES_NO_FACTS and phrases.not_what_is_meant(text)
            if outcome is None and (aside or is_nonsense(text, bool(entities))):
                outcome = Reading(FALLBACK, entities)
            elif outcome is None and awaiting:
                best = (message.get(INTENT_RANKING_KEY) or [{"name": None, "confidence": 0.0}])[0]
                original = message.get(ORIGINAL_TEXT) or text
                outcome = read(text, original, awaiting, entities, best["name"], best["confidence"])
            if outcome is not None:
                if outcome.intent is not None:
                    message.set(INTENT, {"name": outcome.intent, "confidence": 1.0}, add_to_output=True)
                message.set(ENTITIES, outcome.entities, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    @staticmethod
    def _event(text: str, awaiting: Optional[str], entities: List[Dict[Text, Any]]) -> Optional[Reading]:
        if phrases.resumes(text, awaiting):
            return Reading("resume_task", entities)
        wish = queueing.wish(text)
        if wish is not None:
            return Reading(wish, entities)
        if not awaiting:
            return None
        item = phrases.item_to_edit(text)
        if item is not None and awaiting != "choice":
            return Reading("edit_item", [*entities, _item(item, text)])
        if awaiting in answers.FACT_ENTITIES and phrases.asks_how_much_longer(text):
            return Reading("ask_why", [*entities, answers.entity("aspect", "how_much_longer", text)])
        return Reading("ask_why", entities) if phrases.asks_why(text) else None


def _item(item: int, text: str) -> Dict[Text, Any]:
    return answers.entity("item", item, text)
