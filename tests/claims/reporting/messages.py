"""Messages as the engine hands them over."""

from datetime import datetime
from typing import Any

from claims.clock import SHANGHAI
from claims.reporting.heard import Heard


def heard(text: str = "", intent: str = "inform", awaiting: str | None = None, **values: Any) -> Heard:
    """A message as the engine would hand it over, said now."""
    return Heard(text, intent, datetime.now(tz=SHANGHAI), {name: [value] for name, value in values.items()}, awaiting)
