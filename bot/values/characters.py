"""spaCy over single characters: token i of a text is its character i, spaces included."""

from __future__ import annotations

from typing import Any, Callable, Optional

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import DummyTokenizer
from spacy.vocab import Vocab

_CONFIG = {"nlp": {"tokenizer": {"@tokenizers": "lipei.characters"}}}


class Characters(DummyTokenizer):
    """A tokenizer with nothing to configure and nothing to save."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        return Doc(self.vocab, words=list(text), spaces=[False] * len(text))


@spacy.registry.tokenizers("lipei.characters")
def _make() -> Callable[[Language], Characters]:
    return lambda nlp: Characters(nlp.vocab)


def pipeline(vocab: Optional[Vocab] = None) -> Language:
    """A Chinese pipeline without components. Pipelines of one vocab share their strings."""
    config: Any = _CONFIG
    return spacy.blank("zh", vocab=vocab or True, config=config)
