"""What the commands of a bot (/start, /help …) mean here: words, or the opening that a link asks for."""

from __future__ import annotations

import re
from pathlib import Path

from channels.base import Kind
from channels.gateway.wording import Wording

say = Wording(Path(__file__).with_name("wording.yml"), "telegram").say

#: What stands behind "start=" in a link to the bot (https://t.me/BOT?start=report) → intent of the base's OPENING.
LINKS = {
    "report": "report_claim",
    "status": "ask_claim_status",
    "materials": "ask_materials",
    "policy": "ask_policy",
    "human": "request_human",
}
WORDS = ("help", "cancel", "stop")
MENU = ("start", *WORDS)
_COMMAND = re.compile(r"/([A-Za-z_]{1,32})(?:@\w+)?(?:\s+(\S+))?\s*")


def meaning(text: str) -> tuple[Kind, dict[str, str]]:
    """Kind and values of a text: an EVENT for /start, the word for another command of ours, else the text itself."""
    match = _COMMAND.fullmatch(text)
    command = match[1].lower() if match else ""
    if match and command == "start":
        link = match[2] or ""
        if link in LINKS:
            return Kind.EVENT, {"event": LINKS[link], "text": say(f"start_{link}")}
        return Kind.EVENT, {"event": "greet", "text": say("start")}
    if command in WORDS:
        return Kind.TEXT, {"text": say(command)}
    return Kind.TEXT, {"text": text}
