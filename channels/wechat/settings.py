"""Settings of the WeChat Official Account, from LIPEI_WECHAT_* variables."""

import re

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix, web_address

_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")


class WeChatSettings(ProviderSettings):
    """aes_key: 43 letters and digits, as WeChat shows it, for the compatible and the safe mode; aes_key_previous is
    still accepted while WeChat goes over to a new one."""

    model_config = env_prefix("LIPEI_WECHAT_")
    required = ("appid", "appsecret", "token")

    appid: str = ""
    appsecret: str = Field(default="", repr=False)
    token: str = Field(default="", repr=False)
    aes_key: str = Field(default="", repr=False)
    aes_key_previous: str = Field(default="", repr=False)
    api_base: str = "https://api.weixin.qq.com"

    @field_validator("appid")
    @classmethod
    def _is_appid(cls, value: str) -> str:
        if not re.fullmatch(r"wx[0-9a-zA-Z]{6,30}", value):
            raise ValueError("must look like wx0123456789abcdef")
        return value

    @field_validator("aes_key", "aes_key_previous")
    @classmethod
    def _is_aes_key(cls, value: str) -> str:
        if not _AES_KEY.fullmatch(value):
            raise ValueError("must be the 43 letters and digits of the EncodingAESKey")
        return value

    _base = field_validator("api_base")(web_address)
