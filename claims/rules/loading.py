"""Reading rule files. A bad file is refused with the file, the item and the fault named."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

DATA = Path(__file__).parent / "data"

Model = TypeVar("Model", bound=BaseModel)


class RuleFileError(ValueError):
    """A rule file is missing, unreadable or says something the program cannot follow."""


class Rule(BaseModel):
    """Base of everything read from a rule file: unknown keys are mistakes, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class _Loader(yaml.SafeLoader):
    """Safe YAML that refuses a key given twice, which plain YAML would silently overwrite."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} is given twice", key_node.start_mark)
            seen.add(key)
        return super().construct_mapping(node, deep)


def read_rules(path: Path, model: type[Model]) -> Model:
    """The file as a validated model; RuleFileError names the file, the item and the fault."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 (a SafeLoader)
    except OSError as error:
        raise RuleFileError(f"{label(path)}: cannot be read ({error.strerror})") from error
    except yaml.YAMLError as error:
        raise RuleFileError(f"{label(path)}: not valid YAML: {error}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        faults = [f"{_place(data, fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        raise RuleFileError(f"{label(path)}: " + "; ".join(faults)) from error


def label(path: Path) -> str:
    """How a rule file is named to people: inside data/ when it is there, else as given."""
    return str(path.relative_to(DATA.parent)) if path.is_relative_to(DATA) else str(path)


def _place(data: Any, location: tuple[int | str, ...]) -> str:
    """Where in the file: 'groups › 2 › items › bank_card › original'. A list item goes by its name if it has one."""
    words: list[str] = []
    for step in location:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            data = None
        name = (
            next((data[key] for key in ("kind", "fact", "key", "name") if key in data), None)
            if (isinstance(step, int) and isinstance(data, dict))
            else None
        )
        words.append(str(name if name is not None else step))
    return " › ".join(words) or "whole file"
