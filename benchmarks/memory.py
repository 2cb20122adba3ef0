"""How much memory an import takes: `python -m benchmarks.memory FILE` imports and tells it.

In a process of its own, since a process never forgets the most that it ever took.
"""

import os
import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import start_django

# Linux counts in KiB, macOS in bytes.
IN_A_MEBIBYTE = 2**20 if sys.platform == "darwin" else 2**10


def most_memory(file: Path) -> int:
    """MiB that another process takes at most while it imports `file` into this database."""
    command = [sys.executable, "-m", "benchmarks.memory", str(file)]
    return int(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def main(file: str) -> None:
    start_django()
    from django.core.management import call_command

    with Path(os.devnull).open("w") as nowhere:
        call_command("import_initiatives", file, "--apply", stdout=nowhere)
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // IN_A_MEBIBYTE)


if __name__ == "__main__":
    main(*sys.argv[1:])
