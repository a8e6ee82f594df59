"""Sentences that are not ours: what customers also write, and the knowledge base does not answer."""

from pathlib import Path

import yaml

from faq.errors import EntriesInvalid

FOREIGN_FILE = Path(__file__).parent / "out_of_domain.yml"


def load_foreign(path: Path = FOREIGN_FILE) -> list[str]:
    """All sentences of the file, whose top level names groups. Raises EntriesInvalid."""
    try:
        groups = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise EntriesInvalid(f"{path.name} is not readable YAML: {error}") from error
    if not isinstance(groups, dict) or not all(isinstance(group, list) for group in groups.values()):
        raise EntriesInvalid(f"{path.name} must be groups of sentences: a name, and under it a list.")
    return [str(sentence) for group in groups.values() for sentence in group]
