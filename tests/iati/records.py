"""Initiatives that have all that IATI demands, for tests of the export."""

from tests import factories as make

LIST, RECORD = "/en/initiatives.iati.xml", "/en/initiatives/CI-2025-0001.iati.xml"


def tellable(code="CI-2025-0001", **fields):
    """The least that can be told as an activity."""
    values = {"summary_en": "What it is.", "planned_start": "2024", **fields}
    return make.make_initiative(code, **values)


def whole(code="CI-2025-0001", *, shared=True):
    """One with everything that an activity may tell; the identifiers belong to one only."""
    made = tellable(
        code,
        status="implemented",
        sectors=["water", "rail"],
        title_en="Title",
        title_ru="Название",
        title_uz="Nomi",
        title_kk="Атауы",
        description_ru="Подробно",
        planned_end="2024-H2",
        actual_start="2024-02",
        actual_end="2025-05-14",
        parent=tellable(f"{code}1"),
    )
    make.make_sector("water").__class__.objects.filter(slug="water").update(dac_code="14010")
    make.add_country(made, "KG", "financier")
    make.add_organisation(made, "ministry", "signatory")
    make.add_organisation(made, "bank", "1")
    mark = "" if shared else code
    made.external_ids.create(scheme="iati", value=f"44000-P178734{mark}")
    made.external_ids.create(scheme="wb", value=f"P178734{mark}")
    tellable(f"{code}2", parent=made)
    _money(made)
    _sources(made)
    return made


def _money(made):
    bank, ministry = make.make_organisation("bank"), make.make_organisation("ministry")
    bank.iati_id = "44000"
    bank.save()
    sides = {"provider": bank, "receiver": ministry}
    make.make_funding(made, "1000.5", date="2024-01-05", instrument="loan", **sides)
    make.make_funding(made, "900", date="2024-01-05", type="pledge", amount_kind="about")
    make.make_funding(made, "8345678901234567.891", date="2024-03-01", type="disbursement")
    make.make_funding(made, "5", date="2024-03-01", type="repayment", note_ru="Первый платёж")
    make.make_funding(made, "7", date="2024-03-02", type="cancellation", currency="UZS")
    make.make_funding(made, "7", date="2024-03-02", amount_kind="range", amount_max="9")
    country = make.make_country("KG")
    make.make_funding(made, "1", date="2024-03-02", type="expenditure", provider_country=country)


def _sources(made):
    make.cite(
        made, make.make_source("treaty", kind="treaty", published="2024-01-05", language="ru")
    )
    make.cite(made, make.make_source("page", kind="media", url="https://example.org/a.pdf?x=1#p 2"))
    make.cite(made, make.make_source("secret", is_public=False))
