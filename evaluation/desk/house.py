"""A desk and a gateway as processes of their own, on a database with agents who have conversations."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import httpx

from evaluation.stack import StackError, free_ports
from lipei.processes import die_with_parent, environment
from lipei.settings import Settings

READY_SECONDS = 180.0


@dataclass(frozen=True)
class Held:
    """A conversation that an agent has. token: the customer's, for the web chat API."""

    conversation_id: str
    token: str
    agent: int


class House:
    """The two processes, with everything they write below `folder`."""

    def __init__(self, folder: Path, database_url: str | None) -> None:
        desk, gateway, nowhere = free_ports(3)
        self.settings = Settings(
            var_dir=folder,
            key_file=folder / "keys" / "data.key",
            attachments_dir=folder / "attachments",
            database_url=database_url or f"sqlite:///{folder}/lipei.db",
            desk_port=desk,
            gateway_host="127.0.0.1",
            gateway_port=gateway,
            engine_url=f"http://127.0.0.1:{nowhere}",  # agents have every conversation: the bot is not asked
            public_url=f"http://127.0.0.1:{gateway}",
            service_hours="always",
            sms_provider="none",
            log_level="WARNING",
        )
        self.desk_url, self.chat_url = f"http://127.0.0.1:{desk}", self.settings.public_url
        self._folder = folder
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def fill(self, agents: int, open_conversations: int) -> tuple[list[str], list[Held]]:
        """Agents who are signed in (their sessions' tokens), and conversations shared out among them.

        In a process of its own, with the data key of this house.
        """
        command = [sys.executable, "-m", "evaluation.desk.filling", str(agents), str(open_conversations)]
        done = subprocess.run(command, cwd=self.settings.root, env=environment(self.settings), capture_output=True)
        if done.returncode != 0:
            raise StackError(f"the database could not be filled:\n{done.stderr.decode()[-3000:]}")
        made = json.loads(done.stdout.decode().splitlines()[-1])
        return made["tokens"], [Held(**each) for each in made["held"]]

    async def start(self) -> None:
        """Both processes, until they answer. StackError when one does not."""
        self._launch("desk", "desk")
        self._launch("gateway", "channels.gateway")
        await self._ready("desk", self.desk_url)
        await self._ready("gateway", self.chat_url)

    def _launch(self, name: str, module: str) -> None:
        with (self._folder / f"{name}.log").open("wb") as log:
            self._running[name] = subprocess.Popen(
                [sys.executable, "-m", module],
                cwd=self.settings.root,
                env=environment(self.settings),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),
            )

    async def _ready(self, name: str, url: str) -> None:
        end = time.monotonic() + READY_SECONDS
        async with httpx.AsyncClient(trust_env=False, timeout=2) as http:
            while self._running[name].poll() is None and time.monotonic() < end:
                try:
                    if (await http.get(f"{url}/healthz")).is_success:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)
        raise StackError(f"the {name} did not start:\n{(self._folder / f'{name}.log').read_text()[-3000:]}")

    def cpu_seconds(self, name: str) -> tuple[float, float]:
        """(CPU that a process has used so far, how long its threads stood in the queue for a core meanwhile)."""
        used = waited = 0
        for thread in Path(f"/proc/{self._running[name].pid}/task").iterdir():
            ran, queued, _ = (thread / "schedstat").read_text().split()
            used, waited = used + int(ran), waited + int(queued)
        return used / 1e9, waited / 1e9

    def stop(self) -> None:
        """End both."""
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
