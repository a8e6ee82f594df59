"""The signature of the provider's RPC interface, version 1.0: HMAC-SHA1 over the sorted parameters.

https://help.aliyun.com/zh/sdk/product-overview/rpc-mechanism. The newer one (ACS3-HMAC-SHA256) wants the parameters in
the URL, where telephone numbers and codes would stand in every proxy's log; here they are in the body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from datetime import UTC, datetime
from urllib.parse import quote


def signed(parameters: dict[str, str], key_id: str, secret: str) -> dict[str, str]:
    """The parameters of one POST, with who sends them, when, and the signature. Each signing makes a new nonce."""
    whole = {
        **parameters,
        "AccessKeyId": key_id,
        "Format": "JSON",
        "SignatureMethod": "HMAC-SHA1",
        "SignatureNonce": secrets.token_hex(16),
        "SignatureVersion": "1.0",
        "Timestamp": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    return {**whole, "Signature": signature(whole, secret)}


def signature(parameters: dict[str, str], secret: str, method: str = "POST") -> str:
    """Base64."""
    query = "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(parameters.items()))
    text = f"{method}&{_encoded('/')}&{_encoded(query)}"
    return base64.b64encode(hmac.new(f"{secret}&".encode(), text.encode(), hashlib.sha1).digest()).decode()


def _encoded(text: str) -> str:
    return quote(text, safe="~")
