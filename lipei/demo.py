"""What `lipei demo` runs besides: the phone simulator, and a made-up Twilio account whose server it is."""

from __future__ import annotations

import os
import secrets

from lipei.processes import APP_PYTHON, Process
from lipei.settings import Settings

PREFIX = "LIPEI_TWILIO_"
NUMBER = "+8613800138000"


def make_up_account(settings: Settings) -> bool:
    """Put the account into the environment, unless one is configured there already: then nothing is simulated.

    The secrets are new at each start: whoever reaches the demonstration's gateway cannot sign as its provider.
    """
    if any(name.startswith(PREFIX) and value for name, value in os.environ.items()):
        return False
    os.environ.update(
        {
            f"{PREFIX}ACCOUNT_SID": f"AC{secrets.token_hex(16)}",
            f"{PREFIX}AUTH_TOKEN": secrets.token_hex(16),
            f"{PREFIX}FROM": NUMBER,
            f"{PREFIX}API_BASE": f"http://127.0.0.1:{settings.phone_port}",
        }
    )
    return True


def phone(settings: Settings) -> Process:
    """The simulator's process, on loopback."""
    url = f"http://127.0.0.1:{settings.phone_port}/healthz"
    command = (str(settings.root / APP_PYTHON), "-m", "standins.phone")
    return Process("phone", command, "127.0.0.1", settings.phone_port, url)
