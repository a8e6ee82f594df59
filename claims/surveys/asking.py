"""What is put beside a question of a survey: what it waits for, and what can be tapped or pressed."""

from __future__ import annotations

import json

from claims.surveys.definition import Question

TASK = "survey"
"""Name of the task on a conversation's stack: {"task": TASK, "run": id}."""
AWAITING = {"scale": "rating", "choice": "choice", "text": "comment"}
"""What the open question waits for, by its kind."""
SCALE_BUTTONS = 5
"""Fewest buttons a channel must show for a scale to be tapped; elsewhere the number is written, said or pressed."""
NOTHING_TITLE = "没有"


def buttons(question: Question, limit: int | None) -> list[tuple[str, str]]:
    """(title, payload) of each. limit: how many buttons the channel shows (None: any number)."""
    if question.kind == "scale":
        tapped = limit is None or limit >= SCALE_BUTTONS
        return [(f"{score}分", choose(score)) for score in question.values] if tapped else []
    if question.kind == "choice":
        return [(choice.title, choose(choice.key)) for choice in question.choices]
    return [(NOTHING_TITLE, choose(question.values[0]))]


def choose(value: str) -> str:
    """The payload of a button that gives this value."""
    return f"/inform{json.dumps({'choose': value})}"
