"""Databases that older releases left, and what is in them.

tests/data/releases says how they were made. As a program, `python -m tests.older_releases`, it
tells what a site on such a database answers.
"""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tests.postgres_server import clean_environment, find_programs

ROOT = Path(__file__).resolve().parent.parent
DUMPS = ROOT / "tests/data/releases"

Rows = dict[str, list[dict[str, object]]]


def dump_of(release: str, vendor: str) -> str:
    return gzip.decompress((DUMPS / f"{release}-{vendor}.sql.gz").read_bytes()).decode()


class Database:
    """A database of its own at `url`, with the program of today run on it."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    def manage(self, *arguments: object) -> str:
        return self._python("manage.py", *map(str, arguments))

    def answers(self) -> dict[str, object]:
        return json.loads(self._python("-m", "tests.older_releases"))

    def _python(self, *arguments: str) -> str:
        settings = {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        programs = f"{find_programs() or ''}{os.pathsep}{os.environ['PATH']}"
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=clean_environment() | settings | {"PATH": programs},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self) -> Rows:
        """All of the tracker and its accounts, as the database has it."""
        read = _rows_of_sqlite if self.url.startswith("sqlite") else _rows_of_postgresql
        return {table: rows for table, rows in read(self.url) if table.startswith(_TOLD)}


_TOLD = ("initiatives_", "auth_user")


def _rows_of_sqlite(url: str) -> Iterator[tuple[str, list]]:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        connection.row_factory = sqlite3.Row
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            found = connection.execute(f'SELECT * FROM "{table}" ORDER BY 1')
            yield table, [dict(row) for row in found]


def _rows_of_postgresql(url: str) -> Iterator[tuple[str, list]]:
    with psycopg.connect(url, row_factory=psycopg.rows.dict_row) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for row in tables.fetchall():
            table = row["tablename"]
            asked = sql.SQL("SELECT * FROM {} ORDER BY 1").format(sql.Identifier(table))
            yield table, connection.execute(asked).fetchall()


def lost(before: Rows, now: Rows) -> list[tuple[str, object, dict]]:
    """Rows and values of `before` that are not there now. Columns may have gone."""
    found = []
    for table, rows in before.items():
        kept = {_key(row): row for row in now.get(table, ())}
        for row in rows:
            other = kept.get(_key(row), dict.fromkeys(row))
            differs = {name: row[name] for name in row.keys() & other if row[name] != other[name]}
            if differs:
                found.append((table, _key(row), differs))
    return found


def _key(row: dict[str, object]) -> object:
    return next(iter(row.values()))


@contextmanager
def database_of(release: str, vendor: str, folder: Path) -> Iterator[Database]:
    """The database as `release` left it."""
    make = _in_sqlite if vendor == "sqlite" else _in_postgresql
    with make(dump_of(release, vendor), folder) as url:
        yield Database(url, folder)


@contextmanager
def _in_sqlite(dump: str, folder: Path) -> Iterator[str]:
    file = folder / "older.sqlite3"
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(dump)
    yield f"sqlite:///{file}"


@contextmanager
def _in_postgresql(dump: str, folder: Path) -> Iterator[str]:
    name = f"older_{os.getpid()}"
    server = urlsplit(os.environ["DATABASE_URL"])
    url = server._replace(path=f"/{name}").geturl()
    named = sql.Identifier(name)
    with psycopg.connect(server.geturl(), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(named))
        try:
            options = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output", os.devnull]
            command = [find_programs() / "psql", *options, url]
            subprocess.run(command, input=dump, text=True, env=clean_environment(), check=True)
            yield url
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(named))


_PASSWORD = "a password of before"
PAGES = (
    "/en/",
    "/ru/initiatives/",
    "/kk/changes/",
    "/uz/countries/uz/",
    "/initiatives.csv",
    "/initiatives.xlsx",
    "/initiatives.json",
    "/initiatives.iati.xml",
    "/initiatives.atom",
    "/initiatives.ics",
    "/api/v1/initiatives/",
    "/sitemap.xml",
    "/admin/",
    "/admin/initiatives/initiative/",
    "/admin/initiatives/changerequest/",
    "/admin/initiatives/importbatch/",
)


def _answers() -> dict[str, object]:
    """What a reader and an administrator are answered, and what officers had asked for."""
    import django

    django.setup()
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.contrib.auth.models import User
    from django.test import Client

    from initiatives.models import ChangeRequest, Edition, Initiative

    client = Client(headers={"host": "localhost"})
    chief = User.objects.get(username="chief")
    client.force_login(chief, "django.contrib.auth.backends.ModelBackend")
    codes = Initiative.objects.filter(publication="published").values_list("code", flat=True)
    pages = [*PAGES, *(f"/en/initiatives/{code}/" for code in codes)]
    return {
        "pages": {page: client.get(page).status_code for page in pages},
        "codes": sorted(codes),
        "told": sorted({edition.key for edition in Edition.objects.all()}),
        "requests": sorted(
            [request.kind, request.state, request.comment]
            for request in ChangeRequest.objects.all()
        ),
        "authenticated": PBKDF2PasswordHasher().verify(_PASSWORD, chief.password),
    }


if __name__ == "__main__":
    print(json.dumps(_answers(), default=str))
