"""Train one pipeline, start an engine with it, and ask that engine every sentence."""

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.engine import Parser, private_engine
from evaluation.extras import folder_with
from evaluation.memory import memory_of, processor_seconds
from evaluation.nlu import measure
from evaluation.pipelines.project import Pipeline, Sentence, write_project
from evaluation.reading import Reading
from evaluation.stack import StackError
from lipei.processes import ENGINE_PYTHON, die_with_parent, environment
from lipei.settings import Settings

MODEL = "pipeline"
WARM_UP = "你好"


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and of processor time, which other programs of the machine change less."""

    seconds: float
    processor: float


def measure_pipeline(
    settings: Settings,
    pipeline: Pipeline,
    sentences: Sequence[Sentence],
    rows: list[dict[str, Any]],
    epochs: int,
    kept: Path | None = None,
) -> dict[str, Any]:
    """The figures of evaluation.nlu for `rows`, with training, time and memory. Raises StackError.

    kept: a folder in which embeddings of the training sentences stay from one training to the next. The time of
    training is then left out: one that finds its embeddings made looks quicker than it is.
    """
    with tempfile.TemporaryDirectory(prefix=f"lipei-{pipeline.name}-") as name:
        folder = Path(name)
        more = {"LIPEI_EMBEDDINGS_DIR": str(kept or folder / "embeddings"), "RASA_MAX_CACHE_SIZE": "0"}
        if pipeline.fetch:
            more["PYTHONPATH"] = f"{folder_with(settings, *pipeline.fetch)}{os.pathsep}{settings.root}"
        write_project(folder, pipeline, sentences, epochs)
        training = _train(settings, folder, more)
        with private_engine(settings, folder / f"{MODEL}.tar.gz", more) as engine:
            asked = _ask(engine, rows)
    return {
        "pipeline": pipeline.name,
        "title": pipeline.title,
        "trained_on": len(sentences),
        "training_s": None if kept else round(training.seconds, 1),
        "training_cpu_s": None if kept else round(training.processor, 1),
        **asked,
    }


def _train(settings: Settings, folder: Path, more: dict[str, str]) -> Spent:
    """`rasa train nlu` in the folder, interpreter and imports included."""
    command = [settings.root / ENGINE_PYTHON, "-m", "rasa", "train", "nlu", "--config", "config.yml", "--nlu", "data"]
    command += ["--out", folder, "--fixed-model-name", MODEL]
    started = time.monotonic()
    with (folder / "train.log").open("w") as log:
        process = subprocess.Popen(
            [str(word) for word in command],
            cwd=folder,
            env={**environment(settings), **more},
            stdout=log,
            stderr=subprocess.STDOUT,
            preexec_fn=die_with_parent(),
        )
        # Not process.wait(): only this call also says what the process and its own children have used.
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0 or not (folder / f"{MODEL}.tar.gz").exists():
        last = (folder / "train.log").read_text(errors="replace")[-2000:]
        raise StackError(f"the pipeline could not be trained:\n{last}")
    return Spent(time.monotonic() - started, used.ru_utime + used.ru_stime)


def _ask(engine: Parser, rows: list[dict[str, Any]]) -> dict[str, Any]:
    seconds: list[float] = []

    def read(text: str) -> Reading:
        started = time.perf_counter()
        parsed = engine.parse(text)
        seconds.append(time.perf_counter() - started)
        return Reading.of(parsed)

    engine.parse(WARM_UP)
    before = processor_seconds([engine.pid])
    figures = measure(rows, read)
    used = processor_seconds([engine.pid]) - before
    memory = memory_of([engine.pid])
    return {
        **figures,
        "ms": round(1000 * statistics.median(seconds), 1),
        "cpu_ms": round(1000 * used / len(rows), 1),
        "rss_mb": round(memory.rss_mb),
        "pss_mb": round(memory.pss_mb),
    }
