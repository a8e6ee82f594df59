"""Settings of the agent bot, from LIPEI_CHATWOOT_* variables."""

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix, web_address


class ChatwootSettings(ProviderSettings):
    """api_base: the installation, https://chat.example.com. bot_token: the agent bot's access token. webhook_secret:
    the agent bot's secret, with which Chatwoot signs; older versions sign nothing, and call with ?secret=… instead.
    """

    model_config = env_prefix("LIPEI_CHATWOOT_")
    required = ("api_base", "account_id", "bot_token", "webhook_secret")

    api_base: str = ""
    account_id: str = ""
    bot_token: str = Field(default="", repr=False)
    webhook_secret: str = Field(default="", repr=False)

    _base = field_validator("api_base")(web_address)

    @field_validator("account_id")
    @classmethod
    def _is_number(cls, value: str) -> str:
        if not value.isascii() or not value.isdigit():
            raise ValueError("must be the number of the account")
        return value

    @field_validator("webhook_secret")
    @classmethod
    def _is_long(cls, value: str) -> str:
        if len(value) < 16:
            raise ValueError("must be at least 16 characters")
        return value
