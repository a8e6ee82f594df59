"""WeChat's requests to the account's address: what they hold, and how they are signed in each of the three modes."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode

from standins.wechat.account import Account
from standins.wechat.sealing import seal, signature

Mode = Literal["plain", "compatible", "safe"]


@dataclass(frozen=True)
class Delivered:
    """One request. query: without the question mark."""

    query: str
    body: bytes = b""
    method: str = "POST"


def message(account: Account, openid: str, kind: str, msg_id: str, **fields: object) -> str:
    """The XML of a message."""
    return xml(account, openid, None, MsgType=kind, **fields, MsgId=msg_id)


def event(account: Account, openid: str, name: str, key: str = "", at: float | None = None, **fields: object) -> str:
    """The XML of an event; EventKey only where there is one, as WeChat does it."""
    more = {"EventKey": key} if key else {}
    return xml(account, openid, at, MsgType="event", Event=name, **more, **fields)


def xml(account: Account, openid: str, at: float | None, /, **fields: object) -> str:
    """The XML with its three common fields first. at: CreateTime, Unix seconds."""
    common = {"ToUserName": account.original_id, "FromUserName": openid, "CreateTime": int(at or account.now())}
    return f"<xml>{''.join(f'<{name}>{_value(value)}</{name}>' for name, value in {**common, **fields}.items())}</xml>"


def request(account: Account, plain: str, mode: Mode = "safe", at: float | None = None, key: str = "") -> Delivered:
    """The XML as a signed request. at: when it is signed (Unix seconds); key: another AES key than the account's."""
    query = _signed(account, at)
    if mode == "plain":
        return Delivered(urlencode(query), plain.encode())
    sealed = seal(plain, key or account.aes_key, account.appid)
    query["encrypt_type"] = "aes"
    query["msg_signature"] = signature(account.token, query["timestamp"], query["nonce"], sealed)
    encrypted = f"<ToUserName><![CDATA[{account.original_id}]]></ToUserName><Encrypt><![CDATA[{sealed}]]></Encrypt>"
    body = plain.replace("</xml>", f"{encrypted}</xml>") if mode == "compatible" else f"<xml>{encrypted}</xml>"
    return Delivered(urlencode(query), body.encode())


def url_check(account: Account, echo: str, at: float | None = None) -> Delivered:
    """What WeChat asks when the address is entered in its console."""
    return Delivered(urlencode({**_signed(account, at), "echostr": echo}), method="GET")


def _signed(account: Account, at: float | None) -> dict[str, str]:
    stamp, nonce = str(int(at if at is not None else time.time())), str(secrets.randbelow(10**9))
    return {"signature": signature(account.token, stamp, nonce), "timestamp": stamp, "nonce": nonce}


def _value(value: object) -> str:
    return f"<![CDATA[{value}]]>" if isinstance(value, str) else str(value)
