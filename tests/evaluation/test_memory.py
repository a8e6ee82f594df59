import os

from evaluation.memory import memory_of, processor_seconds


def test_processor_time_is_the_system_s_own_figure() -> None:
    before = os.times()
    sum(n * n for n in range(2_000_000))
    found = processor_seconds([os.getpid()])
    after = os.times()
    tick = 1 / os.sysconf("SC_CLK_TCK")
    assert before.user + before.system - 2 * tick <= found <= after.user + after.system + 2 * tick


def test_a_process_shares_no_more_than_it_has() -> None:
    memory = memory_of([os.getpid()])
    assert 0 < memory.pss_mb <= memory.rss_mb
