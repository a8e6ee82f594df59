"""The gateway's own sentences, read from wording.yml (the same shape as the responses of domain.yml)."""

from functools import cache
from pathlib import Path

import yaml


class WordingError(RuntimeError):
    """wording.yml lacks a sentence or cannot be read."""


@cache
def _responses() -> dict[str, str]:
    path = Path(__file__).with_name("wording.yml")
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    return {name: str(variants[0]["text"]) for name, variants in data["responses"].items()}


def say(name: str, **values: object) -> str:
    """The sentence `utter_gateway_<name>` with its values filled in."""
    try:
        return _responses()[f"utter_gateway_{name}"].format(**values)
    except KeyError as error:
        raise WordingError(f"wording.yml has no utter_gateway_{name}, or it needs the value {error}") from error
