"""Values of a list that another sign parts than the bar are named, in every column of lists."""

from pathlib import Path

import pytest

from initiatives.exchange.columns import READABLE
from initiatives.imports.planning import make_plan
from initiatives.imports.reading import open_table
from initiatives.rights import Rights
from tests.factories import make_initiative
from tests.importing import CODE, NEW, make_lists, only_error

pytestmark = pytest.mark.once

CASES = Path(__file__).parent / "data" / "cases"
SIGNS = [",", ", ", ";", "; ", "/", " / ", "\n", "\t", " & ", " and ", " и "]


def read(column, text):
    return READABLE[column].read(text)


def refused(column, text):
    with pytest.raises(Exception) as error:  # noqa: PT011
        read(column, text)
    return " ".join(error.value.messages)


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("countries_roles", ["UZ:party", "KZ:party"]),
        ("organisations_roles", ["bank:1", "ministry-of-energy:4"]),
        ("countries_percents", ["UZ:beneficiary:80.5", "KZ:beneficiary:19.5"]),
        ("parties", ["UZ", "KZ"]),
        ("countries", ["UZ", "KZ", "KG"]),
        ("sectors", ["energy", "water-supply"]),
        ("main_sector", ["energy", "water"]),
        ("organisations", ["bank", "adb"]),
        ("funding_providers", ["bank", "adb"]),
        ("funding_types", ["pledge", "commitment"]),
        ("funding_amount_kinds", ["exact", "about"]),
        ("funding_currencies", ["USD", "KZT"]),
        ("funding_instruments", ["grant", "loan"]),
        ("funding_dates", ["2027-05-14", "2028"]),
        ("funding_numbers", ["1", "2"]),
    ],
)
def test_another_sign_between_codes_is_named_with_the_cell_as_it_would_be_right(
    column, values, sign
):
    right = "|".join(values)
    assert refused(column, sign.join(values)).startswith(f"“|” parts values. Write “{right}”")


@pytest.mark.parametrize("sign", [";", "; ", " / ", "\n", " and "])
@pytest.mark.parametrize("column", ["funding_amounts", "sectors_percents"])
def test_another_sign_between_numbers_is_named(column, sign):
    assert "Write “60.50|39.50”" in refused(column, f"60.50{sign}39.50")


@pytest.mark.parametrize(
    "text", ["wb:P123456,wb:P234567", "wb:P123456; adb:47107", "wb:P1\nwb:P2", "wb:P1 adb:2"]
)
def test_another_sign_between_identifiers_is_named(text):
    assert "“|” parts values" in refused("external_ids", text)


def test_identifiers_of_one_register_are_told_by_their_make():
    assert "Write “wb:P123456|wb:P234567”" in refused("external_ids", "wb:P123456,P234567")


@pytest.mark.parametrize(
    "text",
    ["treaty:UNTS I-12345, vol. 3", "x:https://a.example/b,c;d", "iati:XM-DAC-1/a", "doc:No 5/26"],
)
def test_an_identifier_may_have_such_signs_of_its_own(text):
    assert read("external_ids", text) == [tuple(text.split(":", 1))]


@pytest.mark.parametrize("sign", [",", ";", " ", "\n", "; "])
def test_another_sign_between_sources_is_named(sign):
    assert "“|” parts values" in refused("cited_sources", f"protocol{sign}letter")
    addresses = ("https://a.example/1", "https://a.example/2")
    assert "“|” parts values" in refused("cited_sources", sign.join(addresses))


def test_an_address_may_have_such_signs_of_its_own():
    address = "https://a.example/b,c;d?e=1&f=2"
    assert read("cited_sources", f"{address}|protocol") == [address, "protocol"]


def test_a_name_in_place_of_a_code_is_not_taken_for_a_list():
    assert read("organisations", "Ministry of Energy, Water") == ["Ministry of Energy, Water"]


@pytest.fixture
def lists(db):
    make_lists()
    make_initiative(CODE, title_en="Bridge")


def test_the_import_names_row_column_and_cure(lists):
    column, message = only_error(NEW | {"countries_roles": "UZ:party,KZ:party"})
    assert column == "countries_roles"
    assert message == "“|” parts values. Write “UZ:party|KZ:party” and not “UZ:party,KZ:party”."


def test_the_case_of_a_comma_between_values(lists):
    table = open_table(CASES / "b10_comma_between_values.csv")
    (row,) = make_plan(table, rights=Rights.of_system()).rows("error")
    assert "“|” parts values" in row.cells["countries_roles"]["error"]


def test_lists_of_different_lengths_are_told_the_sign_that_parts(lists):
    assert "“|”" in only_error(NEW | {"sectors_percents": "100"})[1]
    assert "“|”" in only_error(NEW | {"funding_types": "commitment"})[1]
