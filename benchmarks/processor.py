"""Processor time that a server took, and its share of the machine: from /proc, so of Linux."""

import os
from pathlib import Path
from typing import NamedTuple

_TICK = os.sysconf("SC_CLK_TCK")
_IDLE = (3, 4)  # of the first line of /proc/stat: idle, and waiting for a disk


class Spent(NamedTuple):
    """Seconds of processors up to now: of the server, of the whole machine, and all there were."""

    server: float
    machine: float
    there: float

    def since(self, before: "Spent") -> "Spent":
        return Spent(*(now - then for now, then in zip(self, before, strict=True)))

    def told(self, answers: int) -> str:
        mine, others = (part / self.there for part in (self.server, self.machine - self.server))
        return (
            f"processor: {self.server / max(1, answers) * 1000:.1f} ms an answer; the server had "
            f"{mine:.0%} of the machine, all others {others:.0%}"
        )


def spent(master: int, workers: set[str]) -> Spent:
    """Of the process `master`, of what it waited for, and of its `workers`."""
    server = sum(_of(str(master))[:4]) + sum(sum(_of(one)[:2]) for one in workers)
    ticks = [int(part) for part in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    idle = sum(ticks[place] for place in _IDLE)
    return Spent(server / _TICK, (sum(ticks) - idle) / _TICK, sum(ticks) / _TICK)


def _of(process: str) -> list[int]:
    """Ticks of the process and of its ended children: user, system, user, system."""
    stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return [int(part) for part in stat[11:15]]
