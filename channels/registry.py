"""Every channel, one line each. A channel's module (its setup.py) offers what it can:

`state(settings)` tells in a word or a sentence whether it is on; `webhooks(settings)` are the addresses at which its
provider calls ([] while it is off); `sender(settings)` is what the outbox hands messages to (None while it is off);
`mount(app, settings)` adds other routes to the gateway. A name with a slash is one provider of the channel before it,
which decides itself who sends. Every one of them may raise SettingsError for a secret that cannot be right.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from channels.base import Sends
from channels.webhook import Webhook
from lipei.settings import Settings, get_settings

CHANNELS: dict[str, str] = {
    "webchat": "channels.webchat.setup",
    "sms": "channels.sms.setup",
    "wechat": "channels.wechat.setup",
    "telegram": "channels.telegram.setup",
}


def modules() -> dict[str, ModuleType]:
    """Name → module of each channel."""
    return {name: import_module(module) for name, module in CHANNELS.items()}


def states(settings: Settings | None = None) -> list[tuple[str, str]]:
    """(channel, "on" or why it is off), in the order of the registry."""
    known = settings or get_settings()
    return [(name, module.state(known)) for name, module in modules().items()]


def webhooks(settings: Settings) -> list[Webhook]:
    """The addresses of all channels that are on."""
    return [
        webhook for module in modules().values() if hasattr(module, "webhooks") for webhook in module.webhooks(settings)
    ]


def senders(settings: Settings) -> dict[str, Sends]:
    """Name → sender of each channel that is on and can send."""
    made = {
        name: module.sender(settings)
        for name, module in modules().items()
        if hasattr(module, "sender") and "/" not in name
    }
    return {name: sender for name, sender in made.items() if sender is not None}
