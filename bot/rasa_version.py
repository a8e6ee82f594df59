"""The one Rasa release whose insides bot/ reaches into."""

from __future__ import annotations

import rasa

SUPPORTED = "3.6.21"


class WrongRasaVersion(RuntimeError):
    """Another Rasa than the supported one is installed; what we replace inside it may have changed."""


def require_supported_rasa(who: str) -> None:
    """Raises WrongRasaVersion unless Rasa is exactly the supported release. `who` names the caller for the message."""
    if rasa.__version__ != SUPPORTED:
        raise WrongRasaVersion(
            f"{who} replaces parts of Rasa {SUPPORTED}, but Rasa {rasa.__version__} is installed. "
            f"Install bot/requirements.txt, or check {who} against the new release first."
        )
