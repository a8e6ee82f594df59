"""What the settings of every provider's channel share: all secrets, or none and the channel is off."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from lipei.settings import SettingsError, sentence

HALF = "half set up, "
"""How a state says that some of the secrets are set."""


class ProviderSettings(BaseSettings):
    """Subclass it with `model_config = env_prefix("LIPEI_WECHAT_")`, and name in `required` the fields (str, default
    "") without which the channel stays off. Validators see only values that are set; what they raise stops the start.
    """

    required: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def read(cls) -> Self:
        """From the environment. SettingsError with one plain sentence a problem, without the value: it is a secret."""
        try:
            return cls()
        except ValidationError as error:
            prefix = str(cls.model_config.get("env_prefix", ""))
            raise SettingsError("; ".join(sentence(problem, prefix) for problem in error.errors())) from None

    def missing(self) -> list[str]:
        """The variables that are required and not set."""
        return [self._variable(name) for name in self.required if not getattr(self, name)]

    @classmethod
    def _variable(cls, name: str) -> str:
        alias = cls.model_fields[name].validation_alias
        return alias if isinstance(alias, str) else f"{cls.model_config.get('env_prefix', '')}{name.upper()}"

    @property
    def on(self) -> bool:
        """Whether everything that is required is set."""
        return not self.missing()

    def state(self) -> str:
        """ "on", or "off: …" with what is missing; all of it missing means that nobody wants this channel."""
        missing = self.missing()
        if not missing:
            return "on"
        begun = HALF if len(missing) < len(self.required) else ""
        return f"off: {begun}set {', '.join(missing)}"


def env_prefix(prefix: str) -> SettingsConfigDict:
    """The configuration of settings that come from variables with this prefix."""
    return SettingsConfigDict(
        env_prefix=prefix, env_ignore_empty=True, extra="ignore", frozen=True, validate_default=False
    )


def web_address(url: str) -> str:
    """A validator of API_BASE fields: http(s), without a slash at the end."""
    if not url.startswith(("http://", "https://")):
        raise ValueError("must start with http:// or https://")
    return url.rstrip("/")
