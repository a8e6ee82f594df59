"""`make setup`: both environments, made side by side, left alone when their lock files have not changed.

Standard library only. `--dev` adds what tests and linters need.
"""

import fcntl
import sys
import threading
import time
from pathlib import Path

from environment import Environment, SetupFailed
from pythons import APP_VERSION, NO_ENGINE_PYTHON, find_engine_python

ROOT = Path(__file__).resolve().parents[1]


def environments(dev):
    """The app's and the engine's environment. Raises SetupFailed when an interpreter is missing."""
    if sys.version_info[:2] < APP_VERSION:
        raise SetupFailed(
            f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}. "
            "Install it, or name it: make PYTHON=/path/to/python3.11 …"
        )
    engine_python = find_engine_python()
    if engine_python is None:
        raise SetupFailed(NO_ENGINE_PYTHON)
    logs = ROOT / "var" / "log"
    locks = [ROOT / "requirements.txt"]
    dev_lock = ROOT / "requirements-dev.txt"
    app = ROOT / ".venv"
    # An environment that has the test tools keeps them: `make demo` after `make test` has nothing to do.
    if dev or (app / ".lipei-dev").exists():
        locks.append(dev_lock)
    return [
        Environment("app", app, sys.executable, locks, logs / "setup-app.log", project=ROOT),
        Environment(
            "engine",
            ROOT / "bot" / ".venv",
            engine_python,
            [ROOT / "bot" / "requirements.txt"],
            logs / "setup-engine.log",
            whole=True,
        ),
    ]


def make_all(waiting):
    """Make these environments at the same time; returns the sentences of those that failed."""
    failures = []

    def make(environment):
        try:
            environment.make()
        except SetupFailed as failure:
            failures.append(str(failure))
        except OSError as failure:
            failures.append(f"The {environment.name} environment could not be set up: {failure}.")

    threads = [threading.Thread(target=make, args=[environment]) for environment in waiting]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def main():
    """Exit code 0 when both environments are ready."""
    dev = "--dev" in sys.argv[1:]
    (ROOT / "var").mkdir(exist_ok=True)
    with (ROOT / "var" / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two `make` at once: the second waits, then finds all done
        try:
            waiting = [environment for environment in environments(dev) if not environment.is_ready()]
        except SetupFailed as failure:
            return f"lipei: {failure}"
        if not waiting:
            return 0
        started = time.monotonic()
        print(f"Setting up {' and '.join(each.name for each in waiting)} (once; a few minutes)", flush=True)
        failures = make_all(waiting)
        if failures:
            return "\n".join(f"lipei: {failure}" for failure in failures)
        if dev:
            (ROOT / ".venv" / ".lipei-dev").touch()
        print(f"Set up in {time.monotonic() - started:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
