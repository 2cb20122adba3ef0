"""How much memory an import takes: `python -m benchmarks.memory FILE` imports and tells it.

In a process of its own, since a process never forgets the most that it ever took.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import start_django

STATUS = Path("/proc/self/status")


def most_memory(file: Path) -> int:
    """MiB that another process takes at most while it imports `file` into this database."""
    command = [sys.executable, "-m", "benchmarks.memory", str(file)]
    return int(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main(file: str) -> None:
    start_django()
    from django.core.management import call_command

    with Path(os.devnull).open("w") as nowhere:
        call_command("import_initiatives", file, "--apply", stdout=nowhere)
    print(own_most_memory())


def own_most_memory() -> int:
    """MiB that this process took at most.

    Where Linux tells it, not by `getrusage`, which there counts what the parent took as well.
    """
    if STATUS.exists():
        lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) // 2**10
    in_a_mebibyte = 2**20 if sys.platform == "darwin" else 2**10  # bytes there, else KiB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // in_a_mebibyte


if __name__ == "__main__":
    main(*sys.argv[1:])
