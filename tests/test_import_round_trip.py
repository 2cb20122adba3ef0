"""What any list exports is imported with zero differences."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from initiatives.choices import Language
from initiatives.exchange import csv_file, json_file, record_file, xlsx_file
from initiatives.exchange.columns import chosen
from initiatives.imports.planning import make_plan
from initiatives.imports.reading import open_table
from initiatives.models import Initiative
from initiatives.partial_dates import PartialDate
from initiatives.rights import Rights
from initiatives.text.plain_text import clean, clean_line
from tests.factories import (
    add_country,
    make_funding,
    make_initiative,
    make_organisation,
)
from tests.full_records import make_full
from tests.register import published, published_in_full
from tests.shared_rows import shared_rows

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures").glob("*.json"))


def as_csv(names=()):
    return b"".join(csv_file.parts(published(), chosen(names)))


def as_xlsx(names=()):
    return b"".join(xlsx_file.parts(published(), chosen(names)))


def as_json():
    results = [json_file.as_object(row) for row in published()]
    return json_file.text({"count": len(results), "next": None, "results": results}).encode()


def as_records():
    return json_file.text([record_file.as_record(row) for row in published_in_full(str)]).encode()


def differences(content):
    """What the plan of a file of all that is public says that is more than “unchanged”."""
    plan = make_plan(open_table(io.BytesIO(content), "table"), rights=Rights.of_system())
    assert sum(plan.counts.values()) == Initiative.objects.published().count()
    others = (action for action in plan.counts if action != "unchanged")
    return [(row.key, row.action, row.cells, row.edits) for row in plan.rows(*others)]


@pytest.fixture(scope="class")
def first_data(django_db_setup, django_db_blocker):
    with shared_rows(django_db_blocker):
        call_command("loaddata", *FIXTURES, verbosity=0)
        yield


@pytest.mark.django_db
@pytest.mark.xdist_group("first data that come back")
class TestFirstData:
    """After the first data were loaded."""

    @pytest.mark.parametrize("write", [as_csv, as_xlsx, as_json])
    def test_the_first_data_come_back_without_a_change_in_every_language(self, first_data, write):
        for language in Language.values:
            with translation.override(language):
                assert differences(write()) == []

    def test_the_fixture_itself_changes_nothing(self, first_data):
        assert differences(FIXTURES[1].read_bytes()) == []

    def test_each_column_comes_back_alone(self, first_data):
        names = [column.name for column in chosen([])]
        assert [name for name in names if differences(as_csv(["code", name]))] == []

    def test_a_date_that_was_typed_in_another_form_is_no_change(self, first_data):
        row = Initiative.objects.first()
        row.planned_end = PartialDate.parse("2031-05-14")
        row.save()
        plan = make_plan(
            open_table(io.BytesIO(f"code,planned_end\n{row.code},14.05.2031\n".encode())),
            rights=Rights.of_system(),
        )
        assert plan.counts["unchanged"] == 1


@pytest.mark.django_db
def test_records_with_everything_come_back():
    whole = make_initiative()
    make_full(make_initiative(parent=whole), 3)
    for write in (as_csv, as_xlsx, as_json, as_records):
        assert differences(write()) == []


@pytest.mark.django_db
def test_the_parts_of_a_draft_come_back():
    make_initiative(parent=make_initiative(publication="draft"))
    for write in (as_csv, as_xlsx, as_json, as_records):
        assert differences(write()) == []


NASTY = ["=1+1", "'=1", "+7", "-", "@x", "a|b\\", '"', 'a","b";', "\n=1", "_x0041_", " ", "©\u2028"]
texts = st.sampled_from(NASTY) | st.text(max_size=20)
dates = st.sampled_from([None, "2027", "2027-H1", "2027-Q3", "2027-05", "2027-05-14"])
amounts = st.decimals(-8_999_999_999_999, 8_999_999_999_999, places=3)
kinds = st.sampled_from(["exact", "about", "up_to", "range", "undisclosed"])


@st.composite
def records(draw):
    own = {
        **{
            f"{name}_{draw(st.sampled_from(Language.values))}": draw(texts)
            for name in ("summary", "outcome")
        },
        **{name: draw(dates) for name in ("planned_start", "planned_end", "actual_end")},
    }
    money = draw(st.lists(st.tuples(amounts, kinds, dates), max_size=3))
    return {"title_en": draw(texts), **own}, money


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@given(
    made=st.lists(records(), min_size=1, max_size=3),
    language=st.sampled_from(Language.values),
)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(made=[({"title_en": text, "summary_ru": text}, []) for text in NASTY], language="kk")
def test_whatever_is_stored_comes_back_in_every_format_and_language(made, language):
    Initiative.objects.all().delete()
    for own, money in made:
        store(own, money)
    for write in (as_csv, as_xlsx, as_json):
        with translation.override(language):
            assert differences(write()) == []


def store(own, money):
    own = {name: clean(value) if isinstance(value, str) else value for name, value in own.items()}
    own["title_en"] = clean_line(own["title_en"]) or "Untitled"
    made = make_initiative(**own, sectors=["water"])
    made.sectors.filter(is_main=True).update(percent="66.5")
    add_country(made, "KZ", role="host")
    for amount, kind, day in money:
        pay(made, amount, kind, date=day, provider=make_organisation("adb"))


def pay(made, amount, kind, **fields):
    if kind == "undisclosed":
        make_funding(made, None, undisclosed_in="KZT", **fields)
    else:
        more = amount + 1 if kind == "range" else None
        make_funding(made, amount, amount_kind=kind, amount_max=more, currency="UZS", **fields)
