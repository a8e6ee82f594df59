"""Random bearer tokens, stored as a hash only."""

import hashlib
import secrets


def new_token(prefix: str = "") -> str:
    """256 random bits, URL-safe."""
    return prefix + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256, hex. Enough for 256 random bits; short secrets go through crypto.secret_hash."""
    return hashlib.sha256(token.encode()).hexdigest()
