"""Fills the database of DATABASE_URL: `python -m benchmarks.large.fill --rows N FILE`.

In a process of its own, so that what filling took does not count as memory of the site.
"""

import argparse
import json
import os
import sys
import time
from pathlib import Path

from django.core.management import call_command

from benchmarks.large.progress import Bar
from benchmarks.large.statistics import in_milliseconds
from benchmarks.measure import analyze, start_django


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large.fill")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("file", type=Path, help="where the result is written")
    options = parser.parse_args(arguments)
    start_django()
    options.file.write_text(json.dumps(filled(options.rows)))


def filled(rows: int) -> list[dict]:
    """Fill the database, unless that was done before. Raises SystemExit on other data."""
    from django.db import connection

    from benchmarks.large.filling import fill
    from initiatives.models import Initiative

    call_command("migrate", verbosity=0)
    present = Initiative.objects.count()
    if present not in (0, rows):
        raise SystemExit(f"The database has {present:,} initiatives; give an empty one.")
    if present:
        print(f"  {present:,} records are there from an earlier run", flush=True)
        return []
    wall, cpu = time.perf_counter(), _of_processors()
    fill(rows, reached=Bar(rows, "records").reached)
    analyze()
    took = in_milliseconds((time.perf_counter() - wall) * 1000 / rows)
    of_processors = in_milliseconds((_of_processors() - cpu) * 1000 / rows)
    times = {"median_ms": took, "p95_ms": took, "cpu_ms": of_processors, "queries": None}
    name = {"name": "fill, 1,000 records", "database": connection.vendor, "rows": rows}
    return [name | times | {"runs": 1}]


def _of_processors() -> float:
    """Seconds of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main(sys.argv[1:])
