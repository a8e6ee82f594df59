"""Running the processes side by side: started in order, restarted when one dies, all stopped together.

A small supervisor of our own, since the usual Procfile runners stop everything when one process dies, and here
one that died is to be restarted so that the rest keeps serving. Each process leads its own process group: Ctrl-C
reaches only the supervisor, which then ends every group, children included.
"""

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from lipei.processes import Process, die_with_parent

STOP_SECONDS = 10.0
STEADY_SECONDS = 60.0
LONGEST_PAUSE = 30.0
LONGEST_LINE = 2**20
COLOURS = {"engine": 36, "actions": 33, "gateway": 32, "desk": 35, "outreach": 31, "phone": 34}


class NotReady(RuntimeError):
    """A process did not answer in time. The message names it and its log."""


class Supervisor:
    """Runs `processes` until `stop()`; `say` prints one line for a person."""

    def __init__(
        self, processes: list[Process], values: dict[str, str], root: Path, logs: Path, say: Callable[[str], None]
    ):
        self.processes, self.values, self.root, self.logs, self.say = processes, values, root, logs, say
        self.stopping = asyncio.Event()
        self.running: dict[str, asyncio.subprocess.Process] = {}
        self.show_output = True
        self._showing = False  # a start would fill the screen with what nobody needs; the logs have it
        self._die_with_us = die_with_parent()

    async def run(self, on_ready: Callable[[], None], ready_seconds: float = 120.0) -> None:
        """Start everything, call `on_ready` once all answer, then keep it running until `stop()`.

        Raises NotReady (after stopping everything) when a process does not answer within `ready_seconds`.
        """
        self.logs.mkdir(parents=True, exist_ok=True)
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self.stop)
        keepers = [asyncio.create_task(self._keep(process)) for process in self.processes]
        try:
            await self._until_ready(ready_seconds)
            if not self.stopping.is_set():
                on_ready()
                self._showing = self.show_output
            await self.stopping.wait()
        finally:
            self.stopping.set()
            await asyncio.gather(*(self._end(name) for name in list(self.running)))
            await asyncio.gather(*keepers)

    def stop(self) -> None:
        """Begin to stop; `run` returns when every process is gone. Safe to call more than once."""
        if not self.stopping.is_set():
            self.say("stopping …")
            self.stopping.set()

    async def _keep(self, process: Process) -> None:
        """Run one process again and again, with growing pauses while it keeps dying."""
        pause = 0.5
        while not self.stopping.is_set():
            started = time.monotonic()
            code = await self._once(process)
            if self.stopping.is_set():
                return
            pause = 1.0 if time.monotonic() - started > STEADY_SECONDS else min(pause * 2, LONGEST_PAUSE)
            self.say(f"{process.name} ended with code {code}; starting it again in {pause:.0f} s")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.stopping.wait(), pause)

    async def _once(self, process: Process) -> int:
        # A pipe of our own: asyncio's would count the process as running while a child of it still holds the pipe.
        reading, writing = os.pipe()
        try:
            child = await asyncio.create_subprocess_exec(
                *process.command_line(self.values),
                cwd=self.root,
                env=self.values,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=writing,
                stderr=writing,
                start_new_session=True,
                preexec_fn=self._die_with_us,
            )
        except OSError as error:
            os.close(reading)
            self.say(f"{process.name} cannot be started: {error}")
            return 127
        finally:
            os.close(writing)
        self.running[process.name] = child
        copying = asyncio.create_task(self._copy_output(process.name, reading))
        code = await child.wait()
        # What the process started and left behind goes with it, or its port and its output would stay taken.
        _signal_group(child.pid, signal.SIGKILL)
        await copying
        self.running.pop(process.name, None)
        return code

    async def _copy_output(self, name: str, descriptor: int) -> None:
        stream = asyncio.StreamReader(limit=LONGEST_LINE)
        with os.fdopen(descriptor, "rb", 0) as pipe, (self.logs / f"{name}.log").open("ab") as log:
            loop = asyncio.get_running_loop()
            await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(stream), pipe)
            while line := await _line(stream):
                log.write(line)
                log.flush()
                if self._showing:
                    self._show(name, line)

    def _show(self, name: str, line: bytes) -> None:
        label = f"{name:<8}|"
        if sys.stdout.isatty():
            label = f"\033[{COLOURS.get(name, 37)}m{label}\033[0m"
        sys.stdout.write(f"{label} {line.decode(errors='replace').rstrip()}\n")
        sys.stdout.flush()

    async def _end(self, name: str) -> None:
        child = self.running.get(name)
        if child is None:
            return
        _signal_group(child.pid, signal.SIGTERM)
        try:
            await asyncio.wait_for(child.wait(), STOP_SECONDS)
        except TimeoutError:
            _signal_group(child.pid, signal.SIGKILL)
            await child.wait()

    async def _until_ready(self, seconds: float) -> None:
        deadline = time.monotonic() + seconds
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            for process in self.processes:
                if not process.ready_url:
                    continue
                while not await _answers(client, process.ready_url):
                    if self.stopping.is_set():
                        return
                    if time.monotonic() > deadline:
                        log = self.logs / f"{process.name}.log"
                        raise NotReady(f"{process.name} does not answer at {process.ready_url}; its log is {log}")
                    await asyncio.sleep(0.2)
                self.say(f"      {process.name} is ready")


async def _line(stream: asyncio.StreamReader) -> bytes:
    """The next line; a line longer than the buffer comes in parts. Empty at the end."""
    try:
        return await stream.readuntil(b"\n")
    except asyncio.IncompleteReadError as end:
        return end.partial
    except asyncio.LimitOverrunError as overrun:
        return await stream.read(overrun.consumed)


async def _answers(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).status_code < 500
    except httpx.HTTPError:
        return False


def _signal_group(leader: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)
