"""`lipei channels telegram-…`: the bot's webhook, and polling where Telegram cannot reach us."""

import asyncio
import logging
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

import typer

from lipei.console import fail

LOCAL = ("localhost", "127.0.0.1", "::1")


def webhook(
    delete: bool = typer.Option(False, "--delete", help="Have no webhook any more, for instance to poll instead."),
) -> None:
    """Have Telegram send messages to LIPEI_PUBLIC_URL, and set the bot's menu."""
    from lipei.settings import get_settings

    own, public_url = _settings(), get_settings().public_url
    channel = import_module("channels.telegram.registration")
    registered = asyncio.run(channel.unregister(own) if delete else channel.register(own, public_url))
    typer.echo(f"bot:     @{registered.bot}")
    typer.echo(f"webhook: {registered.url or 'none'}")
    typer.echo(f"waiting: {registered.waiting}")
    if registered.error:
        typer.echo(f"last error of a delivery: {registered.error}")


def poll() -> None:
    """Fetch messages from Telegram for the gateway on this machine, until stopped. For development."""
    from lipei.settings import get_settings

    own, settings = _settings(), get_settings()
    if urlsplit(settings.public_url).hostname not in LOCAL:
        fail(f"LIPEI_PUBLIC_URL is {settings.public_url}: use `lipei channels telegram-webhook` there")
    import_module("channels.serving.logs").configure(settings.log_level)
    logging.getLogger(__name__).info("polling Telegram for the gateway on port %d", settings.gateway_port)
    channel = import_module("channels.telegram.polling")
    asyncio.run(channel.poll(own, f"http://127.0.0.1:{settings.gateway_port}/channels/telegram"))


def _settings() -> Any:
    """The channel's own settings. Its modules are imported only now: the provider's library takes a second."""
    own = import_module("channels.telegram.settings").TelegramSettings.read()
    if not own.on:
        fail(f"the Telegram channel is {own.state()}")
    return own
