"""The entries: YAML files that an editor can read, checked when they are loaded.

A file has a `category` and a list of `entries`; each entry has an id, a question, an answer, a source and phrasings:

    - id: auto_glass
      question: 车玻璃单独破碎赔不赔？
      answer: …
      source: {kind: clause, reference: 《机动车综合商业保险示范条款》机动车损失保险}
      phrasings:
        - 前挡风玻璃裂了能走保险吗
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from faq.errors import EntriesInvalid

ENTRIES_DIR = Path(__file__).parent / "entries"

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]


class Source(BaseModel):
    """Where an answer comes from: a law article, a policy clause, or a promise of our own."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    kind: Literal["law", "clause", "promise"]
    reference: _Text


class Entry(BaseModel):
    """One question of the knowledge base with its answer and the ways in which customers ask it."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    id: _Id
    category: _Id
    question: _Text
    answer: _Text
    source: Source
    phrasings: tuple[_Text, ...] = ()

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is searched: the question first, then the phrasings."""
        return (self.question, *self.phrasings)


def load_entries(folder: Path = ENTRIES_DIR) -> list[Entry]:
    """All entries of a folder, in the order of file names.

    Raises EntriesInvalid, naming the file and the entry, also when an id is used twice or the folder holds no entry.
    """
    entries: list[Entry] = []
    seen: dict[str, str] = {}
    for path in sorted(folder.glob("*.yml")):
        for entry in read_file(path):
            if entry.id in seen:
                raise EntriesInvalid(f"{path.name}: the id {entry.id} is already used in {seen[entry.id]}; rename one.")
            seen[entry.id] = path.name
            entries.append(entry)
    if not entries:
        raise EntriesInvalid(f"{folder} holds no entries (*.yml).")
    return entries


def read_file(path: Path) -> list[Entry]:
    """The entries of one file. Raises EntriesInvalid."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise EntriesInvalid(f"{path.name} is not readable YAML: {error}") from error
    if not isinstance(content, dict) or not isinstance(content.get("entries"), list) or "category" not in content:
        raise EntriesInvalid(f"{path.name} must have a `category` and a list of `entries`.")
    return [_entry(path, content["category"], number, raw) for number, raw in enumerate(content["entries"], 1)]


def write_file(path: Path, category: str, entries: Sequence[Entry]) -> None:
    """Write a whole entry file in the form that editors know."""
    rows = [entry.model_dump(exclude={"category"}) for entry in entries]
    for row in rows:
        row["phrasings"] = list(row["phrasings"])
    path.write_text(_dump({"category": category, "entries": rows}), encoding="utf-8")


def append_entry(path: Path, entry: Entry) -> None:
    """Add one entry at the end of a file (made if missing), leaving everything else in it, comments too, as it is."""
    if not path.exists():
        write_file(path, entry.category, [entry])
        return
    row = entry.model_dump(exclude={"category"}) | {"phrasings": list(entry.phrasings)}
    block = "".join(f"  {line}\n" for line in _dump([row]).splitlines())
    path.write_text(path.read_text(encoding="utf-8").rstrip("\n") + "\n" + block, encoding="utf-8")


class _IndentedLists(yaml.SafeDumper):
    """Lists stand two columns in from their key, as in the files that editors write."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _dump(content: object) -> str:
    return str(yaml.dump(content, Dumper=_IndentedLists, allow_unicode=True, sort_keys=False, width=1000))


def _entry(path: Path, category: object, number: int, raw: object) -> Entry:
    if not isinstance(raw, dict):
        raise EntriesInvalid(f"{path.name}, entry {number}: must have id, question, answer, source and phrasings.")
    try:
        return Entry.model_validate({"category": category, **raw})
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, p['loc']))}: {p['msg']}" for p in error.errors())
        raise EntriesInvalid(f"{path.name}, entry {raw.get('id') or number}: {problems}") from error
