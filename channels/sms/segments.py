"""What one text message of ours may hold, in the parts that it is sent as (claims.segments)."""

from __future__ import annotations

from channels.rendering import Limits
from claims.segments import segments

__all__ = ["LIMITS", "segments"]

LIMITS = Limits(size=10, unit=segments, buttons=0)
"""A reply of more than ten messages (670 Chinese characters) is split at a sentence: few phones join more."""
