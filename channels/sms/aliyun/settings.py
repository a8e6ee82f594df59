"""Settings of the domestic text message gateway, from LIPEI_ALIYUN_SMS_* variables."""

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix, web_address


class AliyunSmsSettings(ProviderSettings):
    """sign_name: the registered signature 【…】 that every message carries, without the brackets."""

    model_config = env_prefix("LIPEI_ALIYUN_SMS_")
    required = ("access_key_id", "access_key_secret", "sign_name")

    access_key_id: str = ""
    access_key_secret: str = Field(default="", repr=False)
    sign_name: str = ""
    api_base: str = "https://dysmsapi.aliyuncs.com"

    @field_validator("access_key_id", "access_key_secret")
    @classmethod
    def _is_key(cls, value: str) -> str:
        if not value.isascii() or not value.isalnum():
            raise ValueError("must be letters and digits")
        return value

    @field_validator("sign_name")
    @classmethod
    def _is_sign(cls, value: str) -> str:
        if not 2 <= len(value) <= 12 or value.startswith("【"):
            raise ValueError("must be 2 to 12 characters, without 【】")
        return value

    _base = field_validator("api_base")(web_address)
