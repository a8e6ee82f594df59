"""Keys hit at random are no wish. Nothing is opted out of, withdrawn or accepted on their strength."""

from __future__ import annotations

import re

_CHINESE = re.compile("[\u3400-\u9fff]")
_LETTERS = re.compile(r"[A-Za-z]{4,}")
# What people do write in Latin letters, besides numbers and plates: greetings, yes, no, thanks, help, stop.
_WORDS = re.compile(
    r"(?:hi|hello|hey|hola|bye|byebye|goodbye|ok|okay|yes|yeah|yep|no|nope|not|thanks?|thank you|thx|tks|please|help|"
    r"stop|unsubscribe|cancel|quit|human|agent|claim|accident|car|bot|robot|ai|chatgpt|who|what|how|are|you|the|is|me|"
    r"my|status|policy|insurance|report|crash|fire|hospital|good|morning|afternoon|evening|night|haha\w*|lol|nihao|"
    r"zaima|xiexie|ni hao)\b",
    re.IGNORECASE,
)


def is_nonsense(text: str, has_values: bool) -> bool:
    """A run of letters that is neither Chinese nor a word customers use, and holds no value."""
    return bool(_LETTERS.search(text)) and not has_values and not _CHINESE.search(text) and not _WORDS.search(text)
