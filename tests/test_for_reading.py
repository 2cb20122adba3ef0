"""The spreadsheet for reading holds what the register says, as people count and sort it."""

from datetime import datetime
from itertools import pairwise

import pytest
import time_machine
from django.core.cache import caches

from initiatives import actions
from initiatives.choices import Language
from initiatives.exchange.workbook import SHEETS
from initiatives.models import Initiative
from tests import factories as make
from tests.register import known_since
from tests.workbooks import fetched, opened, read_me, rows, values

pytestmark = pytest.mark.django_db
SHEET_NAMES = ["Initiatives", "Money", "Milestones", "Moved dates", "History", "Sources", "Read me"]
NOW = datetime.fromisoformat("2026-03-31T12:00:00+05:00")


@pytest.fixture
def record():
    """One with a row on every sheet."""
    made = make.make_initiative(
        "CI-2025-0001",
        status="in_progress",
        title_en="A road",
        title_ru="Дорога",
        summary_ru="О дороге",
        planned_start="2024-02-29",
        planned_end="2025-Q4",
        first_planned_end="2025-06",
        kind="infrastructure",
        sectors=["transport"],
        organisations=["builder"],
    )
    money = {"provider": make.make_organisation("lender"), "date": "2025-01-15"}
    line = make.make_funding(made, "1250000.50", currency="EUR", type="disbursement", **money)
    make.make_funding(made, None, undisclosed_in="USD", provider_country=make.make_country("KZ"))
    step = make.make_milestone(made, "Bridge", planned="2025-12-31")
    make.make_milestone(made, "Signs", planned="2026-05", responsible=make.make_country("UZ"))
    move = {"number": 1, "field": "planned_end", "old": "2025-06", "new": "2025-Q4"}
    made.date_revisions.create(reason_en="Floods", **move)
    made.date_revisions.create(number=2, field="planned", milestone=step, old="2026", new="2025-12")
    make.make_status_change(made, "planned", effective="2023")
    make.make_status_change(made, "in_progress", effective="2024-03-01", reason_ru="Начата")
    make.cite(made, make.make_source(url="https://example.org/a?b=c&d=é#f"), quote="the road")
    make.cite(line, locator="P7")
    known_since(NOW)
    return made


@pytest.fixture
def book(client, record):
    with time_machine.travel(NOW, tick=False):
        return opened(client)


def test_a_sheet_for_each_thing_with_a_header_that_stays_and_filters(book):
    assert book.sheetnames == SHEET_NAMES
    for sheet in book.worksheets[:-1]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].value == "Code"
        assert sheet["A1"].font.b


def test_an_initiative_is_told_in_words_dates_and_numbers(book):
    (row,) = values(book, "Initiatives")
    assert row == {
        "Code": "CI-2025-0001",
        "Title": "A road",
        "Status": "In progress",
        "In this status since": datetime(2024, 3, 1),
        "Delivered": None,
        "Kind": "Infrastructure",
        "Countries": "Kazakhstan, Uzbekistan",
        "Sectors": "Energy, Transport",
        "Organisations": "Builder",
        "Planned start": datetime(2024, 2, 29),
        "Planned end": "2025-Q4",
        "Actual start": None,
        "Actual end": None,
        "Months late": 3,
        "Months later than promised": 6,
        "Next milestone": "2026-05",
        "Summary": "О дороге (in Russian)",
    }
    (cells,) = rows(book, "Initiatives")
    assert cells["Code"].hyperlink.target == "http://testserver/en/initiatives/CI-2025-0001/"
    assert cells["Planned start"].number_format == "yyyy-mm-dd"


def test_money_is_a_number_in_the_format_of_its_currency(book):
    paid, hidden = values(book, "Money")
    assert (paid["Amount"], paid["Currency"], paid["Type"]) == (1250000.5, "EUR", "Disbursement")
    assert (paid["Provider"], paid["Date"]) == ("Lender", datetime(2025, 1, 15))
    assert (hidden["Amount"], hidden["Kind of amount"]) == (None, "Undisclosed")
    assert (hidden["Currency"], hidden["Provider"]) == ("USD", "Kazakhstan")
    assert rows(book, "Money")[0]["Amount"].number_format == '"EUR" #,##0.00'


def test_milestones_say_whether_they_are_late(book):
    late, coming = values(book, "Milestones")
    assert (late["Milestone"], late["Planned"]) == ("Bridge", datetime(2025, 12, 31))
    assert (late["Months late"], coming["Months late"]) == (3, None)
    assert (coming["Planned"], coming["Responsible side"]) == ("2026-05", "Uzbekistan")


def test_moved_dates_say_what_moved_how_far_and_why(book):
    later, earlier = values(book, "Moved dates")
    assert (later["What moved"], later["Reason"]) == ("planned end", "Floods")
    assert (later["Old date"], later["New date"]) == ("2025-06", "2025-Q4")
    assert later["Moved by months"] == 6
    assert earlier["What moved"] == "milestone: Bridge"
    assert earlier["Moved by months"] == -12


def test_history_has_every_change_of_the_status(book):
    first, second = values(book, "History")
    assert (first["From"], first["To"], first["Effective"]) == (None, "Planned", "2023")
    assert (second["From"], second["To"]) == ("Planned", "In progress")
    assert (second["Number"], second["Reason"]) == (2, "Начата (in Russian)")


def test_sources_say_on_which_sheet_the_claim_stands(book):
    whole, of_line = rows(book, "Sources")
    assert (whole["Sheet"].value, whole["Number"].value) == ("Initiatives", None)
    assert whole["Words of the source"].value == "the road"
    assert whole["Address"].hyperlink.target == "https://example.org/a?b=c&d=%C3%A9"
    assert whole["Address"].hyperlink.location == "f"
    assert (of_line["Sheet"].value, of_line["Number"].value) == ("Money", 1)
    assert of_line["Place in the source"].value == "P7"


def test_the_last_sheet_says_what_the_file_is(client, record):
    with time_machine.travel(NOW, tick=False):
        told = read_me(opened(client, "status=in_progress&country=KZ&country=UZ"))
    assert told["Downloaded on"].startswith("31 March 2026, at position 1 of")
    assert "Status: In progress" in told["Filters"]
    assert "Country: " in told["Filters"]
    assert told["Initiatives"].startswith("1\n")
    wanted = "http://testserver/en/initiatives.xlsx?status=in_progress&country=KZ&country=UZ"
    assert told["Technical file"] == wanted
    assert told["What did not fit"] == "Nothing was cut and no row is missing."
    assert "CC BY 4.0" in told["Licence"]
    assert "As known on" not in told


def test_every_column_is_explained(book):
    explained = list(book.worksheets[-1].iter_rows(values_only=True))
    for sheet in SHEETS:
        for column in sheet.columns:
            assert (str(sheet.name), column.title, str(column.meaning)) in explained


@pytest.mark.parametrize("language", Language.values)
def test_names_of_sheets_and_columns_are_ones_that_excel_takes(client, record, language):
    book = opened(client, language=language)
    names = [name.casefold() for name in book.sheetnames]
    assert len(set(names)) == len(names) == len(SHEET_NAMES)
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)
    assert not any(name.startswith("'") or name.endswith("'") for name in names)
    for sheet in book.worksheets[:-1]:
        titles = [cell.value for cell in sheet[1]]
        assert len(set(titles)) == len(titles)


def test_words_are_in_the_language_of_the_address(client, record):
    book = opened(client, language="ru")
    (row,) = values(book, "Инициативы")
    assert (row["Название"], row["Статус"]) == ("Дорога", "Выполняется")
    assert row["Краткое описание"] == "О дороге"


def test_without_a_language_in_the_address_it_is_the_readers(client, record):
    response = client.get("/initiatives.xlsx?for=reading", headers={"Accept-Language": "ru"})
    assert b"".join(response)
    assert "Accept-Language" in response["Vary"]


def test_rows_are_those_of_the_list_in_its_order(client):
    for title in ("B", "C", "A"):
        make.make_initiative(title_en=title, status="agreed")
    make.make_initiative(title_en="D", status="planned")
    book = opened(client, "status=agreed&sort=title&page_size=1&page=2")
    assert [row["Title"] for row in values(book, "Initiatives")] == ["A", "B", "C"]


def test_what_is_hidden_is_nowhere(client):
    make.make_initiative(title_en="Hidden draft", publication="draft")
    gone = make.make_initiative(title_en="Withdrawn one")
    make.make_milestone(gone, "Withdrawn step")
    known_since()
    actions.withdraw(gone, reason={"en": "Wrong"}, by=None)
    book = opened(client)
    assert all(not values(book, name) for name in SHEET_NAMES[:-1])


def test_as_of_shows_what_was_known_on_that_day(client, record):
    with time_machine.travel(NOW.replace(month=4, day=20), tick=False):
        stored = Initiative.objects.get(code=record.code)
        stored.title_en = "A motorway"
        actions.save(stored, by=None)
        (now,) = values(opened(client), "Initiatives")
        past = opened(client, "as_of=2026-03-31")
    (then,) = values(past, "Initiatives")
    assert (now["Title"], then["Title"]) == ("A motorway", "A road")
    assert then["Months late"] == 3
    assert read_me(past)["As known on"] == "the end of 31 March 2026"


def test_queries_are_as_many_for_ten_rows_as_for_one(client, django_assert_max_num_queries):
    counts = []
    for number in (1, 9):
        for one in make.make_initiatives(number, organisations=["builder"]):
            make.make_funding(one, provider=make.make_organisation(f"lender-{one.pk}"))
            make.cite(make.make_milestone(one))
        known_since()
        caches["default"].clear()
        with django_assert_max_num_queries(60) as asked:
            fetched(client)
        counts.append(len(asked))
    assert all(first == second for first, second in pairwise(counts))


def test_the_same_data_give_the_same_file(client, record):
    assert fetched(client) == fetched(client)
