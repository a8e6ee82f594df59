"""Every channel, one line each. A channel's module offers what it can:

`mount(app, settings)` adds its routes to the gateway; `state(settings)` tells in a word or a sentence whether it is
on; `sender(settings)` is what the outbox hands messages to (None while the channel is off).
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from channels.base import Sends
from lipei.settings import Settings, get_settings

CHANNELS: dict[str, str] = {
    "webchat": "channels.webchat.setup",
    "sms": "channels.sms.setup",
}


def modules() -> dict[str, ModuleType]:
    """Name → module of each channel."""
    return {name: import_module(module) for name, module in CHANNELS.items()}


def states(settings: Settings | None = None) -> list[tuple[str, str]]:
    """(channel, "on" or why it is off), in the order of the registry."""
    known = settings or get_settings()
    return [(name, module.state(known)) for name, module in modules().items()]


def senders(settings: Settings) -> dict[str, Sends]:
    """Name → sender of each channel that is on and can send."""
    made = {name: module.sender(settings) for name, module in modules().items() if hasattr(module, "sender")}
    return {name: sender for name, sender in made.items() if sender is not None}
