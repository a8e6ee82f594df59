"""A whole stack of its own: real engine, actions, gateway and desk on free ports with a fresh demo database.

Used by `lipei eval` and by the tests. Processes can be killed and started again one by one.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx

from evaluation.snapshot import restore, take
from lipei.processes import Process, die_with_parent, environment, load_processes
from lipei.settings import PROJECT_ROOT, Settings
from lipei.training import model_path

READY_SECONDS = 240.0


class StackError(RuntimeError):
    """The stack could not be started. The message says what is missing or quotes a log."""


def free_ports(count: int) -> list[int]:
    """Ports that were free a moment ago, all different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


class Stack:
    """The processes of the Procfile with everything they write below `folder`.

    `more` are further environment variables for every process. outreach: whether we also speak up of our own accord,
    which most measures would stumble over. Use as a context manager, or start() and stop().
    """

    def __init__(
        self,
        folder: Path,
        *,
        database_url: str | None = None,
        more: dict[str, str] | None = None,
        outreach: bool = False,
    ) -> None:
        engine, actions, gateway, desk = free_ports(4)
        folder = folder.absolute()
        (folder / "log").mkdir(parents=True, exist_ok=True)
        self.settings = Settings(
            var_dir=folder,
            key_file=folder / "keys" / "data.key",
            attachments_dir=folder / "attachments",
            database_url=database_url or f"sqlite:///{folder}/lipei.db",
            engine_url=f"http://127.0.0.1:{engine}",
            actions_port=actions,
            gateway_host="127.0.0.1",
            gateway_port=gateway,
            desk_port=desk,
            public_url=f"http://127.0.0.1:{gateway}",
            demo=True,
            # Model and vectors of the knowledge base are not this stack's own: the project's are used again.
            faq_dir=PROJECT_ROOT / "var" / "faq",
        )
        self.model = model_path(Settings(var_dir=self.settings.root / "var"))
        self.values = {**environment(self.settings, self.model), **(more or {})}
        self.processes: dict[str, Process] = {
            each.name: each for each in load_processes(self.settings) if outreach or each.name != "outreach"
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.staff_token = ""
        self._die_with_us = die_with_parent()

    @property
    def chat_url(self) -> str:
        """Address of the gateway."""
        return self.settings.public_url

    @property
    def staff_url(self) -> str:
        """Address of the desk."""
        return f"http://127.0.0.1:{self.settings.desk_port}"

    def start(self) -> "Stack":
        """Prepare the database, start every process and wait until all answer. Raises StackError."""
        if not self.model.exists():
            raise StackError("there is no trained model of the present files. Run: make train")
        # Vectors of the knowledge base take a minute to make and are the same for every stack.
        vectors = self.settings.root / "var" / "faq"
        if vectors.is_dir():
            shutil.copytree(vectors, self.settings.var_dir / "faq", dirs_exist_ok=True)
        self._lipei("seed", "--demo")
        self.staff_token = self._lipei("staff", "token", "supervisor01").split()[-1]
        if self.settings.database_url.startswith("sqlite:///"):
            take(self._database_file(), self._snapshot_file)
        for name in self.processes:
            self.launch(name)
        try:
            for name in self.processes:
                self.wait_ready(name)
        except StackError:
            self.stop()
            raise
        return self

    def _lipei(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "lipei", *arguments]
        done = subprocess.run(command, cwd=self.settings.root, env=self.values, capture_output=True, text=True)
        if done.returncode != 0:
            raise StackError(f"lipei {' '.join(arguments)}: {(done.stderr or done.stdout).strip()[-2000:]}")
        return done.stdout

    def launch(self, name: str) -> None:
        """Start one process without waiting for it."""
        with self.log_path(name).open("ab") as log:
            self.running[name] = subprocess.Popen(
                self.processes[name].command_line(self.values),
                cwd=self.settings.root,
                env=self.values,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=self._die_with_us,
            )

    def wait_ready(self, name: str, seconds: float = READY_SECONDS) -> None:
        """Return once the process answers, if it serves anything. Raises StackError when it ended or stays silent."""
        if not self.processes[name].ready_url:
            return
        deadline = time.monotonic() + seconds
        while True:
            try:
                if httpx.get(self.processes[name].ready_url, timeout=2, trust_env=False).status_code < 500:
                    return
            except httpx.HTTPError:
                pass
            code = self.running[name].poll()
            if code is not None or time.monotonic() > deadline:
                what = f"ended with code {code}" if code is not None else f"did not answer within {seconds:.0f} s"
                raise StackError(f"{name} {what}:\n{self.log(name)[-3000:]}")
            time.sleep(0.1)

    def kill(self, name: str) -> None:
        """kill -9 the process and everything it started, and wait until it is gone."""
        process = self.running[name]
        self._signal(process, signal.SIGKILL)
        process.wait()

    def restart(self, name: str) -> None:
        """Start a killed process again and wait until it answers."""
        self.launch(name)
        self.wait_ready(name)

    def stop(self) -> None:
        """End every process; those that do not end by themselves within 10 s are killed."""
        for process in self.running.values():
            self._signal(process, signal.SIGTERM)
        for process in self.running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            self._signal(process, signal.SIGKILL)
            process.wait()
        self.running.clear()

    @staticmethod
    def _signal(process: subprocess.Popen[bytes], number: int) -> None:
        try:
            os.killpg(process.pid, number)
        except ProcessLookupError:
            return

    def log_path(self, name: str) -> Path:
        """Where the process writes what it prints."""
        return self.settings.var_dir / "log" / f"{name}.log"

    def log(self, name: str) -> str:
        """What the process has printed so far."""
        path = self.log_path(name)
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def __enter__(self) -> "Stack":
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def reset(self) -> None:
        """Back to the freshly seeded database while the processes run, so that scripts cannot disturb each other."""
        restore(self._database_file(), self._snapshot_file)

    @property
    def _snapshot_file(self) -> Path:
        return self.settings.var_dir / "seeded.db"

    def _database_file(self) -> Path:
        url = self.settings.database_url
        if not url.startswith("sqlite:///"):
            raise StackError("a stack is set back on SQLite only")
        return Path(url.removeprefix("sqlite:///"))
