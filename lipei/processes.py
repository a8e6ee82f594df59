"""What the Procfile runs: each process's command, environment and the address at which it answers when ready."""

import os
import shlex
import socket
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from lipei.settings import Settings

APP_PYTHON = ".venv/bin/python"
ENGINE_PYTHON = "bot/.venv/bin/python"


@dataclass(frozen=True)
class Process:
    """One line of the Procfile. `ready_url` answers (with any status below 500) once the process serves."""

    name: str
    command: tuple[str, ...]
    host: str
    port: int
    ready_url: str


def engine_port(settings: Settings) -> int:
    """Port of the engine's address; 80 or 443 when it names none."""
    parts = urlsplit(settings.engine_url)
    return parts.port or (443 if parts.scheme == "https" else 80)


def load_processes(settings: Settings) -> list[Process]:
    """The processes of the Procfile, in its order. Raises FileNotFoundError, or ValueError on a line it cannot read."""
    addresses = {
        "engine": ("127.0.0.1", engine_port(settings), "/webhooks/lipei/health"),
        "actions": ("127.0.0.1", settings.actions_port, "/health"),
        "gateway": (settings.gateway_host, settings.gateway_port, "/"),
        "desk": (settings.desk_host, settings.desk_port, "/api/staff/docs"),
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
        found.append(Process(name, _command(command, settings.root), host, port, f"http://{asked_at}:{port}{path}"))
    return found


def _command(text: str, root: Path) -> tuple[str, ...]:
    program, *arguments = shlex.split(text)
    return (str(root / program), *arguments)


def environment(settings: Settings, model: Path | None = None) -> dict[str, str]:
    """The environment of every process: this one's, the settings the engine cannot compute, and limits.

    One thread a process for linear algebra: two cores serve four processes, and the default of one pool a
    library a process makes each turn slower. Nothing calls home and nothing is fetched from a model hub.
    """
    values = {
        **os.environ,
        "PYTHONPATH": str(settings.root),
        "PYTHONUNBUFFERED": "1",
        "LIPEI_ROOT": str(settings.root),
        "LIPEI_VAR_DIR": str(settings.var_dir),
        "LIPEI_DATABASE_URL": settings.database_url,
        "LIPEI_ENGINE_URL": settings.engine_url,
        "LIPEI_ENGINE_PORT": str(engine_port(settings)),
        "LIPEI_ENGINE_TOKEN": settings.engine_token,
        "LIPEI_ACTIONS_PORT": str(settings.actions_port),
        "LIPEI_DEMO": "1" if settings.demo else "0",
        "OMP_NUM_THREADS": "1",
        "TOKENIZERS_PARALLELISM": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "HF_HUB_OFFLINE": "1",
        "TRANSFORMERS_OFFLINE": "1",
    }
    if model is not None:
        values["LIPEI_MODEL"] = str(model)
    return values


def busy_ports(processes: list[Process]) -> list[Process]:
    """Those processes whose port another program holds."""
    return [process for process in processes if _is_taken(process.host, process.port)]


def _is_taken(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
        return False
