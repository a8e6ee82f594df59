"""WeChat's error codes, as what the outbox does next.

https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html
"""

from __future__ import annotations

from requests import RequestException, Response
from wechatpy.exceptions import WeChatException

from channels.base import AddressGone, MessageRefused, PassingFailure, SendFailed

TOKEN_SPOILT = frozenset({40001, 40014, 42001})
"""The access token is wrong or has run out: a new one is fetched, once."""
WINDOW_CLOSED = frozenset({45015, 45047})
"""No service message may be sent to this customer now, or no further one."""
GONE = frozenset({40003, 43004})
"""Not an openid of this account; not a follower."""
LATER = {-1: None, 45009: 3600.0, 45011: 60.0}
"""Busy; the day's quota is used up; too many a minute. Seconds to wait."""
SET_UP = frozenset({40013, 40125, 40164, 40243, 41002, 41004, 48001, 48004, 50001, 50002, 61004})
"""Something in the account's console is to be put right: nothing is given up for that."""


class WindowClosed(MessageRefused):
    """Outside the window, or beyond the budget, of service messages."""


def failure(error: Exception) -> SendFailed:
    """What went wrong, without the request: its address holds the access token, its body the customer's."""
    if isinstance(error, SendFailed):
        return error
    if isinstance(error, WeChatException) and error.errcode is not None:
        return _by_code(int(error.errcode))
    response = getattr(error, "response", None)
    if isinstance(response, Response):
        asked = response.headers.get("retry-after", "")
        return PassingFailure(f"WeChat answered {response.status_code}", float(asked) if asked.isdigit() else None)
    if isinstance(error, RequestException):
        return PassingFailure(f"WeChat not reached: {type(error).__name__}")
    return PassingFailure(f"no answer to be used: {type(error).__name__}")


def _by_code(code: int) -> SendFailed:
    if code in WINDOW_CLOSED:
        return WindowClosed(f"outside the window of service messages (WeChat error {code})")
    if code in GONE:
        return AddressGone(f"not a follower any more (WeChat error {code})")
    if code in LATER:
        return PassingFailure(f"WeChat error {code}", LATER[code])
    if code in TOKEN_SPOILT:
        return PassingFailure(f"access token refused twice (WeChat error {code})")
    if code in SET_UP:
        return PassingFailure(f"the account's set-up refuses this (WeChat error {code})", 60.0)
    return MessageRefused(f"WeChat error {code}")
