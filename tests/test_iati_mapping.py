"""Activities of others in our columns: what exists is found, what is missing is planned."""

import io
from datetime import date

import pytest

from initiatives.exchange.cells import split
from initiatives.exchange.columns import COLUMNS
from initiatives.exchange.iati.mapping import Known, NewCountry, map_activity
from initiatives.exchange.iati.reading import read_activities
from initiatives.exchange.instance_row import table_row
from tests import factories as make
from tests.iati import FOLDER
from tests.iati.check import problems
from tests.iati.records import LIST, RECORD, tellable, whole
from tests.iati.stored import store

pytestmark = pytest.mark.django_db
TODAY = date(2025, 6, 1)
ROLES = """<participating-org role="1" ref="44001" type="40">
    <narrative>Bank X</narrative></participating-org>"""
HEAD = b'<iati-activities version="2.03"><iati-activity xml:lang="en">'
TAIL = b"</iati-activity></iati-activities>"


def mapped(inner="", known=None):
    if "activity-status" not in inner:
        inner = f'<activity-status code="2"/>{inner}'
    content = HEAD + f"<iati-identifier>XM-1</iati-identifier>{inner}".encode() + TAIL
    (activity,) = read_activities(io.BytesIO(content))
    return map_activity(activity, known or Known.load(), today=TODAY)


@pytest.fixture
def real():
    known = Known.load()
    with (FOLDER / "worldbank-el-salvador.xml").open("rb") as file:
        return [map_activity(one, known, today=TODAY) for one in read_activities(file)]


def test_every_activity_of_a_real_file_has_its_cells(real):
    assert len({one.key for one in real}) == 13
    needed = {
        "title_en",
        "description_en",
        "status",
        "planned_start",
        "countries_roles",
        "sectors",
        "main_sector",
        "organisations_roles",
        "funding_amounts",
        "funding_providers",
    }
    for one in real:
        assert needed <= set(one.cells) <= set(COLUMNS)
        assert one.sources
        assert one.status_reasons["en"].startswith("IATI status ")


def test_no_money_of_a_real_file_is_lost(real):
    lines = [len(split(one.cells["funding_types"])) for one in real]
    assert sum(lines) == 632
    assert [len(one.funding_notes) for one in real] == lines


def test_what_has_no_column_is_counted(real):
    assert sum(len(split(one.cells["budget_numbers"])) for one in real) == 2110
    assert sum(one.unmapped.get("location", 0) for one in real) == 640


def test_a_real_file_is_exported_as_valid_activities(client, real):
    for number, one in enumerate(real, start=1):
        store(one, f"CI-2025-{number:04}")
    content = b"".join(client.get(LIST).streaming_content)
    assert problems(content) == []
    assert content.count(b"<iati-activity ") == 13
    assert content.count(b"<transaction ") == 632
    assert content.count(b"<document-link ") == sum(len(one.sources) for one in real)


def test_a_country_that_we_lack_is_planned_with_its_names():
    one = mapped('<recipient-country code="sv"/>')
    assert one.cells["countries_roles"] == "SV:beneficiary"
    assert one.countries == (
        NewCountry(
            "SV",
            "SLV",
            {"en": "El Salvador", "ru": "Сальвадор", "uz": "Salvador", "kk": "Сальвадор"},
        ),
    )


def test_a_country_that_is_there_is_not_planned_and_one_that_is_none_is_named():
    make.make_country("UZ")
    one = mapped('<recipient-country code="UZ"/><recipient-country code="QQ"/>')
    assert (one.cells["countries"], one.countries) == ("UZ", ())
    assert one.notes == ("“QQ” is no country of ISO 3166.",)


def test_an_organisation_is_found_by_its_identifier():
    make.make_organisation("our-bank", iati_id="44001")
    one = mapped(ROLES)
    assert (one.cells["organisations_roles"], one.organisations) == ("our-bank:1", ())


def test_an_organisation_that_we_lack_is_planned_once_for_a_file():
    known = Known.load()
    first, second = mapped(ROLES, known), mapped(ROLES, known)
    assert first.organisations == second.organisations
    (new,) = first.organisations
    assert (new.slug, new.iati_id, new.kind) == ("bank-x", "44001", "multilateral")


@pytest.mark.parametrize(
    ("stored", "code", "slug"),
    [("14020", "14020", "water"), ("14010", "14020", None), ("140", "14020", None)],
)
def test_a_sector_is_found_by_its_code_and_by_no_other(stored, code, slug):
    make.make_sector("water", dac_code=stored)
    one = mapped(f'<sector code="{code}"/>')
    planned = "water-supply-and-sanitation-large-systems"
    assert one.cells["sectors"] == (slug or planned)
    assert [new.dac_code for new in one.sectors] == ([] if slug else ["14020"])


def test_shares_of_sectors_give_a_hundred_after_rounding():
    sectors = "".join(
        f'<sector code="{code}" percentage="33.333333"/>' for code in ("11110", "14010", "21010")
    )
    assert mapped(sectors).cells["sectors_percents"] == "33.34|33.33|33.33"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("1", "planned"),
        ("2", "in_progress"),
        ("3", "implemented"),
        ("4", "implemented"),
        ("5", "cancelled"),
        ("6", "suspended"),
    ],
)
def test_a_status_becomes_ours_and_the_reason_says_so(code, status):
    one = mapped(f'<activity-status code="{code}"/>')
    assert one.cells["status"] == status
    assert f"IATI status {code}" in one.status_reasons["en"]


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ("<activity-status/>", "The file gives no status, so none is entered."),
        ('<activity-status code="9"/>', "“9” is no status of IATI."),
    ],
)
def test_a_status_that_is_missing_or_unknown_is_told_and_none_is_entered(element, told):
    one = mapped(element)
    assert "status" not in one.cells
    assert told in one.notes


def test_a_commitment_below_zero_is_a_cancellation():
    money = (
        '<transaction><transaction-type code="{}"/><transaction-date iso-date="2024-01-02"/>'
        '<value currency="USD" value-date="2024-01-02">{}</value></transaction>'
    )
    one = mapped(money.format(2, "-5.25") + money.format(5, "-1") + money.format(99, "1"))
    assert one.cells["funding_types"] == "cancellation|repayment"
    assert one.cells["funding_amounts"] == "5.25|-1.00"
    assert one.cells["funding_transaction_types"] == "|5"
    assert "Transaction 3 is left out: “99” is no type of transaction." in one.notes


@pytest.mark.parametrize("value", ["abc", "1e400", "99999999999999999", "NaN"])
def test_what_is_no_amount_is_left_out_and_named(value):
    money = f'<value currency="USD" value-date="2024-01-01">{value}</value>'
    one = mapped(f'<transaction><transaction-type code="3"/>{money}</transaction>')
    assert "funding_amounts" not in one.cells
    assert any(note.startswith("Transaction 1 is left out") for note in one.notes)


def test_texts_in_other_languages_are_kept_and_the_notes_say_so():
    one = mapped('<title><narrative xml:lang="es">Agua</narrative></title>')
    assert one.cells["title_en"] == "Agua"
    assert "in none of our languages" in one.notes[0]


def test_actual_dates_that_lie_ahead_are_left_out():
    one = mapped('<activity-date type="4" iso-date="2030-01-01"/>')
    assert "actual_end" not in one.cells
    assert "2030-01-01 is in the future" in one.notes[0]


def test_what_we_exported_comes_back_the_same(client):
    record = whole()
    record.sectors.update(percent=None)
    content = b"".join(client.get(RECORD).streaming_content)
    (activity,) = read_activities(io.BytesIO(content))
    one = map_activity(activity, Known.load(), today=make.in_days(0).first)
    assert (one.key, one.parent_key) == (record.code, "CI-2025-00011")
    assert (one.countries, one.organisations, one.sectors) == ((), (), ())
    roles = {"UZ:party", "KZ:party", "KG:financier"}
    assert roles < set(split(one.cells["countries_roles"]))
    assert split(one.cells["funding_provider_countries"])[-1] == "KG"
    for name in (
        "title_ru",
        "planned_start",
        "planned_end",
        "actual_start",
        "actual_end",
        "status",
        "summary_en",
        "description_ru",
    ):
        assert one.cells[name] == COLUMNS[name].write(table_row(record)), name
    assert set(split(one.cells["sectors"])) == {"energy", "water", "rail"}


def test_the_questions_of_a_file_are_five(django_assert_num_queries):
    tellable()
    with django_assert_num_queries(5):
        mapped(ROLES + '<sector code="11110"/>')
