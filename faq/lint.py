"""What an editor should look at before entries go live. Says it in plain words, one finding a line."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from faq.catalogue import ENTRIES_DIR, Entry, read_file
from faq.errors import EntriesInvalid
from faq.foreign import FOREIGN_FILE, load_foreign
from faq.text import bare

FEWEST_PHRASINGS = 4
LONGEST_QUESTION = 40  # characters; it becomes a button when the bot asks back
LONGEST_ANSWER = 200
NEAR_DUPLICATE = 0.92  # cosine of character 1–3-grams: one or two characters of difference
_TITLE_MARKS = "《》"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. An error keeps the entries from being used as they are; a warning does not."""

    level: str
    where: str
    message: str

    def __str__(self) -> str:
        return f"{self.level}: {self.where}: {self.message}"


def lint(folder: Path = ENTRIES_DIR, foreign_file: Path = FOREIGN_FILE) -> list[Finding]:
    """Everything found in the entry files of a folder and the sentences that are not ours."""
    findings: list[Finding] = []
    entries: list[Entry] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            entries += read_file(path)
        except EntriesInvalid as error:
            findings.append(Finding("error", path.name, str(error)))
    findings += _ids(entries)
    for entry in entries:
        findings += _one(entry)
    foreign = load_foreign(foreign_file) if foreign_file.exists() else []
    return findings + _near_duplicates(entries, foreign)


def _ids(entries: Sequence[Entry]) -> list[Finding]:
    ids = sorted(entry.id for entry in entries)
    twice = sorted({first for first, second in pairwise(ids) if first == second})
    return [Finding("error", entry_id, "this id is used more than once; rename one of them") for entry_id in twice]


def _one(entry: Entry) -> list[Finding]:
    found: list[Finding] = []
    if len(entry.phrasings) < FEWEST_PHRASINGS:
        message = f"has {len(entry.phrasings)} phrasings; write at least {FEWEST_PHRASINGS}, varied ones"
        found.append(Finding("error", entry.id, message))
    if entry.source.kind == "law" and not any(mark in entry.source.reference for mark in _TITLE_MARKS):
        found.append(Finding("warning", entry.id, "the source is a law but names none in 《》"))
    if len(entry.question) > LONGEST_QUESTION:
        found.append(Finding("warning", entry.id, f"the question is longer than {LONGEST_QUESTION} characters"))
    if len(entry.answer) > LONGEST_ANSWER:
        found.append(Finding("warning", entry.id, f"the answer is longer than {LONGEST_ANSWER} characters"))
    if entry.answer[-1] not in "。！？":
        found.append(Finding("warning", entry.id, "the answer does not end with a full stop"))
    words = [bare(text) for text in entry.texts]
    if len(set(words)) < len(words):
        found.append(Finding("warning", entry.id, "the same sentence stands twice among its phrasings"))
    return found


def _near_duplicates(entries: Sequence[Entry], foreign: Sequence[str]) -> list[Finding]:
    """Sentences of different entries (or of an entry and the foreign ones) that differ in next to nothing."""
    texts = [(entry.id, text) for entry in entries for text in entry.texts] + [("out_of_domain", t) for t in foreign]
    if len(texts) < 2:
        return []
    vectoriser = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True, dtype=np.float32)
    rows = vectoriser.fit_transform([bare(text) or text for _, text in texts])
    alike = (rows @ rows.T).tocoo()
    return [
        Finding("warning", f"{texts[i][0]} / {texts[j][0]}", f"nearly the same: “{texts[i][1]}” and “{texts[j][1]}”")
        for i, j, cosine in zip(alike.row, alike.col, alike.data, strict=True)
        if i < j and cosine >= NEAR_DUPLICATE and texts[i][0] != texts[j][0]
    ]
