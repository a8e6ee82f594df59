"""The learned readers together: trained, kept and loaded as one; without a model the rules read alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Optional

import spacy
from spacy import Language

from bot.learned import causes, names, ner
from bot.learned.augment import Filler
from bot.learned.causes import CauseModel

_NAMES, _CAUSES = "names", "causes.npz"


@dataclass(frozen=True)
class Readers:
    """The models behind the learned readers; both None where nothing was learned.

    names: a spaCy pipeline that marks places and people.
    """

    names: Optional[Language] = None
    causes: Optional[CauseModel] = None

    @classmethod
    def fit(cls, folder: Path) -> Readers:
        """Trained on folder/tagger and folder/causes."""
        pairs = causes.read_folder(folder / "causes")
        around = causes.read_around(folder / "causes", Filler.of(folder / "tagger"))
        # In the order in which bot.components.encode_ahead has their vectors made, the last first: none is made twice.
        told = CauseModel.fit(pairs, around)
        return cls(ner.trained(ner.examples(folder / "tagger")), told)

    def save(self, directory: Path) -> None:
        """Writes the models; nothing where nothing was learned."""
        if self.names and self.causes:
            self.names.to_disk(directory / _NAMES)
            self.causes.save(directory / _CAUSES)

    @classmethod
    def load(cls, directory: Path) -> Readers:
        """The inverse of save."""
        if not (directory / _NAMES).exists():
            return cls()
        return cls(spacy.load(directory / _NAMES), CauseModel.load(directory / _CAUSES))

    def arguments(self) -> Dict[str, Any]:
        """What bot.values.extract is to be called with."""
        if not (self.names and self.causes):
            return {}
        return {"names": names.reader(self.names), "cause": causes.reader(self.causes)}
