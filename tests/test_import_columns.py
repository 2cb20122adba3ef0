"""What a cell means, and what no export tells."""

import pytest
from django.core.exceptions import ValidationError

from initiatives.exchange import columns
from initiatives.exchange.instance_row import table_row
from initiatives.models import Initiative
from initiatives.partial_dates import PartialDate
from tests.factories import make_initiative
from tests.register import as_public

pytestmark = pytest.mark.once


def read(name, text):
    return columns.READABLE[name].read(text)


def refused(name, text):
    with pytest.raises(ValidationError) as refusal:
        read(name, text)
    return " ".join(refusal.value.messages)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("title_en", " A bridge ", "A bridge"),
        ("title_en", "", None),
        ("planned_end", "05.2027", PartialDate.parse("2027-05")),
        ("countries_roles", "UZ:party|UZ:host", [("UZ", "party"), ("UZ", "host")]),
        ("sectors_percents", "|40", [None, 40]),
        ("external_ids", "iati:XM-1:2", [("iati", "XM-1:2")]),
        ("status", "", None),
    ],
)
def test_a_cell_becomes_a_value(name, text, value):
    assert read(name, text) == value


@pytest.mark.parametrize(
    ("name", "text", "cure"),
    [
        ("status", "implementd", "Did you mean “implemented”?"),
        ("kind", "Agreement", "Did you mean “agreement”?"),
        ("kind", "", "must not be empty"),
        ("planned_end", "soon", "Write 2027"),
        ("countries_roles", "UZ", "Write it as UZ:party"),
        ("funding_currencies", "EURR", "Did you mean “EUR”?"),
        ("funding_amounts", "1,500", "may be 1500 or 1.5. Write 1500 or 1.50."),
        ("external_ids", "P123456", "for example wb:P123456"),
        ("code", "7", "CI-2025-0007"),
    ],
)
def test_what_is_no_value_is_refused_with_the_cure(name, text, cure):
    assert cure in refused(name, text)


@pytest.mark.django_db
def test_the_code_of_a_draft_is_not_told_by_the_record_below_it():
    above = make_initiative(publication="draft")
    make_initiative("CI-2025-0001", parent=above)
    assert written("CI-2025-0001", "parent") == ""


@pytest.mark.django_db
def test_the_code_of_a_public_record_above_is_told():
    make_initiative("CI-2025-0001", parent=make_initiative("CI-2025-0002"))
    assert written("CI-2025-0001", "parent") == "CI-2025-0002"


def written(code, name):
    return columns.COLUMNS[name].write(table_row(as_public(Initiative.objects.get(code=code))))


def test_no_export_has_a_column_of_the_desk():
    with pytest.raises(columns.UnknownColumns):
        columns.chosen(["desk"])
