"""Settings and limits of the web chat, from LIPEI_WEBCHAT_* variables."""

from functools import lru_cache

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from channels.gateway.files import ATTACHMENT_BYTES as ATTACHMENT_BYTES  # read from here by the rest of the web chat

__all__ = [
    "ATTACHMENT_BYTES",
    "FORM_OVERHEAD_BYTES",
    "JSON_BYTES",
    "TEXT_CHARACTERS",
    "WebChatSettings",
    "get_webchat_settings",
]

TEXT_CHARACTERS = 2_000
JSON_BYTES = 65_536
FORM_OVERHEAD_BYTES = 65_536
"""What a multipart form adds around its file."""


class WebChatSettings(BaseSettings):
    """allowed_origins: other sites that may embed the widget (JSON list of origins, or ["*"])."""

    model_config = SettingsConfigDict(env_prefix="LIPEI_WEBCHAT_", env_ignore_empty=True, extra="ignore", frozen=True)

    allowed_origins: list[str] = Field(default_factory=list)
    messages_per_minute: int = Field(default=30, ge=1)
    messages_burst: int = Field(default=60, ge=1)
    attachments_per_minute: int = Field(default=20, ge=1)
    sessions_per_minute: int = Field(default=20, ge=1)


@lru_cache(maxsize=1)
def get_webchat_settings() -> WebChatSettings:
    return WebChatSettings()
