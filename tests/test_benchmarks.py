"""What `make bench` measures with: its data are like real ones, its results have their shape."""

from functools import partial

import pytest
from django.db import connection
from django.test import Client

from benchmarks import __main__ as bench
from benchmarks import bulk, desk, exports, measure, memory, pages, report, results
from benchmarks.generate import fill
from benchmarks.multiply import multiply
from initiatives import models

pytestmark = pytest.mark.slow

ROWS = 30
GENERATED = """
    Country Sector Organisation Source Event Initiative InitiativeCountry InitiativeSector
    InitiativeOrganisation InitiativeEvent StatusChange Milestone Funding DateRevision Citation
    ExternalId Change
""".split()
KEYS = {"name", "database", "rows", "median_ms", "p95_ms", "cpu_ms", "queries"}


@pytest.fixture
def generated(db):
    fill(ROWS)


@pytest.fixture
def one_connection(monkeypatch):
    """What a test has written would be lost with its connection."""
    monkeypatch.setattr(measure, "close_old_connections", lambda: None)


def a_result(name, median, *, rows=ROWS, database="sqlite"):
    known = {"name": name, "database": database, "rows": rows}
    return known | {"median_ms": median, "p95_ms": median, "cpu_ms": median, "queries": 1}


@pytest.mark.usefixtures("generated")
def test_the_generator_makes_valid_rows():
    for name in GENERATED:
        rows = getattr(models, name).objects.order_by("pk")[:10]
        assert rows, name
        for row in rows:
            row.full_clean()


@pytest.mark.usefixtures("generated")
def test_one_in_ten_is_a_draft_and_one_in_fifty_is_withdrawn():
    rows = models.Initiative.objects
    withdrawn = rows.filter(publication="withdrawn")
    assert (rows.count(), rows.published().count(), withdrawn.count()) == (30, 26, 1)


@pytest.mark.usefixtures("generated")
def test_texts_are_in_four_languages():
    for made in models.Initiative.objects.all():
        assert len({made.title_en, made.title_ru, made.title_uz, made.title_kk}) == 4


@pytest.mark.usefixtures("generated")
def test_the_cached_status_is_that_of_the_last_change():
    for made in models.Initiative.objects.all():
        last = made.status_changes.last()
        assert (made.status, made.status_since) == (last.to_status, last.effective)


@pytest.mark.django_db
def test_filling_goes_on_where_it_stopped():
    fill(10)
    fill(ROWS)
    assert models.Initiative.objects.count() == ROWS


@pytest.mark.django_db
def test_progress_is_told(capsys):
    fill(ROWS)
    assert capsys.readouterr().out.startswith("  30 of 30 initiatives, ")


@pytest.mark.usefixtures("generated", "one_connection")
def test_every_result_has_exactly_the_seven_keys(monkeypatch):
    monkeypatch.setattr(measure, "RUNS", 2)
    monkeypatch.setattr(measure, "DESK_RUNS", 2)
    results = measure.measure_all(ROWS)
    names = {result["name"] for result in results}
    assert names >= {"list", "detail", "administrator, search", "desk of one country, request"}
    assert all(set(result) == KEYS for result in results)


@pytest.mark.usefixtures("generated", "one_connection")
def test_a_result_counts_the_queries_of_one_run():
    [result] = measure.measure({"count": lambda: pages.run(pages.COUNT)}, ROWS)
    assert (result["rows"], result["queries"]) == (ROWS, 1)
    assert 0 < result["median_ms"] <= result["p95_ms"]


@pytest.mark.usefixtures("generated")
def test_copied_rows_are_valid_and_belong_together():
    multiply(3)
    assert models.Initiative.objects.count() == 3 * ROWS
    assert models.Organisation.objects.count() == 3 * 100
    for name in GENERATED:
        for row in getattr(models, name).objects.order_by("-pk")[:3]:
            row.full_clean()
    last = models.Citation.objects.exclude(milestone=None).last()
    assert last.milestone.initiative_id > 2 * ROWS
    models.Organisation.objects.create(slug="new", kind="bank", name_en="The next key is free")


@pytest.mark.django_db
@pytest.mark.parametrize("visit", [pages.visit, partial(desk.open_page, Client())])
def test_a_page_that_is_not_there_is_not_measured(visit):
    with pytest.raises(SystemExit, match="answers 404"):
        visit("/nowhere")


@pytest.mark.usefixtures("generated")
def test_the_files_of_all_public_initiatives_are_measured():
    results = exports.measure_exports()
    names = ["export, CSV", "export, XLSX", "export, JSON"]
    rivals = ["copy out"] if connection.vendor == "postgresql" else []
    assert [result["name"] for result in results] == names + rivals
    assert all((set(result), result["rows"]) == (KEYS, 26) for result in results)


@pytest.mark.usefixtures("generated")
def test_a_measured_export_reads_every_row(monkeypatch):
    monkeypatch.setattr(exports, "LARGEST_PAGE", "?page_size=20")
    assert exports.read_pages() == 26
    assert exports.download("csv") > 26 * 100


@pytest.mark.usefixtures("generated")
def test_the_import_is_measured_with_its_rivals_and_leaves_nothing():
    results = bulk.measure_bulk(5)
    rivals = ["loaddata", "copy"] if connection.vendor == "postgresql" else ["loaddata"]
    assert [result["name"] for result in results] == ["import, preview", "import", *rivals]
    assert all((set(result), result["rows"]) == (KEYS, 5) for result in results)
    assert models.Initiative.objects.count() == ROWS


@pytest.mark.usefixtures("generated")
def test_the_memory_of_the_import_is_that_of_a_process_of_its_own(monkeypatch, capsys):
    monkeypatch.setattr(memory.subprocess, "run", lambda *args, **options: Done())
    bulk.tell_memory(30)
    told = capsys.readouterr().out.splitlines()
    assert told == ["  importing 3 takes 130 MiB", "  importing 30 takes 130 MiB"]


def test_a_process_tells_the_most_memory_that_it_took():
    assert 10 < memory.own_most_memory() < 10_000


class Done:
    stdout = b"130\n"


def test_the_table_compares_the_export_to_copy():
    export, copy = a_result("export, CSV", 30.0), a_result("copy out", 2.0)
    assert report.table([export, copy]).splitlines()[-2].endswith("15 × copy out")


def test_the_table_shows_ratios_of_the_same_run():
    few, many = a_result("list", 10.0), a_result("list", 25.0, rows=1000)
    bare = a_result("bare rows", 5.0, rows=1000)
    line = report.table([few, bare, many]).splitlines()[-1]
    assert line.endswith("5 × bare rows, 2.5 × 30 rows")


def test_a_ratio_that_cannot_be_made_is_left_out():
    assert report.table([a_result("list", 10.0)]).splitlines()[-1].endswith("1")


def test_results_are_kept_for_the_next_reader(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(results, "LATEST", tmp_path / "results" / "latest.json")
    bench.keep([a_result("list", 10.0)])
    assert results.read() == [{"run": "bench"} | a_result("list", 10.0)]
    assert "median ms" in capsys.readouterr().out


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
def test_a_missing_postgresql_is_left_out_except_in_ci(monkeypatch, capsys, ci, code):
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(bench, "find_programs", lambda: None)
    assert bench.main(["--databases", "postgresql"]) == code
    assert "PostgreSQL not found" in "".join(capsys.readouterr())


@pytest.mark.parametrize("arguments", [["--rows", "few"], ["--databases", "oracle"]])
def test_wrong_options_are_refused(arguments, capsys):
    with pytest.raises(SystemExit):
        bench.main(arguments)
    assert "error: argument" in capsys.readouterr().err
