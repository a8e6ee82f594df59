"""A mail server, the channel's settings pointed at it, and one that speaks TLS."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from channels.email.send import SmtpEmail
from channels.email.settings import EmailSettings
from claims import clock
from standins.email.server import MailServer

LOGIN = ("notice@example.com", "p@ss/word")
Connect = Callable[..., SmtpEmail]


@pytest.fixture
def server() -> Iterator[MailServer]:
    """On plain SMTP, asking for a log-in."""
    running = MailServer(login=LOGIN).start()
    yield running
    running.stop()


@pytest.fixture
def url(server: MailServer, monkeypatch: pytest.MonkeyPatch) -> str:
    """LIPEI_SMTP_URL of it."""
    url = f"smtp://notice%40example.com:p%40ss%2Fword@127.0.0.1:{server.port}"
    monkeypatch.setenv("LIPEI_SMTP_URL", url)
    return url


@pytest.fixture
def sender(url: str) -> SmtpEmail:
    return SmtpEmail(EmailSettings.read(), "no-reply@lipei.example.com")


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """TLS for 127.0.0.1 under a certificate that this process trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "standin")])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(clock.now() - timedelta(days=1))
        .not_valid_after(clock.now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "standin.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
