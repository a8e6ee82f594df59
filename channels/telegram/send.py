"""Handing messages to the Bot API, and fetching files from it, with python-telegram-bot."""

from __future__ import annotations

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions
from telegram.error import BadRequest
from telegram.request import HTTPXRequest

from channels.base import AddressGone, MessageRefused, Outbound
from channels.gateway.files import ATTACHMENT_BYTES, NotTaken
from channels.rendering import Limits, utf16_units
from channels.telegram.errors import in_our_words
from channels.telegram.settings import TelegramSettings
from channels.webhook import Fetched

LIMITS = Limits(size=4096, unit=utf16_units, buttons=None, per_second=25)
"""https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this: 30 a second, and some in reserve."""

CONNECT_SECONDS, READ_SECONDS = 5.0, 15.0
ROW_CHARACTERS, ROW_BUTTONS = 16, 4


class TelegramClient:
    """The Bot API under one bot's token."""

    limits = LIMITS

    def __init__(self, settings: TelegramSettings) -> None:
        self.bot = bot_of(settings)

    async def send(self, message: Outbound) -> str | None:
        """ "CHAT:MESSAGE". Raises PassingFailure or PermanentFailure."""
        chat_id = _chat_id(message.address)
        with in_our_words():
            try:
                sent = await self.bot.send_message(
                    chat_id,
                    message.text,
                    reply_markup=_keyboard(message.buttons) if message.buttons else None,
                    # Telegram would fetch what the link leads to: somebody's claim.
                    link_preview_options=LinkPreviewOptions(is_disabled=True),
                )
            except (KeyError, TypeError, AttributeError):
                # Taken ("ok"), and described in a way that the library cannot read: sending again would double it.
                return None
        return f"{chat_id}:{sent.message_id}"

    async def fetch(self, reference: str) -> Fetched:
        """A file by its file_id. Raises NotTaken for one that is too large, PassingFailure or PermanentFailure.

        The address of a file holds the token and is good for an hour: it is asked for at each try and kept nowhere.
        """
        with in_our_words():
            try:
                file = await self.bot.get_file(reference)
            except BadRequest as error:
                if "too big" in error.message.lower():  # more than 20 MB are kept from every bot
                    raise NotTaken("attachment_too_large", megabytes=ATTACHMENT_BYTES // 1_000_000) from error
                raise
            if (file.file_size or 0) > ATTACHMENT_BYTES:
                raise NotTaken("attachment_too_large", megabytes=ATTACHMENT_BYTES // 1_000_000)
            if not (file.file_path or "").startswith(self.bot.base_file_url):
                # The library reads a path of this machine as a file of this machine.
                raise MessageRefused("telegram: a file that lies elsewhere")
            return Fetched(bytes(await file.download_as_bytearray()))


def bot_of(settings: TelegramSettings) -> Bot:
    """The library's client, at LIPEI_TELEGRAM_API_BASE."""
    base = settings.api_base
    request = HTTPXRequest(
        connection_pool_size=32,
        connect_timeout=CONNECT_SECONDS,
        read_timeout=READ_SECONDS,
        pool_timeout=CONNECT_SECONDS,
        # A proxy of the environment is for the way out, never for a server of one's own on plain HTTP.
        httpx_kwargs={"trust_env": base.startswith("https://")},
    )
    return Bot(settings.bot_token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot", request=request)


def _chat_id(address: str) -> int:
    if not address.isascii() or not address.isdigit():
        raise AddressGone("telegram: no chat id")
    return int(address)


def _keyboard(buttons: list[tuple[str, str]]) -> InlineKeyboardMarkup:
    """Short titles side by side, a long one in a row of its own. The keys are our opaque tokens: 26 bytes of 64."""
    rows: list[list[InlineKeyboardButton]] = []
    width = 0
    for title, token in buttons:
        width += len(title)
        if not rows or width > ROW_CHARACTERS or len(rows[-1]) == ROW_BUTTONS:
            rows.append([])
            width = len(title)
        rows[-1].append(InlineKeyboardButton(title, callback_data=token))
    return InlineKeyboardMarkup(rows)
