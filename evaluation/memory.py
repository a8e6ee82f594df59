"""Memory and processor time of processes and everything they started, from Linux's /proc."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PROC = Path("/proc")


@dataclass(frozen=True)
class Memory:
    """Megabytes (10^6). rss counts shared pages once a process, pss splits them among those that share."""

    rss_mb: float
    pss_mb: float


def family(pids: Iterable[int]) -> set[int]:
    """These processes and all their descendants."""
    parents: dict[int, int] = {}
    for folder in PROC.iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue  # ended since it was listed
            parents[int(folder.name)] = int(fields[1])
    found = set(pids)
    grown = True
    while grown:
        children = {pid for pid, parent in parents.items() if parent in found} - found
        found |= children
        grown = bool(children)
    return found


def memory_of(pids: Iterable[int]) -> Memory:
    """Sum over the processes and their descendants; a process that has ended counts nothing."""
    rss = pss = 0.0
    for pid in family(pids):
        try:
            lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines if line.endswith("kB")}
        rss += kilobytes.get("Rss", 0)
        pss += kilobytes.get("Pss", 0)
    return Memory(rss * 1024 / 1e6, pss * 1024 / 1e6)


def processor_seconds(pids: Iterable[int]) -> float:
    """Processor time, user and system, that the processes and their living descendants have used so far."""
    ticks = 0
    for pid in family(pids):
        try:
            fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
