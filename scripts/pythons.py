"""Finding the two interpreters Lipei runs on. Standard library only: runs before any environment exists."""

import os
import shutil
import subprocess
from pathlib import Path

APP_VERSION = (3, 11)
ENGINE_VERSION = (3, 10)

NO_ENGINE_PYTHON = (
    "Python 3.10 was not found: Rasa 3.6 needs it. Install it (for example with `pyenv install 3.10`) "
    "or set LIPEI_PYTHON310 to its path, then run this again."
)


def version_of(python):
    """(major, minor) that this interpreter reports, or None when it does not run.

    Asking is the only safe way: a pyenv shim named python3.10 exists on PATH and fails when started.
    """
    try:
        done = subprocess.run(
            [str(python), "-c", "import sys; print(*sys.version_info[:2])"],
            capture_output=True,
            text=True,
            timeout=30,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    words = done.stdout.split()
    return (int(words[0]), int(words[1])) if done.returncode == 0 and len(words) == 2 else None


def find_engine_python():
    """Path of a working Python 3.10, or None. LIPEI_PYTHON310 wins, then PATH, then pyenv's versions."""
    named = os.environ.get("LIPEI_PYTHON310")
    if named:
        return named if version_of(named) == ENGINE_VERSION else None
    on_path = shutil.which("python3.10")
    candidates = [on_path] if on_path else []
    candidates += sorted((_pyenv_root() / "versions").glob("3.10.*/bin/python3.10"), reverse=True)
    return next((str(python) for python in candidates if version_of(python) == ENGINE_VERSION), None)


def _pyenv_root():
    root = os.environ.get("PYENV_ROOT")
    return Path(root) if root else Path.home() / ".pyenv"
