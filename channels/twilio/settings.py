"""Settings of the Twilio account, for text messages and voice, from LIPEI_TWILIO_* variables."""

import re

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix, web_address


class TwilioSettings(ProviderSettings):
    """from_: the number that messages and calls come from, in E.164 (LIPEI_TWILIO_FROM)."""

    model_config = env_prefix("LIPEI_TWILIO_")
    required = ("account_sid", "auth_token", "from_number")

    account_sid: str = ""
    auth_token: str = Field(default="", repr=False)
    from_number: str = Field(default="", validation_alias="LIPEI_TWILIO_FROM")
    api_base: str = "https://api.twilio.com"

    @field_validator("account_sid")
    @classmethod
    def _is_sid(cls, value: str) -> str:
        if not re.fullmatch(r"AC[0-9a-fA-F]{32}", value):
            raise ValueError("must be AC and 32 hexadecimal digits")
        return value

    @field_validator("auth_token")
    @classmethod
    def _is_token(cls, value: str) -> str:
        if not re.fullmatch(r"[0-9a-fA-F]{32}", value):
            raise ValueError("must be 32 hexadecimal digits")
        return value

    @field_validator("from_number")
    @classmethod
    def _is_number(cls, value: str) -> str:
        if not re.fullmatch(r"\+[1-9]\d{6,14}", value):
            raise ValueError("must be a number such as +8613800138000")
        return value

    _base = field_validator("api_base")(web_address)
