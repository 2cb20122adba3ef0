"""The lists that every site needs: countries and sectors, loaded once and never overwritten."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from initiatives.actions.reference import load_reference_data
from initiatives.models import Change, Country, Sector
from initiatives.reference_data import ISO3, codes, countries, country_names, sectors
from tests.desk import make_officer, signed_in
from tests.factories import make_country, make_initiative, make_sector

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures").glob("*.json"))
LANGUAGES = ("en", "ru", "uz", "kk")
CYRILLIC = re.compile("[а-яёәғқңөұүһі]", re.IGNORECASE)


def loaded(capsys):
    call_command("load_reference_data")
    return capsys.readouterr().out


@pytest.mark.once
def test_countries_are_those_with_an_official_code_of_iso_3166():
    assert len(codes()) == 249
    assert {"UZ", "KZ", "AX", "BQ", "PS", "TW"} <= set(codes())
    assert not {"EU", "XK", "ZZ", "AC", "UK", "SU"} & set(codes())


@pytest.mark.once
@pytest.mark.parametrize(
    ("iso2", "iso3"), [("FR", "FRA"), ("CD", "COD"), ("TL", "TLS"), ("MM", "MMR"), ("DE", "DEU")]
)
def test_a_code_of_a_former_country_is_not_that_of_today(iso2, iso3):
    assert ISO3[iso2] == iso3


@pytest.mark.once
def test_every_country_and_sector_has_a_name_in_each_language_and_its_letters():
    for row in [*countries(), *sectors()]:
        names = [row[f"name_{language}"] for language in LANGUAGES]
        assert all(names), row
        assert not CYRILLIC.search(row["name_en"] + row["name_uz"]), row
        assert CYRILLIC.search(row["name_ru"]), row
        assert CYRILLIC.search(row["name_kk"]), row
        assert not set("‘’'`") & set(row["name_uz"]), row


@pytest.mark.once
def test_uzbek_names_have_the_letters_of_the_alphabet():
    assert country_names("US")["uz"] == "Amerika Qoʻshma Shtatlari"
    assert country_names("CI")["uz"] == "Kot-dʼIvuar"


@pytest.mark.once
def test_a_country_has_its_uzbek_name_of_today():
    assert country_names("SZ")["uz"] == "Esvatini"


@pytest.mark.once
def test_no_code_and_no_name_of_a_sector_stands_twice():
    for name in ("slug", *(f"name_{language}" for language in LANGUAGES)):
        values = [row[name] for row in sectors()]
        assert len(values) == len(set(values)), name
    dac = [row["dac_code"] for row in sectors() if row["dac_code"]]
    assert len(dac) == len(set(dac))
    assert sum(len(code) == 3 for code in dac) == 42


@pytest.mark.django_db
def test_an_empty_database_gets_all_of_them_with_their_history(capsys):
    assert "Countries:   249 made, 0 there already" in loaded(capsys)
    kazakhstan = Country.objects.get(iso2="KZ")
    assert (kazakhstan.iso3, kazakhstan.name_kk) == ("KAZ", "Қазақстан")
    renewable = Sector.objects.get(dac_code="232")
    assert (renewable.parent.slug, renewable.name_en) == (
        "energy",
        "Energy generation, renewable sources",
    )
    assert Change.objects.filter(model="country", action="created").count() == 249


@pytest.mark.django_db
def test_a_second_time_nothing_is_made_and_nothing_written():
    load_reference_data()
    before = Change.objects.count()
    with CaptureQueriesContext(connection) as captured:
        again = load_reference_data()
    assert again.made == {"country": 0, "sector": 0}
    assert again.differences == []
    assert Change.objects.count() == before
    assert len(captured) < 10


@pytest.mark.django_db
def test_what_an_officer_edited_stays_and_is_told(capsys):
    make_country("KG", iso3="KGZ", name_ru="Киргизская Республика")
    make_sector("energy", dac_code="23110")
    said = loaded(capsys)
    assert Country.objects.get(iso2="KG").name_ru == "Киргизская Республика"
    assert "Differs and stays: country KG, name_ru: 'Киргизская Республика'" in said
    assert "Differs and stays: sector energy, name_ru: ''" in said


@pytest.mark.django_db
def test_a_sector_or_country_with_the_same_code_gets_no_double(capsys):
    make_sector("power-policy", dac_code="231")
    Country.objects.create(iso2="XF", iso3="FRA", name_en="France of ours")
    said = loaded(capsys)
    assert not Sector.objects.filter(slug="energy-policy").exists()
    assert not Country.objects.filter(iso2="FR").exists()
    assert "Differs and stays: sector 231, slug: 'power-policy' (here 'energy-policy')" in said
    assert "Differs and stays: country FRA, iso2: 'XF' (here 'FR')" in said


@pytest.mark.django_db
@pytest.mark.no_editions
@pytest.mark.parametrize("first", ["fixture", "command"])
def test_the_first_data_are_loaded_before_or_after(first):
    steps = {
        "fixture": lambda: call_command("loaddata", *FIXTURES, verbosity=0),
        "command": load_reference_data,
    }
    for name in sorted(steps, key=lambda name: name != first):
        steps[name]()
    assert Country.objects.count() == 249
    assert Country.objects.get(iso2="UZ").order == (10)
    assert Sector.objects.count() == len(sectors())


@pytest.mark.django_db
def test_sectors_are_those_of_the_first_data():
    call_command("loaddata", FIXTURES[0], verbosity=0)
    told = load_reference_data()
    assert [one for one in told.differences if one[0] == "sector"] == []


@pytest.mark.django_db
def test_countries_and_sectors_that_nothing_uses_stay_out_of_public_pages(client):
    load_reference_data()
    make_initiative(parties=["UZ", "KZ"], main_sector="energy")
    for name in ("countries", "sectors", "home", "list"):
        page = client.get(reverse(f"initiatives:{name}")).content.decode()
        assert "Uzbekistan" in page or name == "sectors"
        assert "Bouvet" not in page
        assert "Refugees in donor countries" not in page


@pytest.mark.django_db
def test_the_desk_finds_a_country_by_its_name_in_any_language():
    load_reference_data()
    at = reverse("admin:autocomplete")
    asked = {"app_label": "initiatives", "model_name": "initiativecountry", "field_name": "country"}
    answer = signed_in(make_officer()).get(at, {**asked, "term": "Туркменистан"})
    assert [row["text"] for row in answer.json()["results"]] == ["Turkmenistan"]
