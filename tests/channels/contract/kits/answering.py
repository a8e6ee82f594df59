"""The example channel with a provider that takes replies in the answer to its request, as WeChat and TwiML do."""

from __future__ import annotations

import httpx

from tests.channels.contract.kits import example


class Kit(example.Kit):
    module = "tests.channels.contract.example.answering"

    def acknowledged(self, response: httpx.Response) -> bool:
        if response.status_code != 200:
            return False
        self.sent += [(self.address, text) for text in response.json()["replies"]]
        return True
