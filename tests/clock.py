"""Run a command as if it were another instant, to show that no test depends on hour, day or zone.

    python -m tests.clock 2028-02-29T23:59Z -- pytest -q -m 'not browser'

The clock goes on from there, for the command and for all that it starts. TZ is left as it is, so
that the machine's zone can be chosen as well. Needs libfaketime (Debian: apt install faketime).
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

LIBRARIES = "/usr/lib/*/faketime/libfaketimeMT.so.1"
CURE = "libfaketime is not installed (Debian: apt install faketime)"


def main(arguments: list[str]) -> None:
    if len(arguments) < 3 or arguments[1] != "--":
        raise SystemExit("usage: python -m tests.clock INSTANT -- COMMAND [ARGUMENT…]")
    library = next(iter(sorted(Path("/").glob(LIBRARIES.lstrip("/")))), None)
    if library is None:
        raise SystemExit(CURE)
    instant, command = datetime.fromisoformat(arguments[0]), arguments[2:]
    os.execvpe(command[0], command, os.environ | environment(library, instant))


def environment(library: Path, instant: datetime) -> dict[str, str]:
    """What libfaketime reads: seconds from now. Waiting and the stamps of files are true."""
    ahead = round((instant - datetime.now(UTC)).total_seconds())
    return {
        "LD_PRELOAD": str(library),
        "FAKETIME": f"{ahead:+}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
    }


if __name__ == "__main__":
    main(sys.argv[1:])
