"""Which questions may be answered by the number of a choice, and where a number is the answer itself."""

from __future__ import annotations

NUMBER_IS_VALUE = frozenset({"injured_count", "loss_estimate", "rating", "code", "contact_phone"})
"""A bare "2" is two people, two yuan, two points … here, never the second choice."""


def numbered(awaiting: str | None) -> bool:
    """Whether the choices of a message that asks for this may be shown, and taken, by number."""
    return awaiting not in NUMBER_IS_VALUE
