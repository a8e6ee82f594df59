"""The shapes of the web chat API."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from channels.gateway.inbox import Spoken
from channels.gateway.problems import Refused
from channels.webchat.settings import TEXT_CHARACTERS

_OURS = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""The letters that the names we give out are made of."""

ClientId = Annotated[str, StringConstraints(min_length=1, max_length=100, pattern=r"^[A-Za-z0-9._:\-]+$")]


class Say(BaseModel):
    """One of text, payload (of a button that we gave out) and attachment_id."""

    model_config = ConfigDict(extra="ignore")

    text: str | None = Field(None, description=f"客户的话，最多 {TEXT_CHARACTERS} 个字")
    payload: str | None = Field(None, description="按钮上的 payload，只在给出它的会话里有效")
    attachment_id: str | None = Field(None, description="先用 POST /api/chat/attachments 上传得到")
    client_id: ClientId | None = Field(None, description="客户端自编的消息编号；重发时不变，服务端只处理一次")

    def spoken(self) -> Spoken:
        """What was said. Refused when it is nothing, too long, or several things at once."""
        given = [value for value in (self.text, self.payload, self.attachment_id) if value]
        if len(given) > 1:
            raise Refused(422, "one_thing")
        text = _readable(self.text or "").strip()
        if not text and not self.payload and not self.attachment_id:
            raise Refused(422, "empty")
        if len(text) > TEXT_CHARACTERS:
            raise Refused(422, "text_too_long", limit=TEXT_CHARACTERS)
        if self.payload and not _OURS.fullmatch(self.payload):
            raise Refused(422, "unknown_button")
        if self.attachment_id and not _OURS.fullmatch(self.attachment_id):
            raise Refused(422, "unknown_attachment")
        return Spoken(text, self.payload or "", self.attachment_id or "", self.client_id)


def _readable(text: str) -> str:
    """Without what no database stores: the NUL character, and halves of characters that a client cut in two."""
    return text.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


ModeName = Literal["bot", "queued", "agent"]


class ButtonOut(BaseModel):
    title: str
    payload: str


class AttachmentOut(BaseModel):
    attachment_id: str
    id: str
    mime: str
    size: int
    name: str
    url: str


class MessageOut(BaseModel):
    """from: customer, bot, agent or system. awaiting: what the bot asks for, so that the right input can be shown."""

    id: int
    author: Literal["customer", "bot", "agent", "system"] = Field(alias="from")
    text: str
    buttons: list[ButtonOut]
    awaiting: str | None
    created_at: str
    attachment: AttachmentOut | None = None


class SessionOut(BaseModel):
    session_id: str
    token: str = Field(description="之后每个请求都放在 Authorization: Bearer 里")


class SessionState(BaseModel):
    session_id: str
    mode: ModeName
    script: Literal["hans", "hant"]


class Answer(BaseModel):
    """messages: the answer, or a receipt when that takes longer than 4 s. received: the customer's own message."""

    messages: list[MessageOut]
    mode: ModeName
    received: MessageOut


class History(BaseModel):
    messages: list[MessageOut]
    mode: ModeName


class Problem(BaseModel):
    """Why a request was refused: a sentence for people, a code for programs."""

    detail: str
    code: str
