"""What the Procfile runs: each process's command, environment and the address at which it answers when ready."""

import ctypes
import os
import shlex
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from string import Template
from urllib.parse import urlsplit

from lipei.settings import Settings

APP_PYTHON = ".venv/bin/python"
ENGINE_PYTHON = "bot/.venv/bin/python"
PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass(frozen=True)
class Process:
    """One line of the Procfile. `ready_url` answers (with any status below 500) once the process serves; a process
    that serves nothing has none, and port 0."""

    name: str
    command: tuple[str, ...]
    host: str
    port: int
    ready_url: str

    def command_line(self, values: dict[str, str]) -> list[str]:
        """The command with $NAMES replaced from `values`. Raises KeyError on a name that is not there."""
        return [Template(word).substitute(values) for word in self.command]


def engine_port(settings: Settings) -> int:
    """Port of the engine's address; 80 or 443 when it names none."""
    parts = urlsplit(settings.engine_url)
    return parts.port or (443 if parts.scheme == "https" else 80)


def load_processes(settings: Settings) -> list[Process]:
    """The processes of the Procfile, in its order. Raises FileNotFoundError, or ValueError on a line it cannot read."""
    addresses = {
        "engine": ("127.0.0.1", engine_port(settings), "/webhooks/lipei/health"),
        "actions": ("127.0.0.1", settings.actions_port, "/health"),
        "gateway": (settings.gateway_host, settings.gateway_port, "/healthz"),
        "desk": (settings.desk_host, settings.desk_port, "/healthz"),
        "outreach": ("127.0.0.1", 0, ""),
    }
    found = []
    for line in (settings.root / "Procfile").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, command = line.partition(":")
        if not colon or name not in addresses:
            raise ValueError(f"Procfile: cannot read the line {line!r}")
        host, port, path = addresses[name]
        asked_at = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
        ready_url = f"http://{asked_at}:{port}{path}" if port else ""
        found.append(Process(name, _command(command, settings.root), host, port, ready_url))
    return found


def _command(text: str, root: Path) -> tuple[str, ...]:
    program, *arguments = shlex.split(text)
    return (str(root / program), *arguments)


def environment(settings: Settings, model: Path | None = None) -> dict[str, str]:
    """The environment of every process: this one's, the settings the engine cannot compute, and limits.

    One thread a process for linear algebra: two cores serve four processes, and the default of one pool a
    library a process makes each turn slower. Nothing calls home and nothing is fetched from a model hub.
    """
    chosen = {name: value for name, value in settings.model_dump().items() if value is not None}
    values = {
        **os.environ,
        **{f"LIPEI_{name.upper()}": _text(value) for name, value in chosen.items()},
        "LIPEI_ENGINE_PORT": str(engine_port(settings)),
        "LIPEI_ACTIONS_URL": f"http://127.0.0.1:{settings.actions_port}/webhook",
        "PYTHONPATH": str(settings.root),
        "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore::DeprecationWarning",  # a hundred lines from Rasa's libraries at each start
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
    }
    if values.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Compiled anew at each start, a gateway needs more than twice the CPU to come up. Nobody's source tree is
        # written to: what is compiled goes to the folder for all that is written, of either interpreter.
        values.setdefault("PYTHONPYCACHEPREFIX", str(settings.root / "var" / "bytecode"))
    if model is not None:
        values["LIPEI_MODEL"] = str(model)
    return values


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)


def busy_ports(processes: list[Process]) -> list[Process]:
    """Those processes whose port another program holds."""
    return [process for process in processes if process.port and _is_taken(process.host, process.port)]


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
        return False


def die_with_parent() -> Callable[[], object]:
    """What a child calls before it starts: ask Linux to end it when the supervisor itself is killed.

    Elsewhere a no-op. The library is loaded here, in the parent: little is safe between fork and exec.
    """
    prctl = getattr(ctypes.CDLL(None), "prctl", None) if sys.platform == "linux" else None
    return partial(prctl, PR_SET_PDEATHSIG, signal.SIGTERM) if prctl else lambda: None
