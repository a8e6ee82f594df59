"""Real gateway processes, which are killed and started again."""

from __future__ import annotations

import asyncio
import secrets
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from evaluation.stack import StackError, free_ports
from lipei.processes import die_with_parent, environment
from lipei.settings import Settings

BOT_TOKEN = f"5000000001:{secrets.token_urlsafe(26)}"
SECRET_TOKEN, ENGINE_TOKEN = secrets.token_urlsafe(), secrets.token_urlsafe()
READY_SECONDS = 120.0
ANY_NUMBER = 1_000_000


@dataclass
class Life:
    """Of a gateway, from its start to its kill (time.monotonic(), None while it lives)."""

    number: int
    process: subprocess.Popen[bytes]
    killed_at: float | None = None


class Gateways:
    """`count` gateways on one database, with everything they write below `folder`."""

    def __init__(self, folder: Path, count: int, database_url: str | None, engine_url: str, provider_url: str) -> None:
        self._folder, self._provider_url = folder, provider_url
        self._settings = [
            Settings(
                var_dir=folder,
                key_file=folder / "keys" / "data.key",
                attachments_dir=folder / "attachments",
                database_url=database_url or f"sqlite:///{folder}/lipei.db",
                engine_url=engine_url,
                engine_token=ENGINE_TOKEN,
                gateway_host="127.0.0.1",
                gateway_port=port,
                public_url=f"http://127.0.0.1:{port}",
                sms_provider="none",
                inbound_per_minute=ANY_NUMBER,
                log_level="WARNING",
            )
            for port in free_ports(count)
        ]
        self.lives: list[Life] = []
        self._alive: dict[int, Life] = {}
        self._die_with_us = die_with_parent()

    @property
    def addresses(self) -> list[str]:
        return [each.public_url for each in self._settings]

    @property
    def database_url(self) -> str:
        return self._settings[0].database_url

    async def start(self) -> None:
        """All of them, one after the other: the first one makes the database."""
        for number in range(len(self._settings)):
            self.launch(number)
            await self.ready(number)

    def launch(self, number: int) -> None:
        """Begin another life of this gateway, without waiting for it."""
        life = len(self.lives)
        values = {
            **environment(self._settings[number]),
            "LIPEI_TELEGRAM_BOT_TOKEN": BOT_TOKEN,
            "LIPEI_TELEGRAM_SECRET_TOKEN": SECRET_TOKEN,
            "LIPEI_TELEGRAM_API_BASE": f"{self._provider_url}/life/{life}",
        }
        values.pop("LIPEI_DATA_KEY", None)  # the key of this storm is in its folder, and none of the house's is needed
        with self._log(number).open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "channels.gateway"],
                cwd=self._settings[number].root,
                env=values,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=self._die_with_us,
            )
        self._alive[number] = Life(life, process)
        self.lives.append(self._alive[number])

    async def ready(self, number: int) -> None:
        """Return once it answers. Raises StackError when it ended or stays silent."""
        end = time.monotonic() + READY_SECONDS
        async with httpx.AsyncClient(trust_env=False, timeout=2) as http:
            while True:
                try:
                    if (await http.get(f"{self.addresses[number]}/healthz")).is_success:
                        return
                except httpx.TransportError:
                    pass
                if self._alive[number].process.poll() is not None or time.monotonic() > end:
                    raise StackError(f"a gateway did not start:\n{self._log(number).read_text()[-3000:]}")
                await asyncio.sleep(0.05)

    def kill(self, number: int) -> None:
        """kill -9."""
        life = self._alive[number]
        life.process.kill()
        life.process.wait()
        life.killed_at = time.monotonic()

    def stop(self) -> None:
        """End all of them."""
        for life in self._alive.values():
            life.process.send_signal(signal.SIGTERM)
        for life in self._alive.values():
            try:
                life.process.wait(10)
            except subprocess.TimeoutExpired:
                life.process.kill()
                life.process.wait()

    def _log(self, number: int) -> Path:
        return self._folder / f"gateway{number}.log"
