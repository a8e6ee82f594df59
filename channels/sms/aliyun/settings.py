"""Settings of the domestic text message gateway, from LIPEI_ALIYUN_SMS_* variables."""

from __future__ import annotations

import re
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix, web_address


class AliyunSmsSettings(ProviderSettings):
    """sign_name: the registered signature 【…】 that every message carries, without the brackets.

    template_code: the approved template that replies and notices are sent in, with one variable, template_param, of at
    most template_chars characters. code_template: the one for one-time codes, with the variable `code` (empty: the
    same as the others). push_token: what the provider's calls must carry (empty: nothing); push_from: addresses and
    networks they may come from, with commas between them (empty: any). push_seconds: how long storing may take; the
    provider waits for 700 ms in all, and sends again what was not acknowledged by then.
    """

    model_config = env_prefix("LIPEI_ALIYUN_SMS_")
    required = ("access_key_id", "access_key_secret", "sign_name")

    access_key_id: str = ""
    access_key_secret: str = Field(default="", repr=False)
    sign_name: str = ""
    template_code: str = ""
    template_param: str = "content"
    template_chars: int = Field(default=500, ge=20, le=1_000)
    code_template: str = ""
    push_token: str = Field(default="", repr=False)
    push_from: str = ""
    push_seconds: float = Field(default=0.6, gt=0)
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

    @field_validator("template_code", "code_template")
    @classmethod
    def _is_template(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_]{1,40}", value):
            raise ValueError("must look like SMS_123456789")
        return value

    @field_validator("push_token")
    @classmethod
    def _is_token(cls, value: str) -> str:
        if not re.fullmatch(r"[A-Za-z0-9_-]{16,128}", value):
            raise ValueError("must be 16 to 128 of A-Z, a-z, 0-9, _ and -")
        return value

    @field_validator("push_from")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        try:
            _networks(value)
        except ValueError:
            raise ValueError("must be addresses such as 203.0.113.7 or 203.0.113.0/24, with commas") from None
        return value

    _base = field_validator("api_base")(web_address)

    @property
    def open_to_anybody(self) -> bool:
        """Whether nothing tells the provider's pushes from anybody else's."""
        return not self.push_token and not self.push_from

    def may_call(self, peer: str) -> bool:
        """Whether a request from this network address may be the provider's."""
        if not self.push_from:
            return True
        try:
            caller = ip_address(peer)
        except ValueError:
            return False
        return any(caller in network for network in _networks(self.push_from))


def _networks(value: str) -> list[IPv4Network | IPv6Network]:
    return [ip_network(each.strip(), strict=False) for each in value.split(",")]
