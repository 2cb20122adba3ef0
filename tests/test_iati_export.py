"""Initiatives as IATI activities: valid by schema, ruleset and code lists, whatever they hold."""

from datetime import date, datetime

import pytest
import time_machine
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from initiatives.models import Initiative
from tests import factories as make
from tests.full_records import make_full
from tests.iati.check import problems
from tests.iati.records import LIST, RECORD, tellable, whole

pytestmark = pytest.mark.django_db
FIXTURES = project.BASE_DIR / "fixtures"


@pytest.fixture
def read(client):
    """A function that gives the bytes of a file, as they come."""
    return lambda address=LIST: b"".join(client.get(address).streaming_content)


@pytest.fixture
def told(read):
    """A function that gives the first activity of a file, which is valid."""

    def first(address=RECORD):
        content = read(address)
        assert problems(content) == []
        return etree.fromstring(content).find("iati-activity")

    return first


@pytest.mark.parametrize("prefix", ["", "/en", "/ru", "/uz", "/kk"])
def test_the_whole_is_valid_under_every_prefix(read, prefix):
    whole()
    for name in ("initiatives", "initiatives/CI-2025-0001"):
        assert problems(read(f"{prefix}/{name}.iati.xml")) == []


def test_the_least_is_valid(told):
    tellable()
    assert told().findtext("iati-identifier") == "localhost-CI-2025-0001"


def test_a_list_has_all_rows_that_the_filters_leave(read):
    whole()
    tellable("CI-2025-0002", parties=["KG"])
    content = read(f"{LIST}?country=KG")
    assert problems(content) == []
    found = etree.fromstring(content).xpath("//iati-identifier/text()")
    assert sorted(found) == ["localhost-CI-2025-0001", "localhost-CI-2025-0002"]


def test_titles_are_told_in_each_language(told):
    whole()
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    titles = {part.get(lang): part.text for part in told().find("title")}
    assert titles == {
        "en": "Title",
        "ru": "Название",
        "uz": "Nomi",
        "kk": "Атауы",
    }


def test_a_partial_date_is_its_first_or_last_day_and_says_so(told):
    whole()
    dates = {
        part.get("type"): (part.get("iso-date"), part.findtext("narrative"))
        for part in told().findall("activity-date")
    }
    assert dates == {
        "1": ("2024-01-01", "2024 (first possible day)"),
        "2": ("2024-02-01", "2024-02 (first possible day)"),
        "3": ("2024-12-31", "2024-H2 (last possible day)"),
        "4": ("2025-05-14", None),
    }


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2027-03-01T00:30:00Z", "2027-03-01"),
        ("2027-03-01T18:59:59Z", "2027-03-01"),
        ("2027-03-01T19:30:00Z", "2027-03-01"),  # the second of March at the site
        ("2028-02-29T23:59:00Z", "2028-02-29"),  # the first of March at the site
        ("2027-12-30T19:30:00Z", "2027-12-30"),
    ],
)
@pytest.mark.parametrize("known_to", ["%Y", "%Y-%m-%d"])
def test_an_actual_end_is_not_after_today_here_nor_in_utc(told, instant, day, known_to):
    with time_machine.travel(instant, tick=False):
        tellable(actual_start="2020", actual_end=f"{timezone.localdate():{known_to}}"[:10])
        ends = told().xpath("activity-date[@type='4']/@iso-date")
    begun = date.fromisoformat(day) >= timezone.localdate(datetime.fromisoformat(instant))
    assert ends == ([day] if known_to == "%Y" or begun else [])


def test_what_ended_in_a_year_that_has_begun_only_here_is_left_out_and_named(read):
    with time_machine.travel("2027-12-31T19:30:00Z", tick=False):
        tellable(actual_start="2020", actual_end="2028")
        content = read(RECORD)
        assert problems(content) == []
    assert "The end 2028 contradicts the other dates." in content.decode()


@pytest.mark.parametrize(
    "dates",
    [
        {"planned_start": "2024", "planned_end": "2023"},
        {"actual_start": "2024", "actual_end": "2023"},
        {"actual_end": "2998"},
        {"actual_start": "2998"},
    ],
)
def test_dates_that_contradict_are_left_out_and_named(read, dates):
    tellable(**dates)
    content = read(RECORD)
    assert problems(content) == []
    assert "Left out of CI-2025-0001: The" in content.decode()


def test_who_takes_part_has_a_role_of_the_list(told):
    whole()
    found = {
        (part.get("ref"), part.get("type"), part.get("role"), part.findtext("narrative"))
        for part in told().findall("participating-org")
    }
    assert found == {
        ("44000", "10", "1", "Bank"),
        (None, "10", "2", "Ministry"),
        (None, "10", "2", "Uzbekistan"),
        (None, "10", "2", "Kazakhstan"),
        (None, "10", "1", "Kyrgyzstan"),
    }


def test_shares_that_nobody_knows_are_equal_and_say_so(told):
    tellable(parties=["UZ", "KZ", "KG"])
    countries = told().findall("recipient-country")
    assert sorted(part.get("percentage") for part in countries) == ["33.33", "33.33", "33.34"]
    assert "(share not known, equal parts)" in countries[0].findtext("narrative")


def test_beneficiaries_receive_before_parties(told):
    make.add_country(tellable(), "KG", "beneficiary")
    (country,) = told().findall("recipient-country")
    assert (country.get("code"), country.get("percentage")) == ("KG", None)


def test_sectors_are_in_our_words_and_in_those_of_the_dac(told):
    made = tellable(main_sector=None)
    for slug, code, percent in (("water", "14010", 60), ("rail", "21030", 30), ("talks", "", 10)):
        made.sectors.create(sector=make.make_sector(slug, dac_code=code), percent=percent)
    found = [
        (part.get("vocabulary"), part.get("code"), part.get("percentage"))
        for part in told().findall("sector")
    ]
    assert sorted(found) == sorted(
        [
            ("1", "14010", "60"),
            ("1", "21030", "30"),
            ("1", "99810", "10"),
            ("99", "water", "60"),
            ("99", "rail", "30"),
            ("99", "talks", "10"),
        ]
    )


def test_money_becomes_transactions_to_the_last_digit(told):
    whole()
    found = [
        (
            part.find("transaction-type").get("code"),
            part.findtext("value"),
            part.find("value").get("currency"),
        )
        for part in told().findall("transaction")
    ]
    assert found == [
        ("2", "1000.50", "USD"),
        ("12", "900.00", "USD"),
        ("3", "8345678901234567.891", "USD"),
        ("6", "5.00", "USD"),
        ("2", "-7.00", "UZS"),
        ("2", "7.00", "USD"),
        ("4", "1.00", "USD"),
    ]


def test_an_amount_that_is_not_exact_says_so(told):
    whole()
    texts = told().xpath("transaction/description/narrative[@xml:lang='en']/text()")
    assert texts == ["About.", "Between 7.00 and 9.00 USD, of which the lower amount is told."]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"amount": None, "date": "2024-01-01"}, "the amount is undisclosed"),
        ({"date": "2024-01"}, "the day is not known"),
        ({}, "the day is not known"),
        ({"date": "2998-01-01"}, "the day lies ahead"),
        ({"date": "2001-01-01", "currency": "SUR"}, "IATI does not know the currency SUR"),
    ],
)
def test_money_that_is_no_transaction_is_left_out_and_named(read, fields, reason):
    make.make_funding(tellable(), **fields)
    content = read(RECORD)
    assert problems(content) == []
    assert b"<transaction" not in content
    assert f"Money, line 1: {reason}" in content.decode()


def test_public_sources_are_documents(told):
    whole()
    treaty, page = sorted(told().findall("document-link"), key=lambda x: x.get("format"))[::-1]
    assert (treaty.get("format"), treaty.find("category").get("code")) == ("text/html", "A09")
    assert treaty.find("document-date").get("iso-date") == "2024-01-05"
    assert page.get("url") == "https://example.org/a.pdf?x=1#p%202"


def test_parents_children_and_reports_of_others_are_named_if_they_are_public(told):
    made = whole()
    tellable("CI-2025-0099", parent=made, publication="draft")
    found = {(part.get("type"), part.get("ref")) for part in told().findall("related-activity")}
    assert found == {
        ("1", "localhost-CI-2025-00011"),
        ("2", "localhost-CI-2025-00012"),
        ("5", "44000-P178734"),
    }


def test_a_parent_that_is_a_draft_is_not_named(told):
    tellable(parent=tellable("CI-2025-0002", publication="draft"))
    assert told().findall("related-activity") == []


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"planned_start": None}, "planned or actual start"),
        ({"planned_start": None, "actual_start": "2998"}, "planned or actual start"),
        ({"summary_en": ""}, "no summary and no description"),
        ({"title_en": ""}, "no title"),
        ({"parties": []}, "no organisation"),
        ({"main_sector": None}, "no sector"),
    ],
)
def test_what_lacks_a_part_is_left_out_with_the_reason(read, fields, reason):
    tellable("CI-2025-0002")
    tellable(**fields)
    content = read()
    assert problems(content) == []
    assert b"<iati-identifier>localhost-CI-2025-0001<" not in content
    assert "CI-2025-0001 is left out." in content.decode()
    assert reason in content.decode()
    assert "Activities: 1. Left out: 1." in content.decode()


def test_drafts_are_no_activities(client, read):
    tellable(publication="draft", title_en="Secret")
    assert b"Secret" not in read()
    assert client.get(RECORD).status_code == 404


def test_the_reporting_organisation_is_that_of_the_settings(told, settings):
    settings.IATI_REPORTING_ORG_REF, settings.IATI_REPORTING_ORG_NAME = "XM-DAC-1", "Ministry"
    tellable()
    reporting = told().find("reporting-org")
    assert (reporting.get("ref"), reporting.findtext("narrative")) == ("XM-DAC-1", "Ministry")


def test_activities_are_told_as_they_were_known_on_a_day(client, told):
    made = whole()
    day = make.in_days(0)
    make.make_milestone(made)
    assert told(f"{RECORD}?as_of={day}").find("activity-status").get("code") in "34"
    assert client.get(f"{LIST}?as_of=1999-01-01").status_code == 200


def test_the_first_data_have_no_date_so_all_of_them_are_left_out(client, read):
    call_command("loaddata", *sorted(FIXTURES.glob("*.json")), verbosity=0)
    text = read().decode()
    assert "Activities: 0. Left out: 23." in text
    assert text.count("It has no planned or actual start.") == 23


def test_the_first_data_are_valid_once_they_have_a_start(read):
    call_command("loaddata", *sorted(FIXTURES.glob("*.json")), verbosity=0)
    Initiative.objects.update(planned_start="2025")
    content = read()
    assert problems(content) == []
    assert content.count(b"<iati-activity ") == 23


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert b"".join(client.get(address).streaming_content)
    return len(captured)


@pytest.mark.parametrize("address", [LIST, RECORD, LIST + "?as_of={today}"])
def test_one_row_and_ten_take_the_same_queries(client, address):
    address = address.format(today=timezone.localdate())
    make_full(whole(), 2)
    client.get(address)
    for_one = queries(client, address)
    for number in range(3, 12):
        make_full(whole(f"CI-2025-{number:04}", shared=False), 3)
    assert queries(client, address) == for_one <= 45
