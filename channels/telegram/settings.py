"""Settings of the Telegram bot, from LIPEI_TELEGRAM_* variables."""

import re

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix, web_address


class TelegramSettings(ProviderSettings):
    """secret_token: what Telegram sends along with every update (setWebhook), so that nobody else can."""

    model_config = env_prefix("LIPEI_TELEGRAM_")
    required = ("bot_token", "secret_token")

    bot_token: str = Field(default="", repr=False)
    secret_token: str = Field(default="", repr=False)
    api_base: str = "https://api.telegram.org"

    @field_validator("bot_token")
    @classmethod
    def _is_bot_token(cls, value: str) -> str:
        if not re.fullmatch(r"\d{3,20}:[A-Za-z0-9_-]{20,}", value):
            raise ValueError("must look like 123456:ABC-DEF… as BotFather gives it")
        return value

    @field_validator("secret_token")
    @classmethod
    def _is_secret(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,256}", value):
            raise ValueError("must be 16 to 256 of A-Z, a-z, 0-9, _ and -")
        return value

    _base = field_validator("api_base")(web_address)
