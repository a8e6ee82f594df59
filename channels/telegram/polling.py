"""Updates fetched instead of delivered, for a machine that Telegram cannot reach: each is posted to our own gateway.

So that everything after it is the webhook's path. For development: one process, one update after the other.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

import httpx
from telegram import Bot, Update
from telegram.error import BadRequest, NetworkError, RetryAfter

from channels.telegram.errors import seconds_to_wait
from channels.telegram.parse import UPDATES
from channels.telegram.registration import calling
from channels.telegram.settings import TelegramSettings
from channels.telegram.verify import HEADER

logger = logging.getLogger(__name__)

LONG_SECONDS = 50
PAUSES = (1.0, 2.0, 5.0, 10.0)
HOPELESS = (400, 413)
"""What the gateway will never take: passed over, as Telegram does in the end."""


async def poll(settings: TelegramSettings, webhook_url: str) -> None:
    """Until cancelled. webhook_url: the gateway's own address. SettingsError when Telegram refuses, for one thing
    because a webhook is set."""
    headers = {HEADER: settings.secret_token, "Content-Type": "application/json"}
    async with calling(settings) as bot, httpx.AsyncClient(trust_env=False, timeout=15, headers=headers) as http:
        offset = 0
        while True:
            for update in await _updates(bot, offset):
                await _hand_over(http, webhook_url, update)
                # Told to Telegram with the next call: a process that is killed before that gets it again.
                offset = update.update_id + 1


async def _updates(bot: Bot, offset: int) -> Sequence[Update]:
    """The next ones; none when Telegram was not reached."""
    try:
        return await bot.get_updates(offset=offset, timeout=LONG_SECONDS, allowed_updates=UPDATES)
    except BadRequest:
        raise
    except (NetworkError, RetryAfter) as error:
        logger.warning("telegram not reached: %s", type(error).__name__)
        await asyncio.sleep(seconds_to_wait(error) if isinstance(error, RetryAfter) else PAUSES[0])
        return []


async def _hand_over(http: httpx.AsyncClient, url: str, update: Update) -> None:
    """To the gateway, again until it takes it."""
    tries = 0
    while True:
        try:
            status = (await http.post(url, content=update.to_json())).status_code
        except httpx.TransportError as error:
            logger.warning("gateway not reached: %s", type(error).__name__)
            status = 0
        if status == 200 or status in HOPELESS:
            return
        await asyncio.sleep(PAUSES[min(tries, len(PAUSES) - 1)])
        tries += 1
