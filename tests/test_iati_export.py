"""Files of IATI activities: which records are in them, and that they are valid, whatever they hold.

Valid is what the schema, the ruleset and the code lists of IATI say.
"""

import pytest
from django.conf import settings as project
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import etree

from initiatives.models import Initiative
from tests import factories as make
from tests.full_records import make_full
from tests.iati import exporting
from tests.iati.check import problems
from tests.iati.records import LIST, RECORD, tellable, whole
from tests.register import known_since

pytestmark = [pytest.mark.django_db, pytest.mark.once]
read, told = exporting.read, exporting.told
FIXTURES = project.BASE_DIR / "fixtures"


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
    known_since()
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
    known_since()
    client.get(address)
    for_one = queries(client, address)
    for number in range(3, 12):
        make_full(whole(f"CI-2025-{number:04}", shared=False), 3)
    known_since()
    assert queries(client, address) == for_one <= 45
