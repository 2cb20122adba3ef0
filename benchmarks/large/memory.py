"""What this process holds in memory, as Linux tells it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.memory import STATUS, own_most_memory

_RESET = Path("/proc/self/clear_refs")
_PEAK = "5"  # proc_pid_clear_refs(5): forget the most that was ever taken


@dataclass
class Most:
    mebibytes: int = 0


@contextmanager
def most_since() -> Iterator[Most]:
    """The most that the process took within the block, where the system forgets what was before."""
    if _RESET.exists():
        _RESET.write_text(_PEAK)
    most = Most()
    yield most
    most.mebibytes = own_most_memory()


def in_mebibytes(name: str) -> int:
    """A line of /proc/self/status; 0 where there is none."""
    if not STATUS.exists():
        return 0
    lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
    return int(lines[name].split()[0]) // 2**10
