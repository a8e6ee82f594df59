"""Settings of the WeChat Official Account, from LIPEI_WECHAT_* variables."""

import re

from pydantic import Field, ValidationInfo, field_validator

from channels.settings import ProviderSettings, env_prefix, web_address

_AES_KEY = re.compile(r"[A-Za-z0-9]{43}")


class WeChatSettings(ProviderSettings):
    """aes_key: 43 letters and digits, as WeChat shows it, for the compatible and the safe mode; aes_key_previous is
    still accepted while WeChat goes over to a new one. safe_mode: nothing is taken that is not encrypted.

    template_id: of the template message that carries what falls outside the window of service messages;
    template_field: its field that holds the text, such as "thing1" of {{thing1.DATA}}."""

    model_config = env_prefix("LIPEI_WECHAT_")
    required = ("appid", "appsecret", "token")

    appid: str = ""
    appsecret: str = Field(default="", repr=False)
    token: str = Field(default="", repr=False)
    aes_key: str = Field(default="", repr=False)
    aes_key_previous: str = Field(default="", repr=False)
    safe_mode: bool = False
    template_id: str = ""
    template_field: str = "content"
    api_base: str = "https://api.weixin.qq.com"

    @property
    def aes_keys(self) -> list[str]:
        """The keys that a message may be encrypted with, the newest first."""
        return [key for key in (self.aes_key, self.aes_key_previous) if key]

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

    @field_validator("safe_mode")
    @classmethod
    def _has_a_key(cls, value: bool, info: ValidationInfo) -> bool:
        if value and not info.data.get("aes_key"):
            raise ValueError("needs LIPEI_WECHAT_AES_KEY")
        return value

    @field_validator("template_field")
    @classmethod
    def _is_field(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z_]\w{0,40}", value):
            raise ValueError("must be the name of a field of the template, such as thing1")
        return value

    _base = field_validator("api_base")(web_address)
