"""The index of organisations as a file."""

import csv
import io

import pytest

from tests.organisation_rows import make_bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank():
    return make_bank()


def table(client, query=""):
    response = client.get(f"/organisations.csv{query}")
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(b"".join(response).decode("utf-8-sig"))))


def test_the_file_has_every_row_of_the_page_with_the_same_figures(client, bank):
    first, second = table(client)
    assert [first["slug"], second["slug"]] == ["bank", "other-bank"]
    assert first["pays"] == "pledge EUR ?×1|commitment USD 10.00|disbursement USD 4.50"
    assert first["gets"] == "commitment KZT 7.00"
    numbers = ("initiatives", "late", "role_in", "pays_in", "gets_in", "planned", "agreed")
    assert [first[name] for name in numbers] == ["3", "1", "1", "1", "1", "1", "2"]
    assert (first["country"], first["acronym"], first["kind"]) == ("UZ", "RDB", "bank")
    assert first["url"] == "http://testserver/en/organisations/bank/"
    assert [row["slug"] for row in table(client, "?does=gets&page_size=1&page=9")] == ["bank"]


def test_the_file_refuses_what_the_page_cannot_understand(client, bank):
    answer = client.get("/organisations.csv?kind=zzz&knd=1&page=0")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert set(answer.json()["errors"]) == {"kind", "knd", "page"}
