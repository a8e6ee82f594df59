"""Settings of outgoing e-mail, from LIPEI_SMTP_* variables."""

from urllib.parse import urlsplit

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix


class EmailSettings(ProviderSettings):
    """url: smtp://USER:PASSWORD@HOST:PORT (STARTTLS where the server offers it) or smtps://… (TLS from the start)."""

    model_config = env_prefix("LIPEI_SMTP_")
    required = ("url",)

    url: str = Field(default="", repr=False)

    @field_validator("url")
    @classmethod
    def _is_smtp(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("must look like smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465")
        return value
