"""Questions for the editors, grouped: the same thing asked in similar words is one piece of work."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from faq.catalogue import load_entries
from faq.text import bare

ALIKE = 0.6  # cosine of character 1–2-grams
ALIKE_WITH_SAME_ENTRY = 0.3


class Asked(Protocol):
    """What is needed of a question that was kept. `best_entry` is the nearest, or the one that did not help."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def asked_at(self) -> datetime: ...
    @property
    def last_asked_at(self) -> datetime: ...
    @property
    def best_entry(self) -> str | None: ...
    @property
    def suggestions(self) -> list[str]: ...


def grouped(asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Groups, the most asked first: count, first and last time, suggested entries (id, question), and the questions."""
    labels = _labels(asked)
    groups = [[a for a, label in zip(asked, labels, strict=True) if label == group] for group in sorted(set(labels))]
    return sorted((_group(members) for members in groups), key=lambda group: (-group["count"], group["first_asked_at"]))


def _group(members: list[Asked]) -> dict[str, Any]:
    entries: dict[str, int] = {}
    for member in members:
        # Where several wordings suggest an entry it is the likelier one; the earlier it stands, the more it counts.
        for place, entry in enumerate(member.suggestions or ([member.best_entry] if member.best_entry else [])):
            entries[entry] = entries.get(entry, 0) + member.count * (3 - min(place, 2))
    best = sorted(entries, key=lambda entry: -entries[entry])[:3]
    return {
        "count": sum(member.count for member in members),
        "first_asked_at": min(member.asked_at for member in members).isoformat(),
        "last_asked_at": max(member.last_asked_at for member in members).isoformat(),
        "suggestions": [{"entry": entry, "question": _titles().get(entry)} for entry in best],
        "questions": [
            {
                "id": member.id,
                "kind": str(member.kind),
                "text": member.text,
                "count": member.count,
                "entry": member.best_entry,
                "first_asked_at": member.asked_at.isoformat(),
                "last_asked_at": member.last_asked_at.isoformat(),
            }
            for member in sorted(members, key=lambda member: -member.count)
        ],
    }


def _labels(asked: Sequence[Asked]) -> list[int]:
    if len(asked) < 2:
        return [0] * len(asked)
    # Seconds of importing, which the desk and the command line pay when somebody looks at questions, not at start.
    import numpy as np
    from scipy.sparse.csgraph import connected_components
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    rows = vectoriser.fit_transform([bare(a.text) or a.text or " " for a in asked])
    alike = (rows @ rows.T).toarray()
    entry = np.array([a.best_entry or "" for a in asked])
    same_entry = (entry[:, None] == entry[None, :]) & (entry != "")[:, None]
    _, labels = connected_components((alike >= ALIKE) | ((alike >= ALIKE_WITH_SAME_ENTRY) & same_entry), directed=False)
    return [int(label) for label in labels]


@lru_cache(maxsize=1)
def _titles() -> dict[str, str]:
    return {entry.id: entry.question for entry in load_entries()}
