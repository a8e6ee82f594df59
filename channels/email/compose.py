"""A notice as an e-mail: plain text, the same as simple HTML, and the headers that mail programs look for. Pure."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from pathlib import Path
from urllib.parse import quote

from channels.base import AddressGone, Outbound
from channels.email.settings import address_of
from channels.gateway.script import to_script
from channels.gateway.wording import Wording, WordingError
from channels.rendering import Limits
from claims.outbox import NEEDED

LIMITS = Limits(size=100_000, buttons=None)
"""Buttons are left out: nobody reads an answer to a notice."""

say = Wording(Path(__file__).with_name("wording.yml"), "email").say

_LANGUAGE = {"hans": "zh-Hans", "hant": "zh-Hant"}
_PAGE = """<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>
<body style="margin:0 auto;max-width:36em;padding:1em;font:16px/1.7 sans-serif;color:#1f2328">
{text}
<hr style="border:0;border-top:1px solid #d0d7de">
<div style="font-size:13px;color:#59636e">
{foot}
</div>
</body></html>
"""


def compose(message: Outbound, sender: Address, at: datetime, unsubscribe: str = "") -> EmailMessage:
    """The whole e-mail. AddressGone when the address is none. unsubscribe: a mailbox or web page; "" is the sender.

    Its Message-ID is made of the dedupe key alone: whatever is sent again is recognisable as the same.
    """
    receiver = address_of(message.address)
    if receiver is None:
        raise AddressGone("email: not an address")
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = Address(addr_spec=receiver.addr_spec)
    mail["Subject"] = to_script(_subject(message.purpose), message.script)
    mail["Date"] = format_datetime(at)
    mail["Message-ID"] = message_id(message.dedupe_key, sender.domain)
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday answers, please
    foot = [say("automatic")]
    if message.purpose not in NEEDED:
        if unsubscribe.startswith("https://"):
            foot.append(say("unsubscribe_page", address=unsubscribe))
            mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        else:
            mailbox = unsubscribe or sender.addr_spec
            foot.append(say("unsubscribe", address=mailbox))
            mail["List-Unsubscribe"] = f"<mailto:{mailbox}?subject={quote(say('unsubscribe_word'))}>"
    foot = [to_script(line, message.script) for line in foot]
    mail.set_content("\n\n".join([message.text, "-- \n" + "\n".join(foot)]))
    mail.add_alternative(
        _PAGE.format(
            language=_LANGUAGE[message.script],
            title=escape(str(mail["Subject"])),
            text=_paragraphs(message.text),
            foot=_paragraphs("\n\n".join(foot)),
        ),
        subtype="html",
    )
    mail["Content-Language"] = _LANGUAGE[message.script]  # last: before, it would go to the plain part alone
    return mail


def message_id(dedupe_key: str, domain: str) -> str:
    """ "<…@domain>", the same for the same key, which cannot be read from it."""
    return f"<{hashlib.sha256(dedupe_key.encode()).hexdigest()[:32]}@{domain}>"


def _subject(purpose: str) -> str:
    try:
        return say(f"subject_{purpose}")
    except WordingError:
        return say("subject")


def _paragraphs(text: str) -> str:
    """Blank lines part paragraphs, others are line breaks."""
    blocks = [block.strip("\n") for block in text.split("\n\n")]
    return "\n".join(f"<p>{escape(block).replace(chr(10), '<br>')}</p>" for block in blocks if block)
