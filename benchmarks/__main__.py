"""Measure pages, files and the import on both databases, and keep the results.

    python -m benchmarks [--rows 10000] [--bulk 2000] [--copies 1] [--databases sqlite,postgresql]

`--bulk` is how many initiatives the measured import brings in, 0 for none. The files of all public
initiatives are measured with those of --rows. With COPY only PostgreSQL can be compared.
With `--copies 10` the pages of the desk are measured once more where each row stands ten times.

Nothing of the tracker's own data is read or written: each database is made for the measurement
and thrown away. benchmarks/results/latest.json has one object a measurement; those of
`make bench-large` stay in it. Where PostgreSQL is
not installed it is left out, except in CI (CI=true), where that is a failure.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import results as results_file
from benchmarks.report import table
from tests.postgres import run, stop_on_signals, without_postgres
from tests.postgres_server import find_programs, temporary_server


def main(arguments: list[str]) -> int:
    """Return the exit code: 0 if every database was measured or may be left out."""
    options = _options(arguments)
    stop_on_signals()
    results, codes = [], []
    with tempfile.TemporaryDirectory(prefix="tracker-bench-") as directory:
        for name in options.databases:
            print(f"{name}: {options.rows:,} initiatives are generated and measured", flush=True)
            file = Path(directory) / f"{name}.json"
            codes.append(DATABASES[name](options, file))
            results += json.loads(file.read_text()) if file.exists() else []
    if results:
        keep(results)
    return max(codes)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("--rows", type=_number, default=10_000, help="initiatives to generate")
    parser.add_argument("--bulk", type=int, default=2_000, help="initiatives to import")
    parser.add_argument("--copies", type=int, default=1, help="of each row, for the desk")
    parser.add_argument(
        "--databases", type=_databases, default=list(DATABASES), help=",".join(DATABASES)
    )
    return parser.parse_args(arguments)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text) < 10:
        raise argparse.ArgumentTypeError(f"{text} is not a number of at least 10")
    return int(text)


def _databases(text: str) -> list[str]:
    names = list(dict.fromkeys(text.split(",")))
    if unknown := [name for name in names if name not in DATABASES]:
        raise argparse.ArgumentTypeError(f"{unknown[0]} is none of {', '.join(DATABASES)}")
    return names


def _measure(options: argparse.Namespace, file: Path, url: str) -> int:
    given = {"--rows": options.rows, "--bulk": options.bulk, "--copies": options.copies}
    numbers = [text for name, number in given.items() for text in (name, str(number))]
    return run([sys.executable, "-m", "benchmarks.measure", *numbers, str(file)], url)


def _on_sqlite(options: argparse.Namespace, file: Path) -> int:
    return _measure(options, file, f"sqlite:///{file.with_suffix('.sqlite3')}")


def _on_postgresql(options: argparse.Namespace, file: Path) -> int:
    programs = find_programs()
    if programs is None:
        return without_postgres()
    with temporary_server(programs) as url:
        return _measure(options, file, url)


DATABASES: dict[str, Callable[[argparse.Namespace, Path], int]] = {
    "sqlite": _on_sqlite,
    "postgresql": _on_postgresql,
}


def keep(results: list[dict]) -> None:
    """Write the results for who asks later, and print them."""
    file = results_file.keep(results, "bench")
    print(table(results))
    print(f"\nKept in {file}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
