"""The supervisor with small real processes in place of the product's."""

import asyncio
import contextlib
import os
import signal
import sys
from pathlib import Path

import httpx
import pytest

from evaluation.stack import free_ports
from lipei.processes import Process
from lipei.supervisor import NotReady, Supervisor

SERVER = """
import http.server, os, subprocess, sys
child = subprocess.Popen(["sleep", "600"])
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
        self.wfile.write(f"{os.getpid()} {child.pid}".encode()); self.wfile.flush()
    def log_message(self, *arguments): pass
print("serving", "x" * int(sys.argv[2]))
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def server(port: int, line_length: int = 1) -> Process:
    command = (sys.executable, "-c", SERVER, str(port), str(line_length))
    return Process("gateway", command, "127.0.0.1", port, f"http://127.0.0.1:{port}/")


def supervise(process: Process, folder: Path, said: list[str]) -> Supervisor:
    made = Supervisor([process], {**os.environ, "PYTHONUNBUFFERED": "1"}, folder, folder / "log", said.append)
    made.show_output = False
    return made


async def ask_pids(url: str) -> tuple[int, int]:
    async with httpx.AsyncClient(trust_env=False) as client:
        while True:
            with contextlib.suppress(httpx.HTTPError):
                own, child = (await client.get(url)).text.split()
                return int(own), int(child)
            await asyncio.sleep(0.05)


def is_running(pid: int) -> bool:
    """Running, and not merely waiting to be collected by whoever started it."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


async def until(condition, seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.05)


async def test_a_process_that_dies_is_started_again_and_its_children_go_with_it(tmp_path: Path) -> None:
    said: list[str] = []
    process = server(free_ports(1)[0])
    supervisor = supervise(process, tmp_path, said)
    ready = asyncio.Event()
    running = asyncio.create_task(supervisor.run(ready.set))
    async with asyncio.timeout(60):
        await ready.wait()
        own, child = await ask_pids(process.ready_url)
        os.kill(own, signal.SIGKILL)
        await until(lambda: not is_running(child))
        again, new_child = await ask_pids(process.ready_url)
        supervisor.stop()
        await running
    assert again != own
    assert any("starting it again" in line for line in said)
    await until(lambda: not is_running(again) and not is_running(new_child))


async def test_ctrl_c_stops_everything_and_may_come_twice(tmp_path: Path) -> None:
    process = server(free_ports(1)[0])
    supervisor = supervise(process, tmp_path, [])
    ready = asyncio.Event()
    running = asyncio.create_task(supervisor.run(ready.set))
    async with asyncio.timeout(60):
        await ready.wait()
        own, child = await ask_pids(process.ready_url)
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        await running
    await until(lambda: not is_running(own) and not is_running(child))


async def test_a_line_of_any_length_reaches_the_log(tmp_path: Path) -> None:
    length = 3_000_000
    process = server(free_ports(1)[0], length)
    supervisor = supervise(process, tmp_path, [])
    ready = asyncio.Event()
    running = asyncio.create_task(supervisor.run(ready.set))
    log = tmp_path / "log" / "gateway.log"
    async with asyncio.timeout(60):
        await ready.wait()
        await until(lambda: log.stat().st_size > length)
        supervisor.stop()
        await running
    assert log.read_text().startswith("serving xxx")


async def test_a_silent_process_is_named_and_stopped(tmp_path: Path) -> None:
    port = free_ports(1)[0]
    process = Process(
        "desk", (sys.executable, "-c", "import time; time.sleep(600)"), "127.0.0.1", port, f"http://127.0.0.1:{port}/"
    )
    supervisor = supervise(process, tmp_path, [])
    with pytest.raises(NotReady, match="desk does not answer"):
        await supervisor.run(lambda: None, ready_seconds=0.5)
    assert supervisor.running == {}
