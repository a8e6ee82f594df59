"""A small Rasa project a pipeline: its configuration, our training sentences or a share of them, and nothing else."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evaluation.lines import InputError

FOLDER = Path(__file__).parent
SEED = 0
Sentence = tuple[str, str]
"""A text and its intent."""


@dataclass(frozen=True)
class Pipeline:
    """One file of this folder. fetch: packages that only it needs (evaluation/extras.py)."""

    name: str
    title: str
    components: list[dict[str, Any]]
    fetch: tuple[str, ...] = ()


def names() -> list[str]:
    """The pipelines there are, in the order of their files."""
    return sorted(path.stem for path in FOLDER.glob("*.yml"))


def load(name: str) -> Pipeline:
    """The pipeline of that name. Raises InputError."""
    if name not in names():
        raise InputError(f"there is no pipeline {name}; there are {', '.join(names())}")
    described = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return Pipeline(name, described["title"], described["pipeline"], tuple(described.get("fetch", ())))


def training_sentences(nlu: Path) -> list[Sentence]:
    """The examples of all intents in a folder of Rasa training files. Raises InputError when there are none."""
    found = [
        (line.strip().removeprefix("- ").strip(), entry["intent"])
        for path in sorted(nlu.rglob("*.yml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")).get("nlu", [])
        if "intent" in entry
        for line in entry["examples"].splitlines()
        if line.strip()
    ]
    if not found:
        raise InputError(f"there are no training sentences in {nlu}")
    return found


def stratified(sentences: Sequence[Sentence], share: float) -> list[Sentence]:
    """The same share of every intent, at least one sentence each; a larger share contains the smaller ones."""
    if not 0 < share <= 1:
        raise InputError(f"a share lies above 0 and at most at 1, this is {share}")
    by_intent: dict[str, list[str]] = {}
    for text, intent in sentences:
        by_intent.setdefault(intent, []).append(text)
    chosen: list[Sentence] = []
    for intent, texts in by_intent.items():
        shuffled = random.Random(f"{SEED} {intent}").sample(texts, len(texts))
        chosen += [(text, intent) for text in shuffled[: max(1, round(share * len(texts)))]]
    return chosen


def write_project(folder: Path, pipeline: Pipeline, sentences: Sequence[Sentence], epochs: int) -> None:
    """config.yml and data/nlu.yml in `folder`; `epochs` replaces that of every component that has any."""
    components = [
        {**component, "epochs": epochs} if "epochs" in component else component for component in pipeline.components
    ]
    config = {"recipe": "default.v1", "language": "zh", "assistant_id": pipeline.name, "pipeline": components}
    by_intent: dict[str, list[str]] = {}
    for text, intent in sentences:
        by_intent.setdefault(intent, []).append(text)
    entries = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in by_intent.items()
    ]
    (folder / "data").mkdir(parents=True)
    _write(folder / "config.yml", config)
    _write(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": entries})


def _write(path: Path, content: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
