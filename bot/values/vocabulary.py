"""Word lists of bot/values/data, read once, and spaCy's EntityRuler over single characters."""

from __future__ import annotations

import itertools
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Iterable, Iterator, NamedTuple, Union

DATA = Path(__file__).parent / "data"
PUNCTUATION = str.maketrans(
    {"・": "·", "•": "·", "‧": "·", "—": "-", "–": "-", "〜": "~", "～": "~", "“": '"', "”": '"'}
    # Cantonese characters, each with the one that stands for it in the common language
    | dict(zip("冇咗喺嘅嚟佢哋俾畀啲嗰睇揸攞偸仟佰著", "没了在的来他们被被些那看开拿偷千百着", strict=True))
)


class Hit(NamedTuple):
    """A word of a vocabulary: which entry it stands for and where it was found."""

    name: str
    start: int
    end: int


def lines(file: str) -> list[str]:
    """The words of a text file, one a line; lines that start with # are comments."""
    rows = (DATA / file).read_text(encoding="utf-8").splitlines()
    return [row.strip() for row in rows if row.strip() and not row.startswith("#")]


@lru_cache(maxsize=None)
def table(file: str) -> Any:
    """A YAML file of the data folder."""
    import yaml

    return yaml.safe_load((DATA / file).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def typing_errors() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Pairs (pattern, replacement of equal length) of usual typing and recogniser errors."""
    pairs = []
    for row in lines("typing_errors.txt"):
        wrong, right = row.split()
        pairs.append((re.compile(wrong), right))
    return tuple(pairs)


@lru_cache(maxsize=None)
def alternatives(file: str) -> str:
    """The words of a text file as one regular-expression alternative, longest first."""
    return "|".join(re.escape(word) for word in sorted(lines(file), key=len, reverse=True))


_GAP = {"TEXT": {"IN": list("的开给出那个张份些了过来具嗯呃啊")}, "OP": "{,4}"}
"""What people put between two parts of a name when they speak: 修理厂开的那个发票."""


@lru_cache(maxsize=1)
def _vocab() -> Any:
    from spacy.vocab import Vocab

    return Vocab()


@lru_cache(maxsize=None)
def _pipeline(file: str) -> Any:
    """A spaCy pipeline whose EntityRuler marks the words of a vocabulary."""
    from bot.values import characters

    nlp = characters.pipeline(_vocab())
    named = table(file).items()
    patterns = [{"label": file, "id": name, "pattern": made} for name, words in named for made in _patterns(words)]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)
    return nlp


def _patterns(words: Iterable[str]) -> Iterator[Union[str, list[dict[str, Any]]]]:
    """Words as they are, for the ruler's PhraseMatcher; those with ~ as one pattern of its Matcher for each combination.

    修车|修理厂~发票|收据 stands for four names, each with something said between its two parts or nothing.
    """
    for word in words:
        parts = [part.split("|") for part in str(word).upper().split("~")]
        for chosen in itertools.product(*parts) if len(parts) > 1 else ():
            tokens = [[{"TEXT": char} for char in part] for part in chosen]
            yield list(itertools.chain(tokens[0], *([_GAP, *part] for part in tokens[1:])))
        if len(parts) == 1:
            yield str(word).upper()


@lru_cache(maxsize=64)
def phrases(file: str, text: str) -> tuple[Hit, ...]:
    """Words of a YAML vocabulary {entry: [words]} in the text, in order; of overlapping words the longest stands."""
    if not text:
        return ()
    return tuple(Hit(ent.ent_id_, ent.start, ent.end) for ent in _pipeline(file)(text).ents)
