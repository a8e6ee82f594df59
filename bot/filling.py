"""Fills values into replies as they are, whatever a customer wrote.

Rasa 3.6.21 fills them in with str.format and then looks for "0[" in the outcome: a place called "B10[3]号" makes it
give the reply back with its placeholders unfilled, and it takes every button payload ('/inform{"injured_count": 1}')
for a placeholder and logs an error. Here {name} is replaced where there is such a value; nothing else is touched.
"""

from __future__ import annotations

import re
from typing import Any, Dict

from rasa.core.nlg import interpolator

from bot.rasa_version import require_supported_rasa

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def fill(response: str, values: Dict[str, Any]) -> str:
    """The reply with each {name} that has a value replaced by it, once: values are not looked into."""
    return _PLACEHOLDER.sub(lambda found: str(values[found[1]]) if found[1] in values else found[0], response)


def install() -> None:
    """Use `fill` in this process. Safe to call again. Refuses any other version of Rasa."""
    require_supported_rasa(__name__)
    interpolator.interpolate_text = fill
