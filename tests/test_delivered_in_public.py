"""What the public reads of how much was delivered, on every page and in every format."""

import csv
import io
import json

import pytest
from lxml import html
from openpyxl import load_workbook

from initiatives.editions import chain
from initiatives.editions import record as public
from initiatives.models import Edition
from initiatives.public.filtersets import InitiativeFilterSet
from tests.editions import append, issued, plain_record
from tests.factories import (
    cite,
    link_event,
    make_event,
    make_initiative,
    make_status_change,
)
from tests.listing import figures

pytestmark = [pytest.mark.django_db, pytest.mark.once]
FULL, PART, UNSAID, OPEN = "CI-2024-0001", "CI-2024-0002", "CI-2024-0003", "CI-2024-0004"
LEFT = "The second weighing station."


@pytest.fixture
def records():
    """One delivered in full, one in part, one of which nobody says, and one in progress."""
    said = {
        FULL: {"delivered": "full"},
        PART: {"delivered": "part", "not_delivered_en": LEFT},
        UNSAID: {},
        OPEN: {},
    }
    made = {}
    for code, fields in said.items():
        made[code] = make_initiative(code, **fields)
        to = "in_progress" if code == OPEN else "implemented"
        cite(make_status_change(made[code], to, effective="2025"))
    return made


def text(client, address):
    return " ".join(html.fromstring(client.get(address).content.decode()).text_content().split())


def badge(client, address, code):
    page = html.fromstring(client.get(address).content.decode())
    (row,) = page.xpath(f"//*[@data-code='{code}']")
    (found,) = row.xpath(".//span[contains(@class, 'status-')][contains(@class, 'status ')]")
    return found.text_content().strip(), found.xpath(".//@d")[0]


@pytest.mark.parametrize("address", ["/en/initiatives/", "/en/initiatives/?view=table"])
def test_lists_and_cards_say_it_in_words_and_by_a_shape(records, client, address):
    names = {code: badge(client, address, code) for code in records}
    assert {code: name for code, (name, _shape) in names.items()} == {
        FULL: "Implemented in full",
        PART: "Implemented in part",
        UNSAID: "Implemented",
        OPEN: "In progress",
    }
    assert names[PART][1] not in (names[FULL][1], names[UNSAID][1])


def test_the_page_of_a_record_says_what_was_not_delivered(records, client):
    said = text(client, f"/en/initiatives/{PART}/")
    assert "Implemented in part" in said
    assert f"What was not delivered: {LEFT}" in said
    assert "What was not delivered" not in text(client, f"/en/initiatives/{FULL}/")


def test_of_what_nobody_has_said_it_says_so(records, client):
    sentence = "Whether all of it was delivered has not been said."
    assert sentence in text(client, f"/en/initiatives/{UNSAID}/")
    for code in (FULL, PART, OPEN):
        assert sentence not in text(client, f"/en/initiatives/{code}/")


@pytest.mark.parametrize("address", ["/en/", "/en/pairs/kz-uz/"])
def test_a_tile_counts_what_was_delivered_in_part(records, client, address):
    page = html.fromstring(client.get(address).content.decode())
    (tile,) = page.xpath("//ul[@class='home-statuses']/li[@class='status-implemented']")
    said = " ".join(tile.text_content().split())
    assert said.startswith("3 Implemented ")
    assert said.endswith(" of these 1 in part")
    assert not page.xpath("//li[@class='status-in_progress']//*[@class='home-part']")


def test_in_russian_a_count_of_many_is_neuter_and_one_record_feminine(records, client):
    page = html.fromstring(client.get("/ru/").content.decode())
    (tile,) = page.xpath("//ul[@class='home-statuses']/li[@class='status-implemented']")
    assert " ".join(tile.text_content().split()).startswith("3 Реализовано ")
    assert "Реализована" in text(client, f"/ru/initiatives/{FULL}/")


def test_the_number_is_that_of_the_rows_that_were_found(records):
    with figures() as found:
        assert found.in_part() == 1
    with figures(InitiativeFilterSet({"status": ["in_progress"]})) as found:
        assert found.in_part() == 0


def test_an_event_shows_how_its_initiatives_stand(records, client):
    event = make_event("acceptance")
    link_event(records[PART], event, "completed")
    assert "Implemented in part" in text(client, "/en/events/acceptance/")


# --- The filter -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("full", [FULL]),
        ("part", [PART]),
        ("not_said", [UNSAID]),
        ("full&delivered=part", [FULL, PART]),
    ],
)
def test_the_list_is_narrowed_by_it(records, client, query, codes):
    found = client.get(f"/initiatives.json?delivered={query}").json()
    assert sorted(one["code"] for one in found["results"]) == codes


def test_its_options_have_counts(records, client):
    page = html.fromstring(client.get("/en/initiatives/").content.decode())
    counts = {
        option.get("value"): option.xpath("..//*[@data-count]/@data-count")
        for option in page.xpath("//input[@name='delivered']")
    }
    assert counts == {"full": ["1"], "part": ["1"], "not_said": ["1"]}


def test_an_unknown_value_is_refused_with_the_nearest_known_one(records, client):
    answer = client.get("/initiatives.json?delivered=parts")
    assert answer.status_code == 400
    assert "part" in json.dumps(answer.json())
    assert client.get("/en/initiatives/?delivered=parts").status_code == 200
    page = html.fromstring(client.get("/en/initiatives/?delivered=parts").content.decode())
    assert not page.xpath("//*[@data-code]")


# --- Files ----------------------------------------------------------------------------------------


def test_json_has_the_code_or_null(records, client):
    found = client.get("/initiatives.json").json()["results"]
    said = {one["code"]: one["delivered"] for one in found}
    assert said == {FULL: "full", PART: "part", UNSAID: None, OPEN: None}
    one = client.get(f"/initiatives/{PART}.json").json()
    assert (one["delivered"], one["not_delivered"]["en"]) == ("part", LEFT)


def test_the_table_has_a_column_with_its_name_after_the_first_ones(records, client):
    body = client.get("/ru/initiatives.csv").getvalue().decode("utf-8-sig")
    rows = {row["code"]: row for row in csv.DictReader(io.StringIO(body))}
    assert (rows[PART]["delivered"], rows[PART]["delivered_label"]) == ("part", "Частично")
    assert rows[PART]["not_delivered_en"] == LEFT
    assert (rows[UNSAID]["delivered"], rows[UNSAID]["delivered_label"]) == ("", "")
    header = body.splitlines()[0].split(",")
    assert header.index("delivered") > header.index("sectors_names")


def test_the_spreadsheet_has_it_as_well(records, client):
    body = client.get("/en/initiatives.xlsx?columns=code&columns=delivered").getvalue()
    sheet = load_workbook(io.BytesIO(body), read_only=True).worksheets[0]
    rows = [tuple(row) for row in sheet.iter_rows(values_only=True)]
    assert (PART, "part") in rows


def test_the_api_describes_and_gives_it(records, client):
    schema = client.get("/api/v1/schema/").json()
    field = schema["components"]["schemas"]["Initiative"]["properties"]["delivered"]
    assert {"full", "part"} <= set(json.dumps(field).split('"'))
    (found,) = client.get("/api/v1/initiatives/?delivered=part").json()["results"]
    assert (found["code"], found["delivered"]) == (PART, "part")


# --- Feeds, changes and editions ------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/en/initiatives.atom", f"/en/initiatives/{PART}.atom"])
def test_the_entry_of_the_status_says_it(records, client, address):
    feed = client.get(address).getvalue().decode()
    assert "implemented in part" in feed
    assert LEFT in feed


def test_an_entry_that_was_corrected_since_says_no_more_than_it_knows(records, client):
    record = records[PART]
    make_status_change(
        record, "in_progress", effective="2025", corrects=record.status_changes.get()
    )
    record.refresh_from_db()
    feed = client.get(f"/en/initiatives/{PART}.atom").getvalue().decode()
    assert "implemented in part" not in feed


@pytest.mark.no_editions
def test_an_old_edition_still_verifies_and_reads_as_not_said(client):
    make_initiative(FULL, title_en="A road", status="implemented")
    old = plain_record(FULL, title="A road", status="implemented")
    append(old, key=FULL)
    stored = Edition.objects.get()
    assert "delivered" not in stored.body
    assert chain.sha256(stored.body) == chain.sha256(public.encoded(old))
    assert public.decoded(stored.body, public.InitiativeRecord).delivered == ""
    assert client.get(f"/initiatives/{FULL}.json").json()["delivered"] is None
    assert client.get(f"/en/initiatives/{FULL}/editions/1/").status_code == 200


@pytest.mark.no_editions
def test_two_editions_show_what_was_said_in_between(client):
    record = make_initiative(PART, title_en="A road", status="implemented")
    issued(record)
    record.delivered, record.not_delivered_en = "part", LEFT
    record.save()
    issued(record)
    said = text(client, f"/en/initiatives/{PART}/editions/2/?with=1")
    assert "Delivered" in said
    assert "In part" in said
    assert LEFT in said


@pytest.mark.parametrize("address", ["/en/about/statuses/", "/en/about/data/"])
def test_it_is_explained(client, address):
    assert "not_said" in text(client, address) or "Implemented in part" in text(client, address)
