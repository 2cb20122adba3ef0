"""The register that `make bench-large` fills: a true one, and the same on every run."""

import io
from collections import Counter
from pathlib import Path
from subprocess import CalledProcessError

import pytest
from django.db import transaction

from benchmarks.large import filled_files, filling
from benchmarks.large.chance import draws
from benchmarks.large.filling import fill
from benchmarks.large.progress import Bar
from benchmarks.large.texts import Titles
from initiatives import models
from initiatives.editions import record as public
from initiatives.editions.index import Selection, index
from initiatives.publication import searching
from initiatives.verification import chain_of_editions

pytestmark = pytest.mark.slow

ROWS = 50
READ_AS = {"initiative": public.InitiativeRecord, "event": public.EventRecord}


@pytest.fixture
def filled(db):
    fill(ROWS)
    index.forget()
    yield
    index.forget()


def current(kind):
    rows = models.Edition.objects.filter(kind=kind).last_of_each().order_by("key")
    return [public.decoded(edition.body, READ_AS[kind]) for edition in rows]


@pytest.mark.usefixtures("filled")
def test_the_editions_are_a_whole_chain_that_can_be_read():
    assert list(chain_of_editions(lambda number: None)) == []


@pytest.mark.usefixtures("filled")
def test_each_body_has_the_bytes_that_the_register_writes():
    for edition in models.Edition.objects.all():
        record = public.decoded(edition.body, READ_AS[edition.kind])
        assert public.encoded(record) == edition.body


@pytest.mark.usefixtures("filled")
def test_every_record_and_event_is_in_the_register():
    keys = {(one.kind, one.key) for one in models.Edition.objects.all()}
    codes = models.Initiative.objects.published().values_list("code", flat=True)
    slugs = models.Event.objects.values_list("slug", flat=True)
    assert len(codes) == ROWS
    assert keys == {("initiative", code) for code in codes} | {("event", slug) for slug in slugs}


@pytest.mark.usefixtures("filled")
def test_the_current_edition_says_what_the_rows_say():
    rows = models.Initiative.objects.order_by("code")
    for record, row in zip(current("initiative"), rows, strict=True):
        links = [row.countries, row.sectors, row.organisations, row.funding, row.events]
        parts = [record.countries, record.sectors, record.organisations]
        parts += [record.funding, record.events]
        assert [record.title.kk, record.summary.ru, record.description.uz] == [
            row.title_kk,
            row.summary_ru,
            row.description_uz,
        ]
        assert (record.status, record.planned_end) == (row.status, str(row.planned_end))
        assert record.parent == (row.parent and row.parent.code)
        assert [len(part) for part in parts] == [link.count() for link in links]
        assert {one.iso2 for one in record.countries} == {
            link.country.iso2 for link in row.countries.all()
        }


@pytest.mark.usefixtures("filled")
def test_the_working_rows_are_valid():
    for name in "Initiative InitiativeCountry InitiativeSector Funding Event Country".split():
        for row in getattr(models, name).objects.order_by("-pk")[:10]:
            row.full_clean()


@pytest.mark.usefixtures("filled")
def test_the_column_of_search_is_that_of_the_model():
    row = models.Initiative.objects.order_by("pk").last()
    stored = models.Initiative.objects.filter(pk=row.pk).extra(select={"held": "search_text"})
    assert set(row.search_text.split()) <= set(stored.values_list("held", flat=True)[0].split())


@pytest.mark.usefixtures("filled")
def test_a_search_finds_each_edition_by_what_it_says():
    assert models.SearchDocument.objects.count() >= ROWS
    assert list(searching.wrong_documents()) == []
    assert searching.text_index_is_whole()


@pytest.mark.usefixtures("filled")
def test_bodies_have_the_size_of_real_ones():
    sizes = [len(one.body.encode()) for one in models.Edition.objects.filter(kind="initiative")]
    assert 5_000 < sum(sizes) / len(sizes) < 10_000


@pytest.mark.usefixtures("filled")
def test_the_index_counts_all_of_it():
    with index.reading() as reading:
        found = reading.find(Selection())
        assert found.total == ROWS
        assert sum(found.tally("status").values()) == ROWS


@pytest.mark.usefixtures("filled")
def test_further_rows_can_be_written():
    row = models.Country.objects.create(iso2="XA", iso3="XAA", name_en="Further")
    first = models.Initiative.objects.first()
    written = set(models.InitiativeCountry.objects.values_list("pk", flat=True))
    added = models.InitiativeCountry.objects.create(initiative=first, country=row)
    assert added.pk not in written


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("address", ["/en/", "/en/initiatives/", "/uz/events/", "/kk/changes/"])
def test_its_pages_can_be_read(client, address):
    assert client.get(address, secure=True).status_code == 200


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_chain_and_another_one_another():
    assert digest(seed=1) == digest(seed=1) != digest(seed=2)


@pytest.mark.django_db
def test_several_processes_write_the_same_chain_as_one(monkeypatch):
    monkeypatch.setattr(filling, "BATCH", 20)
    assert digest(total=60, processes=2) == digest(total=60, processes=0)


def digest(*, total=20, **how):
    """Of the last edition; nothing stays in the database."""
    with transaction.atomic():
        fill(total, **how)
        last = models.Edition.objects.order_by("-position").first()
        transaction.set_rollback(True)
    return last.digest


def test_few_cities_are_in_most_titles():
    titles = Titles(draws(1), 2_000)
    cities = Counter(titles.of(row).title.en.split(", ")[1].split(" – ")[0] for row in range(2_000))
    often, *_middle, seldom = [number for _city, number in cities.most_common()]
    assert often > 200
    assert seldom == 1
    assert len(cities) > 200


def test_the_bar_tells_how_far_it_is_and_how_fast():
    line = Bar(200, "records").line(50, 2.0)
    assert line == "  [#######.......................] 50 of 200 records, 25 a second, 6 s left"


def test_the_last_line_of_the_bar_is_always_told():
    told = io.StringIO()
    bar = Bar(10, "records", stream=told)
    for number in range(1, 11):
        bar.reached(number)
    assert told.getvalue().startswith(f"  [{'#' * 30}] 10 of 10 records, ")


def test_a_file_that_was_filled_is_used_again_until_other_code_fills_it(tmp_path, monkeypatch):
    def fill(command, *, env, **_how):
        Path(env["DATABASE_URL"].removeprefix("sqlite:///")).touch()
        Path(command[-1]).write_text("[]")
        fills.append(command)

    fills = []
    monkeypatch.setattr(filled_files.subprocess, "run", fill)
    first = filled_files.filled(100, tmp_path)
    assert filled_files.filled(100, tmp_path) == first
    assert len(fills) == 1
    monkeypatch.setattr(filled_files, "digest", lambda: "other")
    assert filled_files.filled(100, tmp_path) != first
    assert len(fills) == 2
    assert not first[0].exists()


def test_a_file_that_was_filled_by_half_is_not_used(tmp_path, monkeypatch):
    def fail(command, *, env, **_how):
        Path(env["DATABASE_URL"].removeprefix("sqlite:///")).touch()
        raise CalledProcessError(1, command)

    monkeypatch.setattr(filled_files.subprocess, "run", fail)
    for _again in range(2):
        with pytest.raises(CalledProcessError):
            filled_files.filled(100, tmp_path)
    assert [one.suffix for one in tmp_path.iterdir()] == [".part"]
