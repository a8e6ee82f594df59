"""Sentences that a room says itself, read from its wording.yml (the same shape as the responses of domain.yml)."""

from functools import cached_property
from pathlib import Path

import yaml


class WordingError(RuntimeError):
    """A wording.yml lacks a sentence or cannot be read."""


class Wording:
    """The sentences `utter_<room>_<name>` of one wording.yml. A channel's own stand in its folder."""

    def __init__(self, path: Path, room: str) -> None:
        self._path, self._room = path, room

    @cached_property
    def _responses(self) -> dict[str, str]:
        data = yaml.safe_load(self._path.read_text(encoding="utf-8"))
        return {name: str(variants[0]["text"]) for name, variants in data["responses"].items()}

    def say(self, name: str, **values: object) -> str:
        """The sentence with its values filled in. WordingError when there is none, or a value is missing."""
        known = f"utter_{self._room}_{name}"
        try:
            return self._responses[known].format(**values)
        except KeyError as error:
            raise WordingError(f"wording.yml has no {known}, or it needs the value {error}") from error


_OURS = Wording(Path(__file__).with_name("wording.yml"), "gateway")


def say(name: str, **values: object) -> str:
    """The gateway's sentence `utter_gateway_<name>` with its values filled in."""
    return _OURS.say(name, **values)
