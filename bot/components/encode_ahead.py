"""Encodes the training sentences while Rasa is still being imported: `python -m bot.components.encode_ahead data`.

Rasa needs half a minute of one core before the first component trains, and the encoder is what training takes longest
over. What is made here lies in the embedding store when the components ask for it; what is missing there, they make.

This side knows what a sentence is and keeps the vectors; they come from the process at the other end of standard input
and output (bulk_encoder), or, where nobody answers, from the encoder here.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Iterator, List

import yaml

from bot.components.bulk_encoder import BulkEncoder
from bot.components.embedding_store import EncodeMany, embed_all
from bot.components.normal_form import normalise
from bot.inner.store import ReadMany, read_all
from bot.values.sentence import plain

ENCODER = "e5"
_ANNOTATION = re.compile(r"\[([^\[\]]+)\](?:\([^()]*\)|\{[^{}]*\})")
_EXAMPLE = re.compile(r"^\s*-\s+(.*\S)\s*$", re.MULTILINE)


def intent_sentences(folder: Path) -> List[str]:
    """The sentences of all intents in the folder's YAML files, in normal form and without annotations."""
    return list(dict.fromkeys(normalise(_ANNOTATION.sub(r"\1", text)) for text in _examples(folder)))


def _examples(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.yml")):
        content = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader) or {}
        for item in content.get("nlu", ()):
            if "intent" in item:
                yield from _EXAMPLE.findall(item.get("examples", ""))


def main(data: Path, encode: EncodeMany, read_inner: ReadMany) -> None:
    """Encodes what the intent model learns from, then what the NER and the model of causes learn from."""
    embed_all(ENCODER, intent_sentences(data), encode=encode)
    # These load the vocabularies of the rules; the first sentences do not wait for that.
    from bot.learned import ner
    from bot.learned.augment import Filler
    from bot.learned.causes import read_around, read_folder

    read_all([plain(marked.text) for marked in ner.examples(data / "tagger")], read_inner)
    told = [text for text, _ in read_folder(data / "causes")]
    around = read_around(data / "causes", Filler.of(data / "tagger"))
    embed_all(ENCODER, [normalise(text) for text in told + around], kept_for="causes", encode=encode)


if __name__ == "__main__":
    bulk = BulkEncoder(sys.stdout, sys.stdin)
    main(Path(sys.argv[1]), bulk.encode_many, bulk.read_inner)
