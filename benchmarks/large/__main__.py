"""Measure the public side with many records on both databases, and keep the results.

    python -m benchmarks.large [--rows 10000,100000,1000000] [--databases sqlite,postgresql]
        [--directory DIR] [--postgresql URL] [--rounds 9] [--limit 20] [--no-requests]

The SQLite files are filled once: they stay in benchmarks/.cache, or in DIR, and are used again
until the code that fills them changes. A million records take 20 GB on each database.
Without --postgresql a server is started where PostgreSQL is installed, and thrown away afterwards;
with it an empty database of your own is filled and stays.

benchmarks/results/latest.json has one object a measurement; docs/benchmarks.md says what they mean.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from benchmarks.large.filled_files import PLACE, filled
from benchmarks.large.report import RUN, table, write_document
from benchmarks.large.serving import measure_requests
from benchmarks.results import keep

SIZES = "10000,100000,1000000"
DATABASES = ("sqlite", "postgresql")
LEAST = 100


def main(arguments: list[str]) -> int:
    """Return the exit code: 0 if all was measured that this machine can measure."""
    options = _options(arguments)
    results, failed = [], 0
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as directory:
        for name, rows, command, url in _runs(options):
            file = Path(directory) / f"{name}-{rows}.json"
            environment = os.environ | ({"DATABASE_URL": url} if url else {})
            failed += bool(subprocess.run([*command, str(file)], env=environment).returncode)
            if file.exists():
                results += json.loads(file.read_text())
                keep(results, RUN)
            else:
                print(f"  {name} with {rows:,} records was not measured", flush=True)
        if options.requests:
            results += measure_requests(Path(directory))
    if results:
        print(
            f"\nKept in {keep(results, 'bench-large')} and in {write_document()}\n{table(results)}"
        )
    return 1 if failed else 0


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large")
    parser.add_argument("--rows", type=_sizes, default=_sizes(SIZES), help=SIZES)
    parser.add_argument(
        "--databases", type=_databases, default=list(DATABASES), help=",".join(DATABASES)
    )
    parser.add_argument("--directory", type=Path, default=PLACE, help="where SQLite files are kept")
    parser.add_argument("--postgresql", metavar="URL", help="of an empty database of yours")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for each case")
    parser.add_argument("--no-requests", dest="requests", action="store_false")
    options = parser.parse_args(arguments)
    if options.postgresql and len(options.rows) > 1:
        parser.error("one database has one size: give --postgresql with one number of --rows")
    return options


def _sizes(text: str) -> list[int]:
    numbers = text.split(",")
    if not all(one.isascii() and one.isdecimal() and int(one) >= LEAST for one in numbers):
        raise argparse.ArgumentTypeError(f"{text} is not a list of numbers of at least {LEAST}")
    return sorted(map(int, numbers))


def _databases(text: str) -> list[str]:
    names = list(dict.fromkeys(text.split(",")))
    if unknown := [name for name in names if name not in DATABASES]:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(DATABASES)}")
    return names


def _runs(options) -> Iterator[tuple[str, int, list[str], str]]:
    """(database, rows, command without its file, DATABASE_URL unless the command sets it)."""
    for rows, name in product(options.rows, options.databases):
        print(f"{name}: {rows:,} records", flush=True)
        measure = [sys.executable, "-m", "benchmarks.large.measure", "--rows", str(rows)]
        measure += ["--rounds", str(options.rounds), "--limit", str(options.limit)]
        if name == "sqlite":
            database, figures = filled(rows, options.directory)
            measure += ["--filled", str(figures)]
            yield name, rows, measure, f"sqlite:///{database}"
        elif options.postgresql:
            yield name, rows, measure, options.postgresql
        else:
            yield name, rows, [sys.executable, "-m", "tests.postgres", "--", *measure], ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
