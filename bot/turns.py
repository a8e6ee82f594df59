"""One turn either succeeds as a whole or fails where the gateway can see it.

Rasa 3.6.21 logs a failed custom action and goes on, so the customer of a dead action server hears nothing, and it
waits 300 s before it gives up. Here a failed action ends the turn at once: nothing of the turn is kept in the tracker,
the channel answers 503, and the gateway sends the same message again.
"""

from __future__ import annotations

import asyncio
import os
from functools import wraps
from typing import Any, List

import aiohttp
import rasa.core.actions.action as rasa_actions
import rasa.utils.endpoints as rasa_endpoints
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction

from bot.rasa_version import require_supported_rasa

DEADLINE_VARIABLE = "LIPEI_ACTION_DEADLINE"
DEFAULT_DEADLINE = 10.0
"""Seconds an action may take. Longer than the 10 s a busy SQLite writer waits would only hide a hanging server."""

_AWAY = (aiohttp.ClientConnectionError, asyncio.TimeoutError)


class TurnFailed(BaseException):
    """A custom action could not be run. `reached` is False when the action server was away or too slow.

    Not an Exception on purpose: MessageProcessor._run_action swallows every Exception.
    """

    def __init__(self, action: str, reason: str, *, reached: bool) -> None:
        super().__init__(f"action {action} failed: {reason}")
        self.action = action
        self.reached = reached


def deadline() -> float:
    """Seconds from LIPEI_ACTION_DEADLINE, else the default. Raises ValueError for anything but a positive number."""
    said = os.environ.get(DEADLINE_VARIABLE)
    if not said:
        return DEFAULT_DEADLINE
    try:
        seconds = float(said)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 300:
        raise ValueError(f"{DEADLINE_VARIABLE} must be seconds between 0 and 300, not {said!r}")
    return seconds


def fail_visibly() -> None:
    """Sets the deadline and lets failures of the action server through, for the whole process. Safe to call again."""
    require_supported_rasa(__name__)
    seconds = deadline()
    rasa_actions.DEFAULT_REQUEST_TIMEOUT = seconds  # type: ignore[assignment]
    rasa_endpoints.DEFAULT_REQUEST_TIMEOUT = seconds  # type: ignore[assignment]
    if hasattr(RemoteAction.run, "__wrapped__"):
        return
    original = RemoteAction.run

    @wraps(original)
    async def run(self: RemoteAction, *args: Any, **kwargs: Any) -> List[Any]:
        try:
            return await original(self, *args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            # Rasa turns a refused connection into an error of its own; what it was is in the context.
            away = isinstance(error, _AWAY) or isinstance(error.__context__, _AWAY)
            raise TurnFailed(self.name(), type(error).__name__, reached=not away) from error

    RemoteAction.run = run  # type: ignore[method-assign]
