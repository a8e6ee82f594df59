"""Train the baseline, run it and send it the same kind of report as our own stack gets."""

import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx

from evaluation.baseline.project import intents_of, write_project
from evaluation.extras import folder_with
from evaluation.load import WARM_UP_TURNS, Times
from evaluation.memory import memory_of
from evaluation.stack import StackError, free_ports
from lipei.processes import ENGINE_PYTHON, die_with_parent, environment
from lipei.settings import Settings

EPOCHS = 5
READY_SECONDS = 180.0
REPORT = (
    "我要报案，车子追尾了", "昨天下午三点", "北京市朝阳区建国路88号", "追尾了前面的车", "没有人受伤", "大概三千五",
    "13800138001", "理赔一般要多久？", "谢谢",
)  # fmt: skip


class Bare:
    """One customer of the baseline over Rasa's REST channel."""

    def __init__(self, base_url: str) -> None:
        self._http = httpx.Client(base_url=base_url, timeout=30, trust_env=False)
        self._words = cycle(REPORT)
        self._sender = ""

    def turn(self, times: Times) -> None:
        """Say the next sentence; each report is a new conversation."""
        text = next(self._words)
        if text == REPORT[0]:
            self._sender = uuid.uuid4().hex
        started = time.perf_counter()
        try:
            response = self._http.post("/webhooks/rest/webhook", json={"sender": self._sender, "message": text})
            response.raise_for_status()
        except httpx.HTTPError as error:
            times.errors.append(str(error))
            return
        times.seconds.append(time.perf_counter() - started)
        times.silent += not response.json()


def measure_baseline(settings: Settings, *, turns: int, customers: int, pause: float, seconds: float) -> dict[str, Any]:
    """The same figures as our own: single, many, memory_mb. Raises StackError."""
    with tempfile.TemporaryDirectory(prefix="lipei-baseline-") as name:
        folder = Path(name) / "project"
        nlu = settings.root / "data" / "nlu"
        write_project(folder, nlu, intents_of(nlu), EPOCHS)
        values = {
            **environment(settings),
            "PYTHONPATH": str(folder_with(settings, "jieba")),
            "RASA_MAX_CACHE_SIZE": "0",
        }
        engine_port, actions_port = free_ports(2)
        endpoint = f'action_endpoint:\n  url: "http://127.0.0.1:{actions_port}/webhook"\n'
        (folder / "endpoints.yml").write_text(endpoint, encoding="utf-8")
        rasa = [str(settings.root / ENGINE_PYTHON), "-m", "rasa"]
        _train(rasa, folder, values)
        engine = [*rasa, "run", "--interface", "127.0.0.1", "--port", str(engine_port)]
        actions = [sys.executable, "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)]
        with _running([engine, actions], folder, values, f"http://127.0.0.1:{engine_port}") as pids:
            url = f"http://127.0.0.1:{engine_port}"
            single, many = _single(url, turns), _many(url, customers, pause, seconds)
            memory = memory_of(pids)
    return {
        "single": single.figures(),
        "many": {"customers": customers, "pause_s": pause, **many.figures()},
        "memory_mb": {"all": round(memory.pss_mb)},
        "memory_rss_mb": round(memory.rss_mb),
        "diet_epochs": EPOCHS,
    }


def _single(url: str, turns: int) -> Times:
    customer, times = Bare(url), Times()
    for _ in range(WARM_UP_TURNS):
        customer.turn(Times())
    for _ in range(turns):
        customer.turn(times)
    return times


def _many(url: str, customers: int, pause: float, seconds: float) -> Times:
    times = Times()
    end = time.monotonic() + seconds

    def live(number: int) -> None:
        time.sleep(pause * number / customers)
        customer = Bare(url)
        while time.monotonic() < end:
            customer.turn(times)
            time.sleep(pause)

    threads = [threading.Thread(target=live, args=[number]) for number in range(customers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _train(rasa: list[str], folder: Path, values: dict[str, str]) -> None:
    done = subprocess.run([*rasa, "train"], cwd=folder, env=values, capture_output=True, text=True)
    if done.returncode != 0:
        raise StackError(f"the baseline could not be trained:\n{(done.stdout + done.stderr)[-2000:]}")


@contextmanager
def _running(commands: list[list[str]], folder: Path, values: dict[str, str], url: str) -> Iterator[list[int]]:
    """The processes, once the engine has loaded its model; ended afterwards."""
    processes = [
        subprocess.Popen(
            command, cwd=folder, env=values, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            preexec_fn=die_with_parent(),
        )
        for command in commands
    ]  # fmt: skip
    try:
        deadline = time.monotonic() + READY_SECONDS
        while not _ready(url):
            if any(process.poll() is not None for process in processes) or time.monotonic() > deadline:
                raise StackError("the baseline did not start")
            time.sleep(0.3)
        yield [process.pid for process in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait()


def _ready(url: str) -> bool:
    try:
        return httpx.get(url, timeout=2, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False
