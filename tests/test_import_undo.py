"""What an import changed is afterwards as it was before, whatever it was."""

import pytest

from initiatives import actions
from initiatives.models import Citation, Initiative
from tests.desk import make_desk
from tests.factories import (
    add_country,
    cite,
    make_country,
    make_funding,
    make_initiative,
    make_organisation,
    make_sector,
    make_source,
    make_status_change,
)
from tests.importing import applied, outcomes

CODE = "CI-2025-0001"
BOOKKEEPING = {
    *("id", "version", "public_version"),
    *("created_at", "created_by_id", "updated_at", "updated_by_id"),
}
PARTS = ("countries", "sectors", "organisations", "funding", "external_ids", "citations")
TEXTS = {
    f"{name}_{language}": "Changed"
    for name in ("title", "summary", "description", "outcome")
    for language in ("en", "ru", "uz", "kk")
}
CHANGES = [
    *({name: text} for name, text in TEXTS.items()),
    {"summary_en": ""},
    {"kind": "infrastructure"},
    {"planned_start": "2021-H1", "moved_because": "Floods"},
    {"planned_start": "", "moved_because": "Floods"},
    {"planned_end": "2031-05-14", "moved_because": "Floods"},
    {"planned_end": "", "moved_because": "Floods"},
    {"actual_start": "2022"},
    {"actual_end": "2025-Q3"},
    {"parties": "UZ|KG"},
    {"countries": "UZ"},
    {"countries_roles": "KG:party|KZ:party|UZ:host"},
    {"countries_roles": ""},
    {"sectors": "water"},
    {"sectors": "water|transport|energy", "sectors_percents": "1|2|97"},
    {"sectors": "water|energy", "sectors_percents": "66.50|33.50", "main_sector": "water"},
    {"sectors": "", "sectors_percents": "", "main_sector": ""},
    {"organisations_roles": "adb:1|bank:2"},
    {"organisations_roles": ""},
    {"funding_numbers": ""},
    {"funding_numbers": "2"},
    {"funding_numbers": "1|2", "funding_amounts": "7.1250|8.00", "funding_amounts_max": "|9.00"},
    {"funding_numbers": "1|2", "funding_currencies": "EUR|KZT"},
    {"funding_numbers": "1|2", "funding_dates": "2024-05|", "funding_types": "pledge|pledge"},
    {"funding_numbers": "1|2", "funding_instruments": "grant|loan"},
    {"funding_numbers": "1|2", "funding_providers": "adb|", "funding_receivers": "|bank"},
    {"funding_numbers": "1|2", "funding_provider_countries": "KG|"},
    {
        "funding_numbers": "3|1|2",
        "funding_types": "pledge|commitment|commitment",
        "funding_amount_kinds": "undisclosed|exact|range",
        "funding_amounts": "|1000000.00|5.00",
        "funding_currencies": "|USD|USD",
    },
    {"parent": ""},
    {"parent": "CI-2025-0003"},
    {"external_ids": ""},
    {"external_ids": "adb:7|wb:P2"},
    {"desk": "Energy desk"},
    {"status": "agreed", "status_since": "2025", "status_source": "protocol"},
    {"status": "planned", "status_since": "2023-05"},
]


@pytest.fixture
def bridge(db):
    """A record with something in every column, and others to which it can be tied."""
    lists()
    return full()


def lists():
    for iso2 in ("UZ", "KZ", "KG"):
        make_country(iso2)
    for slug in ("energy", "water", "transport"):
        make_sector(slug)
    for slug in ("bank", "adb"):
        make_organisation(slug)
    make_source("protocol")


def full():
    make_desk("Energy desk")
    make_initiative("CI-2025-0003")
    texts = {name: f"Old {name}" for name in TEXTS}
    made = make_initiative(
        CODE,
        parent=make_initiative("CI-2025-0002"),
        organisations=["bank"],
        sectors=["water"],
        planned_start="2020",
        planned_end="2027-05",
        actual_start="2021-Q2",
        first_planned_end="2027-05",
        internal_note="For us",
        **texts,
    )
    made.sectors.filter(sector__slug="water").update(percent="12.50")
    add_country(made, "KZ", role="host")
    bank = make_organisation("bank")
    rate = {"usd_rate": "1.5", "usd_rate_on": "2024-05-14", "usd_rate_source": make_source("nb")}
    money = make_funding(made, provider=bank, receiver=bank, date="2024", note_en="Paid", **rate)
    cite(money, locator="p. 7")
    make_funding(made, "5.125", amount_kind="range", amount_max="6", instrument="loan")
    made.external_ids.create(scheme="wb", value="P1")
    cite(make_status_change(made))
    return made


EVERYTHING = TEXTS | {
    "kind": "infrastructure",
    "planned_start": "2021-H1",
    "planned_end": "2031-05-14",
    "moved_because": "Floods",
    "actual_start": "2022",
    "actual_end": "2025-Q3",
    "countries_roles": "KG:party|KZ:party|UZ:host",
    "sectors": "water|transport",
    "sectors_percents": "66.50|33.50",
    "main_sector": "water",
    "organisations_roles": "adb:1|bank:2",
    "funding_numbers": "2|4",
    "funding_types": "pledge|disbursement",
    "funding_amount_kinds": "exact|exact",
    "funding_amounts": "7.1250|8.00",
    "funding_amounts_max": "|",
    "funding_currencies": "EUR|KZT",
    "parent": "CI-2025-0003",
    "external_ids": "adb:7",
    "desk": "Energy desk",
    "status": "agreed",
    "status_since": "2025",
    "status_source": "protocol",
}
# What is put into a record in which nothing stands.
BARE = [
    {"planned_end": "2031", "planned_start": "2030"},
    {"countries_roles": "KG:party|KZ:party|UZ:host"},
    {"sectors": "water|energy", "sectors_percents": "66.50|33.50", "main_sector": "water"},
    {"organisations_roles": "adb:1|bank:2"},
    {"funding_types": "pledge", "funding_amounts": "5", "funding_currencies": "USD"},
    {"external_ids": "wb:P1", "parent": "CI-2025-0002"},
    TEXTS,
]


@pytest.mark.django_db
@pytest.mark.parametrize("cells", BARE, ids=lambda cells: next(iter(cells)))
@pytest.mark.parametrize("publication", ["draft", "published"])
def test_undo_empties_what_was_empty(cells, publication):
    lists()
    make_initiative("CI-2025-0002")
    make_initiative(CODE, parties=(), main_sector="", publication=publication)
    before = content()
    undone({"code": CODE} | cells)
    assert content() == before


def content():
    """All that the record says, without its bookkeeping and without histories."""
    record = Initiative.objects.get(code=CODE)
    parts = {name: rows(getattr(record, name).all()) for name in PARTS}
    of_money = rows(Citation.objects.filter(funding__initiative=record), but="funding_id")
    return row(record) | parts | {"citations of money": of_money}


def rows(found, *, but=""):
    return sorted((row(one, but) for one in found), key=str)


def row(one, but=""):
    names = [field.attname for field in one._meta.concrete_fields]
    return {name: getattr(one, name) for name in names if name not in BOOKKEEPING | {but}}


def undone(*cells):
    batch = applied(*cells)
    assert outcomes(batch) == ["done"] * len(cells)
    batch = actions.imports.undo(batch, by=None)
    assert outcomes(batch) == ["undone"] * len(cells)


@pytest.mark.parametrize("publication", ["draft", "published"])
def test_undo_restores_every_column(bridge, publication):
    Initiative.objects.filter(code=CODE).update(publication=publication)
    before = content()
    for cells in CHANGES:
        undone({"code": CODE} | cells)
        assert content() == before, cells


def test_undo_restores_all_columns_at_once(bridge):
    before = content()
    undone({"code": CODE} | EVERYTHING)
    assert content() == before


def test_what_was_edited_since_is_listed_and_all_else_restored(bridge):
    other = Initiative.objects.get(code="CI-2025-0002")
    before = content()
    batch = applied({"code": CODE, "title_en": "A"}, {"code": other.code, "title_en": "B"})
    other.refresh_from_db()
    other.summary_en = "Mine"
    actions.save(other, by=None)
    batch = actions.imports.undo(batch, by=None)
    told = [(row.key, row.outcome, "after the import" in row.told) for row in batch.rows.all()]
    assert told == [(CODE, "undone", False), (other.code, "left", True)]
    assert (content(), Initiative.objects.get(pk=other.pk).title_en) == (before, "B")
