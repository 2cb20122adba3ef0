"""The addresses of the files, with and without a language."""

import csv
import io

import pytest
from lxml import html

from tests.factories import make_funding, make_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LANGUAGES = ["en", "ru", "uz", "kk"]
RECORDS = ("json", "iati.xml")
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "iati.xml": "application/xml",
}


@pytest.mark.parametrize("prefix", ["", *(f"/{language}" for language in LANGUAGES)])
@pytest.mark.parametrize("suffix", TYPES)
def test_each_format_answers_with_and_without_a_language(client, prefix, suffix):
    make_initiative("CI-2025-0001")
    for name in ("initiatives", *(["initiatives/CI-2025-0001"] if suffix in RECORDS else [])):
        response = client.get(f"{prefix}/{name}.{suffix}")
        assert (response.status_code, response["Content-Type"]) == (200, TYPES[suffix])
        assert b"".join(response)


@pytest.fixture
def some(db):
    """Initiatives that differ in all that a filter asks for."""
    for number, status in enumerate(["planned", "agreed", "in_progress", "agreed"]):
        parties = ["UZ", "KZ"] if number % 2 else ["UZ", "KG"]
        made = make_initiative(
            status=status, parties=parties, title_en=f"Project {number}", planned_end="2020"
        )
        if number > 1:
            make_funding(made)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "status=agreed&status=planned&sort=-title",
        "country=KZ&country=KG&country_match=all",
        "party=KG&sort=title",
        "q=project+2",
        "funded=yes&currency=USD",
        "flag=overdue&sort=status",
        "year=2019",
        "updated_since=2999-01-01",
    ],
)
def test_page_and_files_show_the_same_rows_in_the_same_order(client, some, query):
    page = html.fromstring(client.get(f"/en/initiatives/?{query}").content.decode())
    shown = [row.get("data-code") for row in page.cssselect("[data-code]")]
    listed = client.get(f"/en/initiatives.json?{query}").json()
    text = b"".join(client.get(f"/en/initiatives.csv?{query}")).decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert listed["count"] == len(shown)
    assert shown == [row["code"] for row in listed["results"]] == [row["code"] for row in table]
