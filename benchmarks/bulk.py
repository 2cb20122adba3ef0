"""Bringing in many initiatives at once: the import, against `loaddata` and COPY of the same rows.

Each is measured once, since one run takes long enough. The import checks every row, gives codes
and writes a history; the others only put rows back that it made.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.core import serializers
from django.core.management import call_command
from django.db import connection, transaction

from benchmarks.incoming import write_file
from benchmarks.memory import most_memory
from benchmarks.once import result
from initiatives import actions, models
from initiatives.imports.planning import make_plan
from initiatives.imports.reading import open_table
from initiatives.rights import Rights

# In the order in which they can be put back.
TABLES = (
    models.Initiative,
    models.InitiativeCountry,
    models.InitiativeSector,
    models.InitiativeOrganisation,
    models.Funding,
    models.ExternalId,
    models.StatusChange,
    models.Citation,
    models.Change,
)


def measure_bulk(rows: int) -> list[dict]:
    print(f"  importing {rows:,} initiatives on {connection.vendor}", flush=True)
    with tempfile.TemporaryDirectory(prefix="tracker-bulk-") as directory:
        bulk = Bulk(rows, Path(directory))
        acts = {"import, preview": bulk.preview, "import": bulk.apply}
        found = [result(name, rows, act) for name, act in acts.items()]
        bulk.keep()
        found.append(result("loaddata", rows, bulk.load))
        if connection.vendor == "postgresql":
            bulk.erase()
            found.append(result("copy", rows, bulk.copy))
        bulk.erase()
    return found


def tell_memory(rows: int) -> None:
    """Print what importing a tenth of the rows takes, and what all of them take."""
    for number in (max(rows // 10, 1), rows):
        with tempfile.TemporaryDirectory(prefix="tracker-bulk-") as directory:
            bulk = Bulk(number, Path(directory))
            print(f"  importing {number:,} takes {most_memory(bulk.file)} MiB", flush=True)
            bulk.erase()


class Bulk:
    def __init__(self, rows: int, directory: Path) -> None:
        self.directory = directory
        self.file, self.fixture = directory / "bulk.csv", directory / "bulk.json"
        write_file(self.file, rows, models.Source.objects.filter(is_public=True)[0].slug)
        self.before = {model: _last(model) for model in TABLES}

    def preview(self) -> None:
        make_plan(open_table(self.file), rights=Rights.of_system())

    def apply(self) -> None:
        with Path(os.devnull).open("w") as nowhere:
            call_command("import_initiatives", str(self.file), "--apply", stdout=nowhere)

    def keep(self) -> None:
        """Write what the import made as its rivals want it, and take it away."""
        with self.fixture.open("w", encoding="utf-8") as file:
            serializers.serialize("json", self._made(), stream=file)
        if connection.vendor == "postgresql":
            for model in TABLES:
                self._copy_out(model)
        self.erase()

    def _made(self) -> Iterator:
        for model in TABLES:
            yield from self._new(model).order_by("pk").iterator(chunk_size=2000)

    def _new(self, model):
        rows = model._base_manager.filter(pk__gt=self.before[model])
        # The records of citations belong to no initiative, and stay when a draft is erased.
        return rows.exclude(initiative=None) if model is models.Change else rows

    def erase(self) -> None:
        """As the undo of an import does, but also what a rival brought back."""
        with transaction.atomic():
            while drafts := list(self._new(models.Initiative).order_by("pk")[:500]):
                actions.publication.erase_drafts(drafts, by=None)

    def load(self) -> None:
        call_command("loaddata", str(self.fixture), verbosity=0)

    def _copy_out(self, model) -> None:
        table, last = model._meta.db_table, self.before[model]
        rest = " AND initiative_id IS NOT NULL" if model is models.Change else ""
        query = f"COPY (SELECT * FROM {table} WHERE id > {last}{rest} ORDER BY id) TO STDOUT"
        with connection.cursor() as cursor, cursor.copy(query) as copy:
            (self.directory / table).write_bytes(b"".join(map(bytes, copy)))

    def copy(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for model in TABLES:
                table = model._meta.db_table
                with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                    copy.write((self.directory / table).read_bytes())


def _last(model) -> int:
    return model._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
