"""What an engine made of one sentence."""

from dataclasses import dataclass
from typing import Any

_FALLBACK = "nlu_fallback"


@dataclass(frozen=True, slots=True)
class Reading:
    """ranking: intents, likeliest first; second: confidence of the next best; sure: it acts without asking back."""

    best: str
    confidence: float
    sure: bool
    ranking: tuple[str, ...] = ()
    second: float = 0.0

    @classmethod
    def of(cls, parsed: dict[str, Any]) -> "Reading":
        """From the answer of Rasa's /model/parse; the fallback stands for "not sure" and is no reading itself."""
        chosen, ranking = parsed["intent"], parsed.get("intent_ranking") or []
        names = tuple(entry["name"] for entry in ranking)
        second = float(ranking[1]["confidence"]) if len(ranking) > 1 else 0.0
        if chosen.get("name") not in (None, _FALLBACK):
            return cls(chosen["name"], float(chosen["confidence"]), True, names or (chosen["name"],), second)
        if not ranking:
            return cls("", 0.0, False)
        return cls(names[0], float(ranking[0]["confidence"]), False, names, second)

    def offers(self, intent: str, choices: int) -> bool:
        """Would asking back with so many choices offer this intent?"""
        return intent in self.ranking[:choices]
