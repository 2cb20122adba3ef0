"""Measures the pages on one database: `python -m benchmarks.measure --rows N --bulk N FILE`.

It runs in a process of its own, because the settings are read once in a process. DATABASE_URL names
an empty database; the results are written to FILE as JSON.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

WARM_UP, RUNS = 3, 15
DESK_RUNS = 3  # of some sixty pages
FEW = 100  # initiatives of the first measurement, to which the large one is compared


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.measure")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--bulk", type=int, default=0)
    parser.add_argument("--copies", type=int, default=1)
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    start_django()
    found = measure_database(options.rows)
    if options.copies > 1:
        found += measure_copied(options.rows, options.copies)
    found += measure_long(options.bulk)
    options.file.write_text(json.dumps(found))


def measure_long(bulk: int) -> list[dict]:
    """What is measured once: all files of the site, and the import of `bulk` initiatives."""
    from benchmarks.bulk import measure_bulk, tell_memory
    from benchmarks.exports import measure_exports

    found = measure_exports()
    if bulk:
        found += measure_bulk(bulk)
        tell_memory(bulk)
    return found


def start_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()


def measure_database(rows: int) -> list[dict]:
    """Make the tables, then fill and measure them: with few initiatives and with `rows`."""
    from benchmarks.generate import fill

    call_command("migrate", verbosity=0)
    found = []
    for number in sorted({min(FEW, rows), rows}):
        fill(number)
        analyze()
        found += measure_all(number)
    return found


def measure_copied(rows: int, copies: int) -> list[dict]:
    """The pages of the desk where each of `rows` stands `copies` times."""
    from benchmarks.multiply import multiply

    multiply(copies)
    analyze()
    print(
        f"  measuring the desk with {rows * copies:,} initiatives on {connection.vendor}",
        flush=True,
    )
    return measure_desk(rows * copies)


def analyze() -> None:
    """Let the database look at its data, as PostgreSQL does by itself on a living site."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def measure_all(rows: int) -> list[dict]:
    from benchmarks.pages import measured

    print(f"  measuring with {rows:,} initiatives on {connection.vendor}", flush=True)
    return measure(measured(), rows) + measure_desk(rows)


def measure_desk(rows: int) -> list[dict]:
    """The pages of the desk, which take longer and are more."""
    from benchmarks.desk import measured_desk

    return measure(measured_desk(), rows, runs=DESK_RUNS)


def measure(
    actions: dict[str, Callable[[], object]], rows: int, *, runs: int | None = None
) -> list[dict]:
    """Run the actions in turn, round after round; return one result for each.

    In turn, because what else the machine does at a moment then slows all of them alike, and the
    ratios stay right.
    """
    runs = runs or RUNS
    for _ in range(min(WARM_UP, runs // 2)):
        _round(actions)
    rounds = [_round(actions) for _ in range(runs)]
    return [
        {
            "name": name,
            "database": connection.vendor,
            "rows": rows,
            **_summary([times[name] for times in rounds]),
            "queries": _queries(action),
        }
        for name, action in actions.items()
    ]


def _round(actions: dict[str, Callable[[], object]]) -> dict[str, tuple[float, float]]:
    return {name: _timed(action) for name, action in actions.items()}


def _summary(times: list[tuple[float, float]]) -> dict[str, float]:
    wall, cpu = zip(*times, strict=True)
    highest = statistics.quantiles(wall, n=20, method="inclusive")[-1]
    return {
        "median_ms": round(statistics.median(wall), 3),
        "p95_ms": round(highest, 3),
        "cpu_ms": round(statistics.median(cpu), 3),
    }


def _timed(action: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock and of this process's processors, with the connection as old as
    the settings let it grow between requests."""
    wall, cpu = time.perf_counter(), time.process_time()
    close_old_connections()
    action()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _queries(action: Callable[[], object]) -> int:
    """Counted apart from the measurement, since counting costs time."""
    with CaptureQueriesContext(connection) as queries:
        action()
    return len(queries)


if __name__ == "__main__":
    main(sys.argv[1:])
