"""Filled SQLite files, kept for the next run by the number of their records and by the code."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.large.chance import SEED

ROOT = Path(__file__).resolve().parents[2]
PLACE = ROOT / "benchmarks" / ".cache"
# What says which rows a database of so many records has, and how they are stored.
_SOURCES = (
    "benchmarks/*.py",
    "benchmarks/large/*.py",
    "initiatives/migrations/*.py",
    "initiatives/editions/*.py",
    "initiatives/editions/search/documents.py",
    "initiatives/text/folding.py",
)
# These only measure.
_MEASURING = frozenset(
    "__main__ cases datasette_peer filled_files load measure memory peers progress ready report "
    "results serving statistics timing urls".split()
)


def digest() -> str:
    """Of all that the content of a filled database depends on."""
    found = hashlib.sha256(f"{SEED}\n".encode())
    for pattern in _SOURCES:
        for file in sorted(ROOT.glob(pattern)):
            if file.stem not in _MEASURING:
                found.update(f"{file.relative_to(ROOT)}\n".encode())
                found.update(file.read_bytes())
    return found.hexdigest()[:12]


def filled(rows: int, place: Path = PLACE) -> tuple[Path, Path]:
    """A database of so many records, and what filling it took as JSON.

    It is filled unless that was done before; then it has a name of its own until all is written,
    and those of the same size that other code has filled are removed, since they are large.
    Raises CalledProcessError if it cannot be filled.
    """
    place.mkdir(parents=True, exist_ok=True)
    name = f"tracker-{rows}-{digest()}"
    database, figures = (place.resolve() / f"{name}.{end}" for end in ("sqlite3", "json"))
    if database.exists() and figures.exists():
        print(f"  {database} is there from an earlier run", flush=True)
        return database, figures
    for older in place.glob(f"tracker-{rows}-*"):
        older.unlink()
    part = database.with_suffix(".part")
    fill = [sys.executable, "-m", "benchmarks.large.fill", "--rows", str(rows), str(figures)]
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{part}"}
    subprocess.run(fill, env=environment, cwd=ROOT, check=True)
    part.rename(database)
    return database, figures
