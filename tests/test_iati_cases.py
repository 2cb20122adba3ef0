"""Activities whose meaning was once changed or dropped without a word."""

from decimal import Decimal

import pytest

from initiatives.models import Initiative, Sector
from tests.iati import FOLDER
from tests.iati.importing import applied, one, stored
from tests.iati.returning import imported, notes_of, plan_of

pytestmark = pytest.mark.django_db
CASES = FOLDER / "cases"


def content(name):
    return (CASES / name).read_bytes()


@pytest.fixture
def silent():
    told = notes_of(imported(content("silent.xml")))
    return stored(), told


def test_texts_in_french_are_kept_and_told(silent):
    records, told = silent
    texts = records["YY-1"].external_texts.values_list("field", "language", "text")
    assert list(texts) == [("title", "fr", "Routes"), ("description-1", "fr", "Courte.")]
    assert "title (fr): “Routes”; description (fr): “Courte.”" in told["YY-1"]


def test_a_government_that_implements_is_an_organisation_of_that_role(silent):
    records, _told = silent
    link = records["YY-1"].organisations.get(role="4")
    assert (link.organisation.name_en, link.organisation.kind) == ("Kazakhstan", "government")
    assert link.organisation.country.iso2 == "KZ"


@pytest.mark.parametrize(
    "what",
    [
        "@role 9",
        "@ref NGO-1",
        "narrative Some NGO",
        "activity-date @type 2 · @iso-date 2021-02-02",
        "1000.1234 → 1000.123 (T1)",
        "sector/@code 31110 (T2)",
        "recipient-country/@code TJ (T2)",
        "The percents give 80, not 100.",
        "@last-updated-datetime 2024-01-01T00:00:00Z",
        "@hierarchy 2",
    ],
)
def test_what_is_not_taken_over_is_told_with_its_value(silent, what):
    assert what in silent[1]["YY-1"]


def test_the_shares_of_countries_and_sectors_stay_as_they_are(silent):
    record = silent[0]["YY-1"]
    countries = record.countries.filter(role="beneficiary")
    assert {x.country.iso2: x.percent for x in countries} == {"UZ": Decimal(80), "KZ": Decimal(20)}
    assert {x.sector.dac_code: x.percent for x in record.sectors.all()} == {
        "21020": Decimal(50),
        "15110": Decimal(30),
    }


def test_money_keeps_its_reference_and_the_day_of_its_value(silent):
    lines = silent[0]["YY-1"].funding.values_list("reference", "amount", "value_date")
    assert [(ref, str(amount), str(day)) for ref, amount, day in lines] == [
        ("T1", "1000.123", "2019-12-31"),
        ("T2", "500.00", "2019-12-31"),
    ]


def test_the_region_of_a_language_does_not_hide_it(silent):
    record = silent[0]["YY-2"]
    assert (record.title_ru, record.title_en) == ("Дорога", "Road")
    imported(content("b18_iati_ru_RU.xml"))
    assert stored()["XX-T-23"].title_ru == "Проект воды"


def test_a_comma_in_a_share_has_one_reading():
    told = notes_of(imported(content("b19_iati_percent_comma.xml")))
    links = stored()["XX-T-25"].sectors.all()
    assert sorted(str(link.percent) for link in links) == ["49.50", "50.50"]
    assert "50,5 → 50.50" in told["XX-T-25"]


@pytest.mark.parametrize("name", ["sector-order.xml", "sector-order-swapped.xml"])
def test_each_activity_keeps_its_own_codes_whatever_came_before(name):
    imported(content(name))
    shares = {
        key: {link.sector.dac_code: link.percent for link in row.sectors.all()}
        for key, row in stored().items()
    }
    assert shares == {
        "XX-1": {"13010": Decimal(100)},
        "XX-2": {"13040": Decimal(60), "13030": Decimal(40)},
    }
    names = dict(Sector.objects.values_list("dac_code", "name_en"))
    assert names["13030"] == "Family planning"


def test_an_order_changes_neither_cells_nor_short_names():
    first, second = (plan_of(content(f"sector-order{end}.xml")) for end in ("", "-swapped"))
    assert {row.key: row.texts for row in first.rows()} == {
        row.key: row.texts for row in second.rows()
    }


@pytest.mark.parametrize("code", ["3", "4"])
def test_both_statuses_of_what_is_done_come_back(code):
    applied(one(status=code))
    kept = Initiative.objects.get().classifications.get(element="activity-status")
    assert kept.code == code
