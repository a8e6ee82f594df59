"""Phone numbers as providers write them."""

import re

from channels.base import AddressGone
from claims.normalise import phone


def e164(address: str) -> str:
    """+8613800138001 for any way of writing a mainland number; another country's keeps its code. AddressGone for what
    is no number: nothing sent there can arrive."""
    number = phone(address)
    if re.fullmatch(r"1\d{10}", number):
        return f"+86{number}"
    number = re.sub(r"^00", "+", number)
    if not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        raise AddressGone("not a phone number")
    return number
