"""Long files are brought in by chunks: what an import takes does not grow with its file."""

import gc
import tracemalloc

import pytest

from initiatives import actions, kept_queries
from initiatives.actions.imports import applying, keeping
from initiatives.imports.planning import fingerprint, keep_plan, make_plan, planner
from initiatives.imports.reading import Row, Table, open_table
from initiatives.models import ImportRow
from initiatives.rights import Rights
from tests.importing import NEW, as_file, make_lists, outcomes

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CHUNK, FEW = 10, 30


@pytest.fixture(autouse=True)
def _lists():
    make_lists()


@pytest.fixture(autouse=True)
def _short_chunks(monkeypatch):
    monkeypatch.setattr(planner, "CHUNK", CHUNK)
    monkeypatch.setattr(applying, "CHUNK", CHUNK)
    monkeypatch.setattr(keeping, "TOGETHER", CHUNK)
    monkeypatch.setattr(kept_queries, "TOGETHER", CHUNK)


@pytest.fixture
def imported(tmp_path):
    """A function that brings in a file of rows."""

    def run(rows):
        path = tmp_path / "table.csv"
        path.write_bytes(as_file(rows).getvalue())
        table = open_table(path)
        plan = make_plan(table, rights=Rights.of_system())
        batch = keep_plan(plan, name=path.name, sha256=fingerprint(as_file(rows)), by=None)
        return actions.imports.apply(batch, by=None)

    return run


@pytest.fixture(autouse=True)
def _tidy(monkeypatch):
    """Python's collector comes after each chunk: what waits for it would be counted by chance."""

    def of_chunks(rows, **options):
        for chunk in chunks_of(rows, **options):
            yield chunk
            gc.collect()

    chunks_of = applying.chunks_of
    monkeypatch.setattr(applying, "chunks_of", of_chunks)
    gc.collect()
    gc.freeze()  # what is there already need not be looked through each time
    seldom = gc.get_threshold()
    gc.set_threshold(700, 10, 10)  # Python's own, as in a server
    yield
    gc.set_threshold(*seldom)


def peak_of(run, rows):
    tracemalloc.start()
    run(rows)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def drafts(name, number):
    return [NEW | {"external_ids": f"{name}:{place}"} for place in range(number)]


def parts(name, number):
    """All are part of the one that comes last."""
    part = {"title_en": "Part", "kind": "other", "parent": f"{name}:0"}
    rows = [part | {"external_ids": f"{name}:{place}"} for place in range(1, number)]
    return [*rows, part | {"external_ids": f"{name}:0", "parent": ""}]


@pytest.mark.parametrize("rows", [drafts, parts])
def test_four_times_the_rows_take_no_more_memory(imported, rows):
    imported(rows("warm", FEW))  # fills the caches of the database driver
    few = peak_of(imported, rows("few", FEW))
    many = peak_of(imported, rows("many", 4 * FEW))
    assert many < 1.4 * few


def test_rows_below_a_later_row_are_put_there(imported):
    batch = imported(parts("a", 2 * CHUNK))
    assert set(outcomes(batch)) == {"done"}
    rows = ImportRow.objects.select_related("initiative__parent").order_by("number")
    *below, above = [row.initiative for row in rows]
    assert {one.parent for one in below} == {above}


@pytest.mark.parametrize(
    "heavy",
    [
        {"cells": {"title_en": "x" * 1000}},
        {"cells": {"budget_amounts": "|" * 500}},
        {"notes": ["x" * 1000]},
        {"makes": [{"fields": {"title": [None, "x" * 1000]}}]},
        {"parts": {"classification": [{"name": "x" * 1000}]}},
    ],
    ids=lambda heavy: next(iter(heavy)),
)
def test_heavy_rows_are_looked_at_a_few_at_a_time(monkeypatch, heavy):
    held = []
    monkeypatch.setattr(planner, "HEAVIEST", 3500)
    monkeypatch.setattr(planner, "_VALUE", 1)
    monkeypatch.setattr(planner, "Chunk", lambda rows, lists: held.append(len(rows)) or Nothing())
    rows = [Row(number, **({"cells": {}} | heavy)) for number in range(8)]
    make_plan(Table("csv", [], [], {}, lambda: iter(rows)), rights=Rights.of_system())
    assert held == [4, 4]


class Nothing:
    """Rows of which nothing is planned."""

    def planned(self):
        return iter(())
