"""What the program knows stands in the form of a new record, to be left or changed."""

import pytest

from initiatives.choices import OrganisationKind
from initiatives.desk.name_clues import kind_of
from initiatives.models import Funding, Initiative, Source
from tests.desk import address, edit, make_desk, make_officer, send, signed_in, values_of
from tests.factories import make_country, make_initiative, make_sector
from tests.test_made_in_place import source

pytestmark = pytest.mark.django_db
ADD = address("initiative", "add")
PARTY, SECTOR = "countries-0-country", "sectors-0-sector"


def at_desk(countries=(), sectors=()):
    return signed_in(make_officer(desk=make_desk("Ministry", countries=countries, sectors=sectors)))


def shown(client, page=ADD):
    values = values_of(client.get(page))
    return values.get(PARTY), values.get(SECTOR)


def test_the_country_and_the_sector_of_the_desk_come_first_and_are_stored():
    client = at_desk(["UZ"], ["energy"])
    assert shown(client) == (str(make_country("UZ").pk), str(make_sector("energy").pk))
    send(client, ADD, title_en="A bridge")
    record = Initiative.objects.get()
    assert [row.country.iso2 for row in record.countries.all()] == ["UZ"]
    assert [(row.sector.slug, row.is_main) for row in record.sectors.all()] == [("energy", True)]


def test_who_clears_or_changes_them_is_obeyed():
    client = at_desk(["UZ"], ["energy"])
    other = make_country("KZ").pk
    send(client, ADD, title_en="A bridge", **{PARTY: other, SECTOR: ""})
    record = Initiative.objects.get()
    assert [row.country.iso2 for row in record.countries.all()] == ["KZ"]
    assert not record.sectors.exists()


def test_a_refused_form_keeps_them_as_they_were_sent():
    client = at_desk(["UZ"], ["energy"])
    answer = send(client, ADD, title_en="", **{PARTY: "", SECTOR: ""})
    assert (values_of(answer)[PARTY], values_of(answer)[SECTOR]) == ("", "")


@pytest.mark.parametrize(("countries", "sectors"), [((), ()), (("UZ", "KZ"), ("energy", "water"))])
def test_a_desk_for_all_or_for_several_presets_nothing(countries, sectors):
    assert shown(at_desk(countries, sectors)) == ("", "")


def test_who_is_on_two_desks_is_asked():
    officer = make_officer(desk=make_desk("Ministry", countries=["UZ"]))
    make_desk("Second", countries=["KZ"]).members.create(user=officer, role=2)
    assert shown(signed_in(officer)) == ("", "")


def test_a_stored_record_gets_no_party_by_being_looked_at():
    client = at_desk(["UZ"])
    record = make_initiative(parties=["UZ"], publication="draft")
    send(client, edit(record))
    assert record.countries.count() == 1


def test_money_of_no_stated_kind_claims_least_and_a_row_with_nothing_else_is_no_row():
    client = at_desk()
    send(client, ADD, title_en="A bridge")
    assert not Funding.objects.exists()
    paid = {"funding-0-amount": "5", "funding-0-currency": "EUR", "funding-0-date": "2025"}
    send(client, ADD, title_en="A dam", **paid)
    assert Funding.objects.get().type == "announced"


def test_the_address_of_a_new_source_says_who_published_it_and_in_which_language():
    client = at_desk()
    typed = source(_address="https://president.uz/ru/2025/05/02/visit")
    answer = send(client, ADD, title_en="A bridge", **typed)
    made = Source.objects.get()
    assert (made.publisher, made.language) == ("president.uz", "ru")
    told = client.get(answer["Location"]).content.decode()
    assert "Its address tells: published by president.uz, language Russian." in told


def test_a_host_that_is_too_long_for_a_publisher_is_none():
    host = ".".join(["a" * 60] * 4)
    send(at_desk(), ADD, title_en="A bridge", **source(_address=f"https://{host}/"))
    assert Source.objects.get().publisher == ""


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Steppe Bank", OrganisationKind.BANK),
        ("Банк развития Казахстана", OrganisationKind.BANK),
        ("Agroeksimbank", OrganisationKind.BANK),
        ("Ministry of Energy", OrganisationKind.GOVERNMENT),
        ("Energetika vazirligi", OrganisationKind.GOVERNMENT),
        ("Министерство энергетики", OrganisationKind.GOVERNMENT),
        ("Қаржы министрлігі", OrganisationKind.GOVERNMENT),
        ("Silk Road LLC", OrganisationKind.COMPANY),
        ("ООО «Мост»", OrganisationKind.COMPANY),
        ("Toshkent davlat universiteti", OrganisationKind.ACADEMIC),
        ("Silk Road", ""),
        ("", ""),
    ],
)
def test_the_name_of_an_organisation_may_tell_its_kind(name, kind):
    assert kind_of(name) == kind
