"""The passive reply: one text message in the answer to WeChat's request."""

from __future__ import annotations

import re
import secrets
import time
from dataclasses import replace

from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply

from channels.base import Outbound
from channels.rendering import render
from channels.wechat.envelope import Opened
from channels.wechat.send import LIMITS
from channels.wechat.settings import WeChatSettings

SUCCESS = "success"
"""Nothing to say (yet): WeChat neither asks again nor tells the customer that the service is out of order."""
_WHOLE = replace(LIMITS, size=1_000_000)
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def carried(replies: list[Outbound]) -> int:
    """How many of the replies, from the first on, fit into one message; 0 when the first alone does not."""
    count = 0
    while count < len(replies) and LIMITS.unit(joined(replies[: count + 1])) <= LIMITS.size:
        count += 1
    return count


def joined(replies: list[Outbound]) -> str:
    """The replies in one text, their choices by number."""
    return "\n\n".join(part.text for reply in replies for part in render(reply, _WHOLE))


def passive(text: str, opened: Opened, settings: WeChatSettings) -> str:
    """The answer's XML, encrypted with the key that the request was encrypted with."""
    fields = opened.fields
    made = TextReply(
        source=fields.get("ToUserName", ""), target=fields["FromUserName"], content=_in_cdata(text)
    ).render()
    if opened.key is None:
        return str(made)
    sealed = WeChatCrypto(settings.token, opened.key, settings.appid)
    return str(sealed.encrypt_message(made, secrets.token_hex(8), str(int(time.time()))))


def _in_cdata(text: str) -> str:
    """wechatpy puts the text into a CDATA section as it is: nothing in it may end the section."""
    return _NOT_IN_XML.sub("", text).replace("]]>", "]]]]><![CDATA[>")
