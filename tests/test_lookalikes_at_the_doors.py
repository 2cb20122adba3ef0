"""A letter that only looks Latin is named wherever a code is read, and the code is suggested."""

import pytest
from django.urls import reverse
from django.utils import translation

from initiatives.models import ExternalId
from initiatives.notation import NotRead, read_currency
from tests.factories import make_initiative
from tests.importing import CODE, bridge, lists, plan_of  # noqa: F401


def only(*rows):
    [row] = plan_of(*rows).rows()
    return row


@pytest.mark.once
@pytest.mark.parametrize(
    ("column", "text", "near"),
    [
        ("countries_roles", "UZ:party|КZ:party", "KZ"),
        ("countries_roles", "UZ:pаrty", "party"),
        ("sectors", "еnergy", "energy"),
        ("organisations_roles", "bаnk:1", "bank"),
        ("funding_currencies", "UЅD", "USD"),
        ("kind", "аgreement", "agreement"),
        ("status", "рlanned", "planned"),
        ("cited_sources", "рrotocol", "protocol"),
    ],
)
def test_a_code_of_a_file_is_suggested_by_what_it_looks_like(bridge, column, text, near):  # noqa: F811
    row = only({"code": CODE, column: text})
    assert row.action == "error"
    told = row.cells[column]["error"]
    assert "is a Cyrillic letter" in told
    assert f"Did you mean “{near}”?" in told


def test_the_code_of_a_record_with_a_cyrillic_letter_makes_no_other_record(bridge):  # noqa: F811
    row = only({"code": "СI-2025-0001", "title_en": "Long bridge"})
    assert row.action == "error"
    assert "“С”, is a Cyrillic letter" in row.cells["code"]["error"]
    assert f"Did you mean “{CODE}”?" in row.cells["code"]["error"]


def test_an_identifier_that_another_record_has_in_latin_letters_is_refused(bridge):  # noqa: F811
    ExternalId.objects.create(initiative=make_initiative(), scheme="wb", value="P123456")
    row = only({"code": CODE, "external_ids": "wb:Р123456"})
    assert "Did you mean “wb:P123456”?" in row.cells["external_ids"]["error"]


def test_an_identifier_with_a_cyrillic_letter_is_taken_and_told(bridge):  # noqa: F811
    row = only({"code": CODE, "external_ids": "treaty:Р-17"})
    assert row.action == "update"
    assert "is a Cyrillic letter" in row.cells["external_ids"]["finding"]


@pytest.mark.parametrize(
    ("query", "near"),
    [("country=КZ", "KZ"), ("status=рlanned", "planned"), ("sector=еnergy", "energy")],
)
def test_the_public_list_suggests_the_code_that_is_meant(client, bridge, query, near):  # noqa: F811
    with translation.override("en"):
        answer = client.get(f"{reverse('initiatives:list')}?{query}")
    assert f"Did you mean “{near}”?" in answer.content.decode()
    machine = client.get(f"/en/initiatives.json?{query}")
    assert machine.status_code == 400
    assert near in machine.content.decode()


def test_a_filter_passes_over_invisible_signs(client, bridge):  # noqa: F811
    answer = client.get("/en/initiatives.json?status=planned%E2%80%8B")
    assert answer.status_code == 200


def test_a_currency_is_suggested_by_what_it_looks_like():
    with pytest.raises(NotRead, match=r"“Ѕ”, is a Cyrillic letter.*Did you mean “USD”"):
        read_currency("UЅD")
