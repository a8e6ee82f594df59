"""Telling Telegram where updates go, and what the bot's menu shows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import Bot, BotCommand
from telegram.error import InvalidToken, TelegramError

from channels.telegram.commands import MENU, say
from channels.telegram.parse import UPDATES
from channels.telegram.send import bot_of
from channels.telegram.settings import TelegramSettings
from channels.telegram.setup import PATH
from lipei.settings import SettingsError


@dataclass(frozen=True, slots=True)
class Registered:
    """What Telegram says of the webhook. url: "" when there is none; error: of its last delivery, "" when none."""

    bot: str
    url: str
    waiting: int
    error: str


async def register(settings: TelegramSettings, public_url: str) -> Registered:
    """Have updates posted to our address from now on. SettingsError with what Telegram says against it."""
    async with calling(settings) as bot:
        await bot.set_webhook(f"{public_url}{PATH}", secret_token=settings.secret_token, allowed_updates=list(UPDATES))
        await bot.set_my_commands([BotCommand(name, say(f"menu_{name}")) for name in MENU])
        return await _registered(bot)


async def unregister(settings: TelegramSettings) -> Registered:
    """No webhook any more: Telegram keeps updates for a day, for `poll`. SettingsError."""
    async with calling(settings) as bot:
        await bot.delete_webhook()
        return await _registered(bot)


async def _registered(bot: Bot) -> Registered:
    me, info = await bot.get_me(), await bot.get_webhook_info()
    return Registered(me.username or "", info.url, info.pending_update_count, info.last_error_message or "")


@asynccontextmanager
async def calling(settings: TelegramSettings) -> AsyncIterator[Bot]:
    """The bot for one command; what Telegram refuses becomes a SettingsError."""
    bot = bot_of(settings)
    try:
        yield bot
    except InvalidToken:
        raise SettingsError("LIPEI_TELEGRAM_BOT_TOKEN: Telegram does not know this token") from None
    except TelegramError as error:
        raise SettingsError(f"Telegram says: {error.message}") from None
    finally:
        await bot.shutdown()
