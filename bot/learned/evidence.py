"""What the rules think of every character of a sentence: the NER's evidence beside the characters themselves."""

from __future__ import annotations

from functools import lru_cache
from typing import FrozenSet, List, NamedTuple

from bot.values import people, place_words, places, resolve, vocabulary
from bot.values.sentence import TAKEN, Found, Sentence


class Character(NamedTuple):
    """One character with what is known of it."""

    char: str
    kind: str  # word, latin, digit, mark, or taken (by a value that is surer than a name)
    rule: str  # O, or B I E of what the rules read here: N a name, L the place they prefer, l another place
    known: str  # O, S a family name, or BD ID of a district
    ends: str  # O, or B I of a word that ends the name of a place


class Evidence(NamedTuple):
    """The characters of a sentence, and what the rules would have taken."""

    characters: List[Character]
    found: List[Found]
    plain: str


def read(sentence: Sentence) -> Evidence:
    """The evidence of a sentence which the readers of surer values have been through. Changes nothing in it."""
    found = _by_rules(sentence)
    columns = zip(sentence.rest, _rules(sentence, found), _known(sentence.rest), _ends(sentence.rest), strict=True)
    return Evidence(
        [Character(char, _kind(char), rule, known, ends) for char, rule, known, ends in columns], found, sentence.plain
    )


def _by_rules(sentence: Sentence) -> List[Found]:
    probe = sentence.copy()
    people.read(probe)
    places.read(probe)
    return probe.found


def _kind(char: str) -> str:
    if char == TAKEN:
        return "taken"
    if char.isdigit():
        return "digit"
    return "latin" if char.isascii() and char.isalpha() else "word" if char.isalnum() else "mark"


def _rules(sentence: Sentence, found: List[Found]) -> List[str]:
    tags = ["O"] * len(sentence.plain)
    chosen = resolve.winners([each for each in found if each.entity == "location"], sentence.plain)
    for each in sorted(found, key=lambda f: f in chosen):
        letter = "N" if each.entity == "person_name" else "L" if each in chosen else "l"
        for index in range(each.start, each.end):
            place = "B" if index == each.start else "E" if index == each.end - 1 else "I"
            tags[index] = place + letter
    return tags


@lru_cache(maxsize=1)
def _surnames() -> FrozenSet[str]:
    return frozenset(word for word in vocabulary.lines("surnames.txt") if len(word) == 1)


def _known(text: str) -> List[str]:
    known = ["S" if char in _surnames() else "O" for char in text]
    for start, end in place_words.division_spans(text):
        known[start:end] = ["BD"] + ["ID"] * (end - start - 1)
    return known


def _ends(text: str) -> List[str]:
    tags = ["O"] * len(text)
    for start, end in place_words.ending_spans(text):
        tags[start:end] = ["B"] + ["I"] * (end - start - 1)
    return tags
