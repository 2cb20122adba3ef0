"""The database of the tests: migrated once, and copied until a migration changes.

All migrations take as long as hundreds of tests. What they leave is kept in pytest's cache, under a
name that tells what it was made of; a fresh clone has none and migrates.
"""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test.utils import setup_databases

from tests.postgres_server import clean_environment, find_programs

# A migration is run by Django and writes columns of our fields.
_SOURCES = ("requirements.txt", "initiatives/migrations/*.py", "initiatives/fields/*.py")


def create(place: Path | None) -> list:
    """Create the test database, by a copy from the directory `place` where it has one, and return
    what `teardown_databases` wants. `place` is None where pytest keeps nothing."""
    copying = _COPYING.get(connection.vendor) if place else None
    if copying is None or (connection.vendor == "postgresql" and _client() is None):
        return setup_databases(verbosity=0, interactive=False)
    save, restore = copying
    kept = place / f"{connection.vendor}-{_made_of()}"
    if kept.exists():
        connection.creation._create_test_db(verbosity=0, autoclobber=True)
        restore(kept)
    # It migrates again what was kept: where nothing is left to do that takes two seconds.
    config = setup_databases(verbosity=0, interactive=False, keepdb=kept.exists())
    if not kept.exists():
        _keep(kept, save)
    return config


def _made_of() -> str:
    """A digest of what the database is made of."""
    files = sorted(path for source in _SOURCES for path in settings.BASE_DIR.glob(source))
    digest = hashlib.sha256(repr(_server_version()).encode())
    for path in files:
        digest.update(f"{path.name}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:20]


def _server_version():
    if connection.vendor == "sqlite":
        return connection.Database.sqlite_version_info
    # The test database is not there yet.
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT version()")
        return cursor.fetchone()


def _keep(kept: Path, save: Callable[[Path], None]) -> None:
    """Processes that write it at once write the same; what others were made of goes."""
    with tempfile.TemporaryDirectory(dir=kept.parent) as directory:
        file = Path(directory) / kept.name
        save(file)
        for older in kept.parent.glob(f"{connection.vendor}-*"):
            older.unlink(missing_ok=True)
        os.replace(file, kept)


def _save_sqlite(file: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(file)])


def _restore_sqlite(file: Path) -> None:
    shutil.copyfile(file, _test_name())


def _save_postgresql(file: Path) -> None:
    _run("pg_dump", "--file", str(file), "--no-owner", connection.settings_dict["NAME"])


def _restore_postgresql(file: Path) -> None:
    options = ["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--output", os.devnull]
    _run("psql", *options, "--file", str(file), _test_name())


def _test_name() -> str:
    return connection.creation._get_test_db_name()


_COPYING = {
    "sqlite": (_save_sqlite, _restore_sqlite),
    "postgresql": (_save_postgresql, _restore_postgresql),
}


def _client() -> Path | None:
    """The directory of pg_dump and psql."""
    programs = find_programs()
    if programs and all((programs / name).is_file() for name in ("pg_dump", "psql")):
        return programs
    return None


def _run(program: str, *options: str) -> None:
    server = connection.settings_dict
    address = {"PGHOST": server["HOST"], "PGPORT": str(server["PORT"])}
    account = {"PGUSER": server["USER"], "PGPASSWORD": server["PASSWORD"]}
    subprocess.run(
        [_client() / program, *options], env=clean_environment() | address | account, check=True
    )
