"""The one access token of the account, for all threads of all gateways."""

from __future__ import annotations

import time
from collections.abc import Callable

from channels.base import PassingFailure
from claims import provider_tokens
from claims.database import unit_of_work

FETCH_SECONDS = 15.0
"""After this a gateway that went to fetch one counts as killed."""
WAIT_SECONDS, LOOK_SECONDS = 8.0, 0.1
FAILED_SECONDS = 3.0
"""How long nobody asks again when none was to be had."""


class SharedToken:
    """Blocking: use it in a thread. fetch: asks the provider; (token, seconds it is good for)."""

    def __init__(self, url: str, name: str, fetch: Callable[[], tuple[str, float]]) -> None:
        self._url, self._name, self._fetch = url, name, fetch

    def usable(self, spoilt: str | None = None) -> str:
        """A token in force that is not the spoilt one. One caller fetches it, the others wait.

        PassingFailure when the one who fetches takes too long; what `fetch` raises.
        """
        end = time.monotonic() + WAIT_SECONDS
        while True:
            with unit_of_work(self._url, read_only=True) as unit:
                token = provider_tokens.current(unit.session, self._name, spoilt)
            if token is not None:
                return token
            with unit_of_work(self._url) as unit:
                ours = provider_tokens.begin_renewal(unit.session, self._name, spoilt, FETCH_SECONDS)
                unit.commit()
            if ours:
                return self._renew()
            if time.monotonic() > end:
                raise PassingFailure("no access token yet")
            time.sleep(LOOK_SECONDS)

    def _renew(self) -> str:
        try:
            token, seconds = self._fetch()
        except Exception:
            with unit_of_work(self._url) as unit:
                provider_tokens.failed(unit.session, self._name, FAILED_SECONDS)
                unit.commit()
            raise
        with unit_of_work(self._url) as unit:
            provider_tokens.keep(unit.session, self._name, token, seconds)
            unit.commit()
        return token
