"""Rows of tables, made straight from the bodies of editions, say what whole records say."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from initiatives.choices import Language
from initiatives.exchange import csv_file, json_file
from initiatives.exchange.columns import Column, chosen
from initiatives.exchange.instance_row import table_row
from initiatives.exchange.names import Names
from initiatives.models import Edition, Initiative
from tests import factories as make
from tests.editions import redact
from tests.full_records import make_full
from tests.register import example_address, published, published_in_full

AWKWARD = st.text("ab ,\"'\r\n\t;=-|ы\u2028", max_size=4)


def written(rows):
    return [{column.name: column.write(row) for column in chosen([])} for row in rows]


@pytest.fixture
def varied(db):
    """Records with rows of each kind, with none, and with what is odd in them."""
    full = make_full(make.make_initiative("CI-2025-0001", planned_end="2024"), 2)
    make.add_country(full, "KZ", role="host")
    full.countries.filter(country__iso2="UZ").update(percent="66.5")
    full.sectors.update(percent="100")
    full.budgets.create(number=1, start="2024", end="2025-Q1", amount="1.005", currency="USD")
    make.make_funding(full, "-5", amount_kind="range", amount_max="250.125")
    make.make_funding(full, None, provider_country=make.make_country("CN"))
    make.make_initiative(parent=full, nothing_stated="events|money", title_en='=1, "2"')
    make.make_initiative(parent=make.make_initiative(publication="draft"), sectors=["water"])
    make.make_initiative(main_sector=None, parties=[])


@pytest.mark.parametrize("language", Language.values)
def test_a_row_says_what_the_record_says_with_all_that_it_has(varied, language):
    with translation.override(language):
        rows, whole = list(published()), list(map(table_row, published_in_full(example_address)))
        cells = written(rows)
        assert len({row["flags"] for row in cells}) > 1
        assert cells == written(whole)
        assert list(map(json_file.as_object, rows)) == list(map(json_file.as_object, whole))


def test_the_desk_writes_what_is_stored_as_it_is_published(varied):
    """So an import knows that nothing has changed."""
    rows = Initiative.objects.published().order_by("code")
    public_only = dict.fromkeys(("url", "flags", "parent"), "")
    stored = [row | public_only for row in written(map(table_row, rows))]
    assert stored == [row | public_only for row in written(published())]


@pytest.mark.django_db
def test_what_is_in_the_lists_no_more_goes_by_its_key():
    names = Names()
    known = make.make_country("UZ").name_en
    assert [names.country("UZ"), names.country("XX")] == [known, "XX"]
    assert [names.sector("gone"), names.organisation("gone")] == ["gone", "gone"]


def test_names_are_asked_for_once_and_not_for_each_row(varied):
    rows = published()
    with CaptureQueriesContext(connection) as captured:
        written(rows)
    for table in ("country", "sector", "organisation"):
        asked = [one for one in captured if f'FROM "initiatives_{table}"' in one["sql"]]
        assert len(asked) == 1


@pytest.mark.django_db
def test_what_was_taken_out_since_the_list_was_found_is_left_out():
    gone, stays = make.make_initiative("CI-2025-0001"), make.make_initiative("CI-2025-0002")
    rows = published()
    redact(Edition.objects.get(key=gone.code))
    assert [row.code for row in rows] == [stays.code]


@pytest.mark.once
@given(st.lists(st.tuples(AWKWARD, AWKWARD), max_size=3), st.integers(1, 2))
@settings(suppress_health_check=[HealthCheck.too_slow])
@example([("", "")], 1)
def test_fields_are_quoted_as_pythons_own_writer_does(table, number):
    columns = [
        Column(f"c{place}", "", lambda row, place=place: row[place]) for place in range(number)
    ]
    ours = b"".join(csv_file.parts(table, columns)).decode("utf-8-sig")
    theirs = io.StringIO()
    rows = [[column.name for column in columns]]
    rows += [[csv_file.harmless(column.write(row)) for column in columns] for row in table]
    csv.writer(theirs, lineterminator="\r\n").writerows(rows)
    assert ours == theirs.getvalue()
