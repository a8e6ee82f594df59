"""The account that the stand-in serves: key, signature, approved templates, and how requests are signed with the key.

https://help.aliyun.com/zh/sdk/product-overview/rpc-mechanism
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

AGE = timedelta(minutes=15)


@dataclass
class Account:
    """Made up. templates: code → names of its variables, each of at most `most` characters."""

    key_id: str = "LTAIstandin0001"
    secret: str = "standinsecret0001"
    sign_name: str = "理赔助手"
    templates: dict[str, tuple[str, ...]] = field(
        default_factory=lambda: {"SMS_100000001": ("content",), "SMS_100000002": ("code",)}
    )
    most: int = 500
    nonces: set[str] = field(default_factory=set)

    def refusal(self, method: str, form: dict[str, str]) -> tuple[int, str, str] | None:
        """(HTTP status, code, message) for a request that is not signed with our key, too old, or sent twice."""
        if form.get("AccessKeyId") != self.key_id:
            return 404, "InvalidAccessKeyId.NotFound", "Specified access key is not found."
        signed = {name: value for name, value in form.items() if name != "Signature"}
        query = "&".join(f"{quote(name, safe='~')}={quote(signed[name], safe='~')}" for name in sorted(signed))
        text = f"{method}&%2F&{quote(query, safe='~')}"
        digest = hmac.new(f"{self.secret}&".encode(), text.encode(), hashlib.sha1).digest()
        if form.get("Signature") != base64.b64encode(digest).decode():
            return 400, "SignatureDoesNotMatch", "Specified signature is not matched with our calculation."
        at = datetime.strptime(form["Timestamp"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(datetime.now(UTC) - at) > AGE:
            return 400, "InvalidTimeStamp.Expired", "Specified time stamp or date value is expired."
        if form["SignatureNonce"] in self.nonces:
            return 400, "SignatureNonceUsed", "Specified signature nonce was used already."
        self.nonces.add(form["SignatureNonce"])
        return None
