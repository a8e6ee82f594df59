"""Putting facts of an open report right before the bot has the conversation again."""

from __future__ import annotations

from typing import Any

from nicegui import ui

from desk.wording import say


class Correcting:
    """A field for each fact; nothing is sent of those that nobody touched. fields: of operations.talks.draft_fields."""

    def __init__(self, fields: list[dict[str, Any]]) -> None:
        self._before = {field["name"]: field["typed"] for field in fields}
        self._now: dict[str, ui.input | ui.select] = {}
        with ui.expansion(say("draft.correct"), icon="edit").props("dense").classes("wide"):
            ui.label(say("draft.correct_hint")).classes("hint")
            with ui.element("div").classes("pairs"):
                for field in fields:
                    self._now[field["name"]] = _field(field)

    def typed(self) -> dict[str, str]:
        """Only what is other than before."""
        now = {name: str(field.value or "").strip() for name, field in self._now.items()}
        return {name: text for name, text in now.items() if text != self._before[name]}


def _field(field: dict[str, Any]) -> ui.input | ui.select:
    if field["choices"]:
        made: ui.input | ui.select = ui.select(
            field["choices"], value=field["typed"] or None, label=field["label"], clearable=True
        )
    else:
        hint = say("draft.time_hint") if field["name"] == "incident_time" else ""
        made = ui.input(field["label"], value=field["typed"], placeholder=hint)
    made.props("outlined dense")
    return made
