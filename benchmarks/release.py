"""The import of new records beside that of an earlier release, `loaddata` and COPY, in turn.

    python -m benchmarks.release 1d5d7f5 [--bulk 1000] [--rounds 3] [--databases sqlite,postgresql]

The release is a commit of this repository; `tests/data/releases` says which are. Both read the same
file, each in a process of its own on a database with the first data. Told are milliseconds of the
processor for a record, PostgreSQL's part among them, of the quickest round. Needs Linux's /proc.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from benchmarks.__main__ import _databases
from tests.postgres import stop_on_signals
from tests.postgres_server import find_programs, temporary_server

ROOT = Path(__file__).resolve().parent.parent
ONCE = Path(__file__).with_name("import_once.py")
_WRITE = (
    "from pathlib import Path; from benchmarks.incoming import write_file;"
    " from initiatives.models import Source;"
    " write_file(Path({file!r}), {rows}, Source.objects.filter(is_public=True)[0].slug)"
)
Copy = Callable[[str], str]  # the name of a filled database → the address of a fresh copy


class Tree:
    """The program of one release, in a folder."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder

    def fill(self, url: str) -> None:
        fixtures = sorted(map(str, self.folder.glob("fixtures/*.json")))
        self.run(url, "manage.py", "migrate", "--verbosity", "0")
        self.run(url, "manage.py", "loaddata", "--verbosity", "0", *fixtures)

    def run(self, url: str, *arguments: str) -> str:
        given = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=os.environ | given | {"PYTHONPATH": "."},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.release")
    parser.add_argument("commit")
    parser.add_argument("--bulk", type=int, default=1000, help="records to import")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--databases", type=_databases, default=["sqlite", "postgresql"])
    options = parser.parse_args(arguments)
    stop_on_signals()
    with tempfile.TemporaryDirectory(prefix="tracker-release-") as directory:
        folder = Path(directory)
        trees = [Tree("before", _unpacked(options.commit, folder)), Tree("now", ROOT)]
        if "sqlite" in options.databases:
            _on_sqlite(trees, folder, options)
        if "postgresql" in options.databases and (programs := find_programs()):
            with temporary_server(programs) as url:
                _on_postgresql(trees, folder, url, options)


def _unpacked(commit: str, folder: Path) -> Path:
    """The files of the release."""
    target = folder / "release"
    target.mkdir()
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", str(target)], input=packed.stdout, check=True)
    return target


def _on_sqlite(trees: list[Tree], folder: Path, options: argparse.Namespace) -> None:
    for tree in trees:
        tree.fill(f"sqlite:///{folder / tree.name}.sqlite3")

    def copy(name: str) -> str:
        shutil.copy(folder / f"{name}.sqlite3", folder / "measured.sqlite3")
        return f"sqlite:///{folder / 'measured.sqlite3'}"

    _measure("sqlite", trees, copy, folder, options)


def _on_postgresql(trees: list[Tree], folder: Path, url: str, options: argparse.Namespace) -> None:
    def named(name: str) -> str:
        return urlsplit(url)._replace(path=f"/{name}").geturl()

    def create(name: str, template: str) -> str:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name}")
            server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return named(name)

    for tree in trees:
        tree.fill(create(f"filled_{tree.name}", "template0"))
    _measure(
        "postgresql", trees, lambda name: create("measured", f"filled_{name}"), folder, options
    )


def _measure(
    database: str, trees: list[Tree], copy: Copy, folder: Path, options: argparse.Namespace
) -> None:
    file, rows = str(folder / f"{database}.csv"), str(options.bulk)
    before, now = trees
    before.run(
        copy(before.name),
        "-c",
        f"import django; django.setup(); {_WRITE}".format(file=file, rows=rows),
    )
    spent: dict[str, list[float]] = defaultdict(list)
    for _round in range(options.rounds):
        for tree in trees:
            told = json.loads(tree.run(copy(tree.name), str(ONCE), "import", file, rows))
            spent[f"import, {tree.name}"].append(told["import"])
            spent[f"read and plan, {tree.name}"].append(told["import"] - told["apply"])
            spent[f"apply, {tree.name}"].append(told["apply"])
        told = json.loads(now.run(copy(now.name), str(ONCE), "peers", file, rows))
        for name, seconds in told.items():
            spent[name].append(seconds)
    print(f"{database}, {options.bulk:,} records, ms of the processor for each")
    for name, seconds in sorted(spent.items()):
        print(f"  {name:24} {min(seconds) * 1000 / options.bulk:8.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
