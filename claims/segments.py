"""How many text messages a text is sent as: by these providers charge, and by these a long text is split.

3GPP TS 23.038: 160 characters of the GSM alphabet in one message, 153 in each of several; with any other character
(every Chinese one) 70 and 67 UTF-16 units.
"""

from __future__ import annotations

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("^{}\\[~]|€\f")
"""Of the GSM alphabet too, but two places each."""


def segments(text: str) -> int:
    """How many messages the text takes; 1 for an empty one."""
    if all(char in GSM or char in GSM_EXTENDED for char in text):
        return _needed(len(text) + sum(char in GSM_EXTENDED for char in text), 160, 153)
    return _needed(len(text.encode("utf-16-le")) // 2, 70, 67)


def _needed(places: int, alone: int, each: int) -> int:
    return 1 if places <= alone else -(-places // each)
