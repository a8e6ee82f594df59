"""Settings of outgoing e-mail, from LIPEI_SMTP_* variables."""

import re
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from pydantic import Field, field_validator

from channels.settings import ProviderSettings, env_prefix

PORTS = {"smtp": 587, "smtps": 465}


class EmailSettings(ProviderSettings):
    """url: smtp://USER:PASSWORD@HOST:PORT (STARTTLS where the server offers it) or smtps://… (TLS from the start).

    from: the sender, "理赔助手 <notice@example.com>"; without it the user of the url, if that is an address.
    unsubscribe: the mailbox or web page (https://…) for those who want no more; without it the sender.
    """

    model_config = env_prefix("LIPEI_SMTP_")
    required = ("url",)

    url: str = Field(default="", repr=False)
    sender: str = Field(default="", validation_alias="LIPEI_SMTP_FROM")

    unsubscribe: str = ""

    @field_validator("url")
    @classmethod
    def _is_smtp(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in PORTS or not parts.hostname:
            raise ValueError("must look like smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465")
        try:
            parts.port  # noqa: B018 - reading it checks it
        except ValueError:
            raise ValueError("must have a port between 1 and 65535") from None
        return value

    @field_validator("sender")
    @classmethod
    def _is_address(cls, value: str) -> str:
        if address_of(value) is None:
            raise ValueError("must look like 理赔助手 <notice@example.com>")
        return value

    @field_validator("unsubscribe")
    @classmethod
    def _is_reachable(cls, value: str) -> str:
        if re.fullmatch(r"https://[!-~]+", value) is None and address_of(value) is None:
            raise ValueError("must look like stop@example.com or https://example.com/stop")
        return value

    @property
    def host(self) -> str:
        return urlsplit(self.url).hostname or ""

    @property
    def port(self) -> int:
        parts = urlsplit(self.url)
        return parts.port or PORTS[parts.scheme]

    @property
    def tls(self) -> bool:
        """TLS from the start."""
        return urlsplit(self.url).scheme == "smtps"

    @property
    def user(self) -> str:
        return unquote(urlsplit(self.url).username or "")

    @property
    def password(self) -> str:
        return unquote(urlsplit(self.url).password or "")


def address_of(value: str, name: str = "") -> Address | None:
    """An address with the name in front of it (else `name`), its domain in ASCII; None for what is none, or holds a
    line break."""
    if any(char in value for char in "\r\n\0"):
        return None
    shown, spec = parseaddr(value)
    local, _, domain = spec.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode()
        address = Address(shown or name, addr_spec=f"{local}@{ascii_domain}")
    except (MessageError, ValueError, IndexError, AttributeError):
        return None
    known = "." in ascii_domain.strip(".") or ascii_domain == "localhost"
    return address if address.username and known else None
