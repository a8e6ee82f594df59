"""Pushing messages by the customer-service interface, else as a template message; and fetching files."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from requests import Response
from wechatpy import WeChatClient

from channels.base import MessageRefused, Outbound, PassingFailure
from channels.rendering import Limits, utf8_bytes
from channels.webhook import Fetched
from channels.wechat import budget
from channels.wechat.client import Api
from channels.wechat.errors import WindowClosed
from channels.wechat.events import WORDING
from channels.wechat.settings import WeChatSettings
from claims import clock

LIMITS = Limits(size=2_048, unit=utf8_bytes, buttons=0)
THING_CHARACTERS, FIELD_CHARACTERS = 20, 200
"""What a template's field holds: one called thing1, thing2, … by WeChat's rules, and any other by ours."""


class WeChatSender:
    """One for a gateway process."""

    limits = LIMITS
    uses_window = True

    def __init__(self, settings: WeChatSettings, api: Api) -> None:
        self._settings, self._api = settings, api

    @property
    def beyond_window(self) -> bool:
        """Whether something reaches a customer who has been silent for longer than the window."""
        return bool(self._settings.template_id)

    async def send(self, message: Outbound) -> str | None:
        """The id of a template message, by which WeChat reports on it. Raises PassingFailure or PermanentFailure."""
        if budget.allows(message.window, clock.now()):
            try:
                _taken(await self._api.call(lambda client: client.message.send_text(message.address, message.text)))
            except WindowClosed:
                if not self._settings.template_id:
                    raise
            else:
                return None
        if not self._settings.template_id:
            raise MessageRefused("outside the window of service messages, and no LIPEI_WECHAT_TEMPLATE_ID is set")
        given = _taken(await self._api.call(lambda client: _send_template(client, message, self._settings)))
        return str(given["msgid"]) if given.get("msgid") else None


def _taken(given: object) -> dict[str, Any]:
    """WeChat's answer; wechatpy hands over whatever is not JSON (a proxy's page) as if it were one."""
    if not isinstance(given, dict):
        raise PassingFailure("WeChat answered no JSON")
    return given


def _send_template(client: WeChatClient, message: Outbound, settings: WeChatSettings) -> object:
    """client_msg_id: WeChat sends one of the same id once within ten minutes."""
    field = settings.template_field
    given: object = client.post(
        "message/template/send",
        data={
            "touser": message.address,
            "template_id": settings.template_id,
            "client_msg_id": sha256(message.dedupe_key.encode()).hexdigest()[:32],
            "data": {field: {"value": _cut(message.text, field)}},
        },
    )
    return given


def _cut(text: str, field: str) -> str:
    most = THING_CHARACTERS if field.startswith("thing") else FIELD_CHARACTERS
    return text if len(text) <= most else WORDING.say("cut", text=text[: most - 1])


async def fetch(api: Api, media_id: str) -> Fetched:
    """A customer's file. Raises PassingFailure or PermanentFailure."""
    given = await api.call(lambda client: client.media.download(media_id))
    if not isinstance(given, Response):
        raise MessageRefused("WeChat gave no file")
    return Fetched(given.content, mime=given.headers.get("content-type", ""))
