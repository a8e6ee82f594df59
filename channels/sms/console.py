"""The console twin of an SMS provider: the message goes to the log instead of a phone."""

from __future__ import annotations

import logging

from channels.base import Outbound
from channels.serving.masking import UNMASKED, mask
from channels.sms.numbers import e164
from channels.sms.segments import LIMITS

logger = logging.getLogger(__name__)


class ConsoleSms:
    """plainly: write the text, so that a person at a demonstration can read the code; otherwise only that it left."""

    limits = LIMITS

    def __init__(self, *, plainly: bool) -> None:
        self._plainly = plainly

    async def send(self, message: Outbound) -> str:
        """An id made from the dedupe key. AddressGone for what is no number, as with any provider."""
        e164(message.address)
        if self._plainly:
            # Demonstration people only: this line is the phone they do not have.
            logger.info("SMS %s: %s", message.address, message.text, extra={UNMASKED: True})
        else:
            logger.info("SMS %s: %s, %d characters", mask(message.address), message.purpose, len(message.text))
        return f"console-{message.dedupe_key}"
