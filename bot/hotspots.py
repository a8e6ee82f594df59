"""Removes the two places where Rasa 3.6.21 spends most of a turn, without changing what they do.

1. RemoteAction._validate_action_result calls jsonschema.validate, which checks Rasa's own, constant response schema
   against the JSON-Schema meta-schema each time (about 60 ms a custom action). Here the validator is built once.
2. Event.resolve_by_type walks all subclasses of Event for every event it reads, and a conversation's events are read
   on every turn. Here the class found for a name is remembered.

Rasa is pinned to its last open release, so nobody upstream will fix them; on any other version this module refuses.
"""

from __future__ import annotations

from typing import Any, Dict, Optional, Text, Type

from jsonschema import ValidationError
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.shared.constants import DOCS_BASE_URL
from rasa.shared.core.events import Event

from bot.rasa_version import require_supported_rasa

_original_resolve = Event.resolve_by_type
_event_classes: Dict[Text, Type[Event]] = {}


def _build_validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    validator_class = validator_for(schema)
    validator_class.check_schema(schema)
    return validator_class(schema)


def _resolve_by_type(type_name: Text, default: Optional[Type[Event]] = None) -> Optional[Type[Event]]:
    known = _event_classes.get(type_name)
    if known is not None:
        return known
    found = _original_resolve(type_name, default)
    if found is not None and found.type_name == type_name:
        _event_classes[type_name] = found
    return found


def remove() -> None:
    """Replaces both functions for the whole process. Safe to call again. Raises WrongRasaVersion (see module text)."""
    require_supported_rasa(__name__)
    validator = _build_validator()

    def validate_action_result(self: RemoteAction, result: Dict[Text, Any]) -> bool:
        error = next(validator.iter_errors(result), None)
        if error is None:
            return True
        raise ValidationError(
            f"{error.message}. The action server's answer to {self.name()!r} is not in the format of "
            f"{DOCS_BASE_URL}/custom-actions"
        )

    RemoteAction._validate_action_result = validate_action_result  # type: ignore[method-assign]
    Event.resolve_by_type = staticmethod(_resolve_by_type)  # type: ignore[assignment]
