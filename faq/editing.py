"""A wording added to an entry in its file, with everything else in the file, comments too, left as it is."""

import json
import re
from pathlib import Path

import yaml

from faq.catalogue import ENTRIES_DIR, read_file
from faq.errors import EntriesInvalid
from faq.text import bare

_PLAIN = re.compile(r"[\u4e00-\u9fff][\w，。？！、]*")


def add_phrasing(entry_id: str, phrasing: str, folder: Path = ENTRIES_DIR) -> Path:
    """Add it at the end of the entry's phrasings; the file that was changed.

    Raises EntriesInvalid when there is no such entry, when it has the sentence already, or when its phrasings do not
    stand one a line.
    """
    path = _file_of(entry_id, phrasing, folder)
    before = path.read_text(encoding="utf-8")
    # A JSON string is a YAML string too, whatever it holds; plain text stays as editors write it.
    written = phrasing if _PLAIN.fullmatch(phrasing) else json.dumps(phrasing, ensure_ascii=False)
    place, column = _end_of_phrasings(before, entry_id, path)
    lines = before.splitlines(keepends=True)
    if not lines[place - 1].endswith("\n"):
        lines[place - 1] += "\n"
    lines.insert(place, f"{' ' * column}- {written}\n")
    path.write_text("".join(lines), encoding="utf-8")
    try:
        read_file(path)
    except EntriesInvalid:
        path.write_text(before, encoding="utf-8")
        raise
    return path


def _file_of(entry_id: str, phrasing: str, folder: Path) -> Path:
    if not bare(phrasing):
        raise EntriesInvalid("the phrasing holds no words.")
    for path in sorted(folder.glob("*.yml")):
        for entry in read_file(path):
            if entry.id == entry_id:
                if bare(phrasing) in map(bare, entry.texts):
                    raise EntriesInvalid(f"{entry_id} has this sentence already.")
                return path
    raise EntriesInvalid(f"there is no entry named {entry_id}.")


def _end_of_phrasings(text: str, entry_id: str, path: Path) -> tuple[int, int]:
    """The line after the last phrasing of the entry, and the column of its dashes."""
    top = {key.value: value for key, value in yaml.compose(text, Loader=yaml.SafeLoader).value}
    for entry in top["entries"].value:
        fields = {key.value: value for key, value in entry.value}
        if fields["id"].value != entry_id:
            continue
        phrasings = fields.get("phrasings")
        if phrasings is not None and phrasings.value and not phrasings.flow_style:
            return phrasings.value[-1].end_mark.line + 1, phrasings.start_mark.column
    raise EntriesInvalid(f"{path.name}, entry {entry_id}: write its phrasings one a line, each after a dash.")
