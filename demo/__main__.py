"""Make the training copy, unless it is there already:

    DEMO=true python -m demo [--fresh]

`--fresh` empties its database first. `make demo` does this and serves the copy.
"""

import argparse
import os
import sys
import time
from pathlib import Path

import django


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo")
    parser.add_argument("--fresh", action="store_true", help="empty the database of the copy first")
    fresh = parser.parse_args().fresh
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
    django.setup()
    from django.conf import settings

    if not settings.DEMO:
        sys.exit("DEMO is off, so this is the true site. The copy is made by `make demo`.")
    _prepare(fresh)


def _prepare(fresh: bool) -> None:
    from django.core.management import call_command
    from django.db import connection

    from demo.building import NotEmpty, build

    if fresh and connection.vendor == "sqlite":
        _remove(Path(connection.settings_dict["NAME"]))
    call_command("migrate", verbosity=0)
    if fresh and connection.vendor != "sqlite":
        call_command("flush", interactive=False, verbosity=0)
    start = time.monotonic()
    print("Looking for the demonstration. To make it takes a minute …", flush=True)
    try:
        records = build()
    except NotEmpty:
        print("The demonstration is there and stays as it is. Anew: make demo FRESH=1")
    else:
        print(f"The demonstration: {records} records in {time.monotonic() - start:.0f} s")


def _remove(file: Path) -> None:
    """The file with what SQLite keeps beside it."""
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
