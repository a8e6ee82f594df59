"""Every channel, one line each. A channel's module (its setup.py) offers what it can:

`state(settings)` tells whether it is on: "on", "on (…)", or "off: …" as ProviderSettings.state says it;
`webhooks(settings)` are the addresses at which its provider calls ([] while it is off); `sender(settings)` is what the
outbox hands messages to (None while it is off); `mount(app, settings)` adds other routes to the gateway. A name with a
slash is one provider of the channel before it, which decides itself who sends. Every one of them may raise
SettingsError for a secret that cannot be right.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Literal

from channels.base import Sends
from channels.settings import HALF
from channels.webhook import Webhook
from lipei.settings import Settings, SettingsError, get_settings

CHANNELS: dict[str, str] = {
    "webchat": "channels.webchat.setup",
    "sms": "channels.sms.setup",
    "sms/twilio": "channels.sms.twilio.setup",
    "sms/aliyun": "channels.sms.aliyun.setup",
    "wechat": "channels.wechat.setup",
    "telegram": "channels.telegram.setup",
    "email": "channels.email.setup",
    "chatwoot": "channels.chatwoot.setup",
    "voice": "channels.voice.setup",
    "survey": "channels.survey.setup",
}


def modules() -> dict[str, ModuleType]:
    """Name → module of each channel."""
    return {name: import_module(module) for name, module in CHANNELS.items()}


def states(settings: Settings | None = None) -> list[tuple[str, str]]:
    """(channel, "on" or why it is off), in the order of the registry."""
    known = settings or get_settings()
    return [(name, module.state(known)) for name, module in modules().items()]


@dataclass(frozen=True, slots=True)
class Shown:
    """One channel for people. state: "on", "half" (some of its secrets are missing), "off" or "wrong" (one cannot be
    right). address: where its provider calls, "" when nowhere. note: what is missing or wrong, or what kind of on."""

    name: str
    state: Literal["on", "half", "off", "wrong"]
    address: str
    note: str


def overview(settings: Settings | None = None) -> list[Shown]:
    """Every channel, in the order of the registry; a malformed secret is told and stops nothing here."""
    known = settings or get_settings()
    return [_shown(name, module, known) for name, module in modules().items()]


def _shown(name: str, module: ModuleType, settings: Settings) -> Shown:
    try:
        state = module.state(settings)
        called = module.webhooks(settings) if hasattr(module, "webhooks") else []
    except SettingsError as error:
        return Shown(name, "wrong", "", str(error))
    address = ", ".join(f"{settings.public_url}{webhook.path}" for webhook in called)
    if state.startswith("on"):
        return Shown(name, "on", address, state.removeprefix("on").strip(" ()"))
    note = state.removeprefix("off: ")
    if note.startswith(HALF):
        return Shown(name, "half", address, note.removeprefix(HALF))
    return Shown(name, "off", address, note)


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
