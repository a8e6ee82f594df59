"""Settings of the example channel, from LIPEI_EXAMPLE_* variables."""

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix, web_address


class ExampleSettings(ProviderSettings):
    """secret: what the provider signs its requests with, at least 16 characters."""

    model_config = env_prefix("LIPEI_EXAMPLE_")
    required = ("secret", "account")

    secret: str = Field(default="", repr=False)
    account: str = ""
    api_base: str = "https://example.com"

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, value: str) -> str:
        if len(value) < 16:
            raise ValueError("must have at least 16 characters")
        return value

    _base = field_validator("api_base")(web_address)
