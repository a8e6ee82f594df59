"""Reading JSON-lines files with errors a person understands."""

import json
from pathlib import Path
from typing import Any


class InputError(ValueError):
    """A file is missing or wrong. The message names file and line."""


def read_lines(path: Path, needed: set[str]) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file; blank lines are skipped. Raises InputError."""
    if not path.is_file():
        raise InputError(f"there is no file {path}")
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InputError(f"{path}, line {number}: not JSON ({error.msg})") from error
        missing = needed - row.keys() if isinstance(row, dict) else needed
        if missing:
            raise InputError(f"{path}, line {number}: lacks {', '.join(sorted(missing))}")
        rows.append(row)
    if not rows:
        raise InputError(f"{path} is empty")
    return rows
