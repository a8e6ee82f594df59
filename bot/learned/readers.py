"""The learned readers together: trained, kept and loaded as one; without a model the rules read alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Optional

from bot.inner.context import Context
from bot.learned import causes, names, tagger
from bot.learned.augment import Filler
from bot.learned.causes import CauseModel
from bot.learned.tagger import Tagger

_TAGGER, _CONTEXT, _CAUSES = "tagger.crfsuite", "context.npz", "causes.npz"


@dataclass(frozen=True)
class Readers:
    """The models behind the learned readers; both None where nothing was learned."""

    tagger: Optional[Tagger] = None
    causes: Optional[CauseModel] = None

    @classmethod
    def fit(cls, folder: Path) -> Readers:
        """Trained on folder/tagger and folder/causes."""
        pairs = causes.read_folder(folder / "causes")
        around = causes.read_around(folder / "causes", Filler.of(folder / "tagger"))
        # In the order in which bot.components.encode_ahead has their vectors made, the last first: none is made twice.
        told = CauseModel.fit(pairs, around)
        return cls(Tagger.fit(tagger.examples(folder / "tagger")), told)

    def save(self, directory: Path) -> None:
        """Writes the models; nothing where nothing was learned."""
        if self.tagger and self.causes:
            (directory / _TAGGER).write_bytes(self.tagger.model)
            self.tagger.context.save(directory / _CONTEXT)
            self.causes.save(directory / _CAUSES)

    @classmethod
    def load(cls, directory: Path) -> Readers:
        """The inverse of save."""
        if not (directory / _TAGGER).exists():
            return cls()
        reader = Tagger((directory / _TAGGER).read_bytes(), Context.load(directory / _CONTEXT))
        return cls(reader, CauseModel.load(directory / _CAUSES))

    def arguments(self) -> Dict[str, Any]:
        """What bot.values.extract is to be called with."""
        if not (self.tagger and self.causes):
            return {}
        return {"names": names.reader(self.tagger), "cause": causes.reader(self.causes)}
