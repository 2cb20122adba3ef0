"""Files are sent while they are made: memory does not grow with them, queries only by chunks."""

import gc
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from initiatives.exchange import columns, csv_file, rows, table_rows, xlsx_file
from initiatives.kept_queries import TOGETHER
from initiatives.models import Funding, Initiative, InitiativeCountry, InitiativeSector
from initiatives.public.pages import formats
from tests.factories import make_country, make_sector
from tests.register import published

pytestmark = pytest.mark.django_db

MEBIBYTE = 2**20


def fill(number):
    """Rows of some size, quickly."""
    before = Initiative.objects.count()
    made = Initiative.objects.bulk_create(
        Initiative(
            code=f"CI-2025-{place:04}",
            publication="published",
            planned_start="2024",
            **{
                f"{name}_{code}": "слово " * 30
                for name in ("title", "summary")
                for code in ("en", "ru")
            },
        )
        for place in range(before + 1, number + 1)
    )
    uz, energy = make_country(), make_sector()
    InitiativeCountry.objects.bulk_create(InitiativeCountry(initiative=x, country=uz) for x in made)
    InitiativeSector.objects.bulk_create(
        InitiativeSector(initiative=x, sector=energy) for x in made
    )
    Funding.objects.bulk_create(
        Funding(initiative=x, number=1, type="pledge", amount="5", currency="USD") for x in made
    )


def read(client, address):
    """Read a stream to its end, keeping none of it; the number of bytes."""
    return sum(map(len, client.get(address).streaming_content))


@pytest.fixture
def peaks(monkeypatch):
    """The most memory in use between one row and the next, of the streams read in a test."""
    found = []

    def address_of(row):
        found.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.reset_peak()
        return row.code

    monkeypatch.setattr(formats, "address_in_language", lambda request: address_of)
    yield found
    tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["csv", "xlsx", "iati.xml"])
def test_memory_does_not_grow_with_the_rows(client, suffix, peaks, monkeypatch):
    """Chunks are small here, since Python is slow while its memory is watched."""
    monkeypatch.setattr(rows, "CHUNK", 20)
    monkeypatch.setattr(table_rows, "TOGETHER", 20)
    monkeypatch.setattr(csv_file, "TOGETHER", 20)
    fill(800)
    read(client, f"/en/initiatives.{suffix}?q=CI-2025-0001")  # what is made once is made now
    peaks.clear()
    gc.collect()
    tracemalloc.start()
    read(client, f"/en/initiatives.{suffix}")
    assert len(peaks) == 800
    assert max(peaks[200:]) - max(peaks[20:200]) < MEBIBYTE  # rows that stayed took 7 of them


def test_queries_grow_with_chunks_only(client):
    found = {"csv": [], "xlsx": [], "iati.xml": []}
    for number in (1, TOGETHER, 3 * TOGETHER):
        fill(number)
        for suffix, numbers in found.items():
            with CaptureQueriesContext(connection) as captured:
                read(client, f"/en/initiatives.{suffix}")
            numbers.append(len(captured))
    for suffix, (one, full, three) in found.items():
        assert one == full, suffix
        assert three - full <= 2 * (15 if suffix == "iati.xml" else 1), suffix


@pytest.mark.parametrize("file", [csv_file, xlsx_file])
def test_the_first_part_comes_before_the_last_row_is_read(file):
    fill(200)
    seen = []

    def address_of(row):
        seen.append(row.code)
        return row.code

    next(file.parts(published(address_of), columns.chosen([])))
    assert len(seen) < 200


def test_the_language_is_that_of_the_address_whenever_it_is_read(client):
    fill(1)
    response = client.get("/ru/initiatives.csv?columns=countries_names")
    with translation.override("kk"):
        text = b"".join(response.streaming_content).decode()
    assert "Узбекистан" in text


def test_a_page_of_json_takes_the_same_queries_for_one_row_and_for_many(client):
    found = []
    for number in (1, 50):
        fill(number)
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/initiatives.json?page_size=100")
        found.append(len(captured))
    assert found[0] == found[1] <= 25
