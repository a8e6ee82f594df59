import os
import subprocess
import sys

import pytest

from evaluation.memory import memory_of, processor_seconds

#: Works for a while, tells how long, and waits: a process of its own, since this one may have children at work.
WORKER = (
    "import os, sys; sum(n * n for n in range(2_000_000)); t = os.times(); print(t.user + t.system, flush=True); "
    "sys.stdin.read()"
)


def test_processor_time_is_the_system_s_own_figure() -> None:
    command = [sys.executable, "-c", WORKER]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        told = float(worker.stdout.readline())
        found = processor_seconds([worker.pid])
        worker.communicate()
    assert found == pytest.approx(told, abs=5 / os.sysconf("SC_CLK_TCK"))


def test_a_process_shares_no_more_than_it_has() -> None:
    memory = memory_of([os.getpid()])
    assert 0 < memory.pss_mb <= memory.rss_mb
