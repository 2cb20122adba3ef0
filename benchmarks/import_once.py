"""`python import_once.py import|peers FILE ROWS` in the folder of a release, on the database of
DATABASE_URL: the processor time of each part of one import, or of its peers, as JSON.

It is run for earlier releases too, so it may use nothing of the tracker but what they all have.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

TICK = os.sysconf("SC_CLK_TCK")


def main(what: str, file: str, rows: str) -> None:
    sys.path[0] = os.getcwd()
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django

    django.setup()
    spent = imported(file) if what == "import" else of_peers(int(rows))
    print(json.dumps(spent))


def imported(file: str) -> dict[str, float]:
    """All of the import of a new file, and apart from the rest what `apply` takes."""
    from initiatives.actions import imports

    apply, spent = imports.apply, {}

    def measured(*arguments: Any, **options: Any) -> Any:
        begun = processor()
        try:
            return apply(*arguments, **options)
        finally:
            spent["apply"] = processor() - begun

    imports.apply = measured
    from django.core.management import call_command

    begun = processor()
    with Path(os.devnull).open("w") as nowhere:
        call_command("import_initiatives", file, "--apply", stdout=nowhere, stderr=nowhere)
    return {"import": processor() - begun} | spent


def of_peers(rows: int) -> dict[str, float]:
    """`loaddata` and COPY of what the import of so many rows makes, and no more than that."""
    from django.db import connection

    from benchmarks.bulk import Bulk

    with tempfile.TemporaryDirectory(prefix="tracker-peers-") as directory:
        bulk = Bulk(rows, Path(directory))
        bulk.apply()
        bulk.keep()
        spent = {"loaddata": _took(bulk.load)}
        if connection.vendor == "postgresql":
            bulk.erase()
            spent["copy"] = _took(bulk.copy)
    return spent


def _took(act: Callable[[], object]) -> float:
    begun = processor()
    act()
    return processor() - begun


def processor() -> float:
    """Seconds of this process, and of the one of PostgreSQL that answers it."""
    from django.db import connection

    own = time.process_time()
    if connection.vendor != "postgresql":
        return own
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return own + (int(user) + int(system)) / TICK


if __name__ == "__main__":
    main(*sys.argv[1:])
