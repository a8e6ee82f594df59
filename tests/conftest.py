"""What holds for every test: no network beyond loopback, no setting of the person who runs it, nothing left behind.

Read by both environments: tests/bot runs in the engine's, with Python 3.10 and without the app's packages.
"""

import ipaddress
import os
import shutil
import socket
import ssl
import sys
import tempfile
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

IN_ENGINE = find_spec("rasa") is not None
collect_ignore = [] if IN_ENGINE else ["bot"]
pytest_plugins = [] if IN_ENGINE else ["tests.support.stack"]

_tls_context = ssl.create_default_context


@cache
def _of_authorities(cafile: str) -> ssl.SSLContext:
    return _tls_context(cafile=cafile)


def _shared_tls_context(
    purpose: ssl.Purpose = ssl.Purpose.SERVER_AUTH, *, cafile: str | None = None, **more: object
) -> ssl.SSLContext:
    """Each client of httpx reads all authorities of the world, 30 ms of CPU, for tests that speak plain HTTP."""
    if cafile and purpose is ssl.Purpose.SERVER_AUTH and not any(more.values()):
        return _of_authorities(cafile)
    return _tls_context(purpose, cafile=cafile, **more)  # type: ignore[arg-type]


KEPT_SETTINGS = {"LIPEI_PYTHON310"}
_folders: list[Path] = []
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex


class NetworkBlocked(RuntimeError):
    """A test tried to leave this machine."""


def _check(address: object) -> None:
    if not isinstance(address, tuple):
        return  # a path: a socket of this machine
    host = str(address[0])
    try:
        inside = ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        inside = host == "localhost"
    if not inside:
        raise NetworkBlocked(f"tests reach nothing beyond loopback; this one tried {host}")


def _guarded_connect(self: socket.socket, address: object) -> None:
    _check(address)
    _connect(self, address)  # type: ignore[arg-type]


def _guarded_connect_ex(self: socket.socket, address: object) -> int:
    _check(address)
    return _connect_ex(self, address)  # type: ignore[arg-type]


def pytest_configure(config: pytest.Config) -> None:
    """Before anything is imported for a test: the guard, and a folder of this run's own for what would go to var/."""
    socket.socket.connect = _guarded_connect  # type: ignore[method-assign,assignment]
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign,assignment]
    ssl.create_default_context = _shared_tls_context  # type: ignore[assignment]
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        # Compiled anew in each of the many processes that tests start, the libraries take longer than the tests.
        kept = str(config.rootpath / "var" / "bytecode")
        sys.dont_write_bytecode, sys.pycache_prefix = False, kept
        os.environ.setdefault("PYTHONPYCACHEPREFIX", kept)
    for name in [name for name in os.environ if name.startswith("LIPEI_") and name not in KEPT_SETTINGS]:
        del os.environ[name]
    folder = Path(tempfile.mkdtemp(prefix="lipei-tests-"))
    _folders.append(folder)
    os.environ["LIPEI_VAR_DIR"] = str(folder)
    # Vectors of the knowledge base, named by their content: made by `make train`, a minute's work otherwise.
    vectors = config.rootpath / "var" / "faq"
    if vectors.is_dir():
        shutil.copytree(vectors, folder / "faq")
    # Child processes too: no model hub, no telemetry.
    os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", RASA_TELEMETRY_ENABLED="false")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Give back what `pytest_configure` took."""
    socket.socket.connect = _connect  # type: ignore[method-assign]
    socket.socket.connect_ex = _connect_ex  # type: ignore[method-assign]
    for folder in _folders:
        shutil.rmtree(folder, ignore_errors=True)
    _folders.clear()
