"""A private engine to ask what it understands.

The engine of a running stack offers nothing but its input channel, so measuring starts one of its own, on a free
port and with a token made up for it, and ends it afterwards.
"""

import secrets
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from evaluation.stack import StackError, free_ports
from lipei.processes import ENGINE_PYTHON, die_with_parent, environment
from lipei.settings import Settings

READY_SECONDS = 120.0


class Parser:
    """Asks an engine's /model/parse."""

    def __init__(self, port: int, token: str, pid: int) -> None:
        self.pid = pid
        self._http = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", params={"token": token}, timeout=30, trust_env=False
        )

    def ready(self) -> bool:
        """True once the model is loaded."""
        try:
            return self._http.get("/status").status_code == 200
        except httpx.HTTPError:
            return False

    def parse(self, text: str) -> dict[str, Any]:
        """What the engine understands: intent, ranking, entities."""
        response = self._http.post("/model/parse", json={"text": text})
        response.raise_for_status()
        return response.json()  # type: ignore[no-any-return]


@contextmanager
def private_engine(settings: Settings, model: Path, more: dict[str, str] | None = None) -> Iterator[Parser]:
    """An engine with `model` for as long as the block lasts. more: further environment variables. Raises StackError."""
    python = settings.root / ENGINE_PYTHON
    if not python.exists():
        raise StackError("the engine's environment bot/.venv is missing. Run: make setup")
    (port,) = free_ports(1)
    token = secrets.token_urlsafe()
    with tempfile.TemporaryDirectory() as folder:
        # No credentials: this engine has no channel at all, only the parse endpoint.
        empty = Path(folder) / "none.yml"
        empty.write_text("")
        log = Path(folder) / "engine.log"
        command = [python, "-m", "rasa", "run", "--enable-api", "--auth-token", token, "--model", model]
        command += ["--interface", "127.0.0.1", "--port", str(port), "--endpoints", empty, "--credentials", empty]
        with log.open("w") as output:
            process = subprocess.Popen(
                [str(word) for word in command],
                cwd=settings.root,
                env={**environment(settings, model), **(more or {})},
                stdout=output,
                stderr=subprocess.STDOUT,
                preexec_fn=die_with_parent(),
            )
        try:
            parser = Parser(port, token, process.pid)
            deadline = time.monotonic() + READY_SECONDS
            while not parser.ready():
                if process.poll() is not None or time.monotonic() > deadline:
                    raise StackError(f"the engine did not start:\n{log.read_text(errors='replace')[-2000:]}")
                time.sleep(0.2)
            yield parser
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
