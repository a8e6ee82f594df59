"""Alembic migrations of the claims database, shipped as package data."""

from functools import cache
from pathlib import Path


@cache
def newest() -> str:
    """The revision a database of this version is at: the highest number that a file of versions/ begins with."""
    return max(path.name.partition("_")[0] for path in (Path(__file__).parent / "versions").glob("[0-9]*_*.py"))
