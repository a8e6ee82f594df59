"""The console twin of a mail server: that a notice left stands in the log, in demonstrations with its text."""

from __future__ import annotations

import logging

from channels.base import Outbound
from channels.email.compose import LIMITS
from channels.serving.masking import UNMASKED, mask

logger = logging.getLogger(__name__)


class ConsoleEmail:
    """plainly: write the text, so that a person at a demonstration can read it."""

    limits = LIMITS

    def __init__(self, *, plainly: bool) -> None:
        self._plainly = plainly

    async def send(self, message: Outbound) -> str:
        """Always succeeds; returns an id made from the dedupe key."""
        if self._plainly:
            # Demonstration people only: this line is the mailbox they do not have.
            logger.info("e-mail %s: %s", message.address, message.text, extra={UNMASKED: True})
        else:
            logger.info("e-mail %s: %s, %d characters", mask(message.address), message.purpose, len(message.text))
        return f"console-{message.dedupe_key}"
