"""An organisation or a source that is not stored yet is made in the form of an initiative."""

import pytest

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.models import (
    Change,
    ChangeRequest,
    Citation,
    Funding,
    Initiative,
    InitiativeOrganisation,
    Organisation,
    Source,
)
from tests.desk import (
    address,
    edit,
    errors_in,
    make_desk,
    make_officer,
    make_viewer,
    send,
    signed_in,
)
from tests.factories import (
    add_organisation,
    make_country,
    make_funding,
    make_initiative,
    make_organisation,
    make_source,
)

pytestmark = pytest.mark.django_db
ADD = address("initiative", "add")
PART = "organisations-0"
MONEY = "funding-0"
PAID = {
    f"{MONEY}-type": "pledge",
    f"{MONEY}-amount": "5",
    f"{MONEY}-currency": "EUR",
    f"{MONEY}-instrument": "loan",
}


@pytest.fixture
def desk():
    return signed_in(make_officer())


def bank(row, name="Silk Road Bank", **more):
    typed = {"": name, "_kind": "bank", "_country": "KZ", **more}
    return {f"{row}-new_organisation{ending}": text for ending, text in typed.items()}


def source(row="citations-0", **more):
    typed = {
        "": "Protocol of 2 May",
        "_kind": "protocol",
        "_address": "https://example.org/protocol",
        "_published": "2025-05-02",
        **more,
    }
    return {f"{row}-new_source{ending}": text for ending, text in typed.items()}


def new(**typed):
    return {"title_en": "A bridge", **typed}


def text_of(answer):
    return answer.content.decode()


def test_a_provider_is_made_with_the_row_of_money_and_told(desk):
    make_country("KZ")
    answer = send(desk, ADD, **new(**PAID, **bank(MONEY)))
    made = Organisation.objects.get()
    assert Funding.objects.get().provider == made
    assert (made.name_en, made.kind, made.country.iso2, made.slug) == (
        "Silk Road Bank",
        "bank",
        "KZ",
        "silk-road-bank",
    )
    told = text_of(desk.get(answer["Location"]))
    assert "New organisation, made with this save: Silk Road Bank." in told


def test_the_new_organisation_has_its_record_and_the_text_in_the_working_language(desk):
    make_country("KZ")
    desk.cookies["django_language"] = "ru"
    send(desk, ADD, **new(**PAID, **bank(MONEY, "Банк развития")))
    assert Organisation.objects.get().name_ru == "Банк развития"
    assert Change.objects.get(model="organisation").recorded_by.username == "aziza"


def test_two_rows_that_name_the_same_make_one(desk):
    make_country("KZ")
    part = bank(PART, "Silk  road bank", _country="")
    send(desk, ADD, **new(**PAID, **bank(MONEY), **part, **{f"{PART}-role": "2"}))
    made = Organisation.objects.get()
    assert InitiativeOrganisation.objects.get().organisation == made
    assert Funding.objects.get().provider == made
    assert (made.kind, made.country.iso2) == ("bank", "KZ")  # what either row says


@pytest.mark.parametrize("more", [{"_kind": "company"}, {"_country": "UZ"}])
def test_two_rows_that_name_the_same_but_say_other_things_of_it_are_refused(desk, more):
    make_country("KZ")
    make_country("UZ")
    typed = {**bank(MONEY, **more), **bank(PART), f"{PART}-role": "2"}
    answer = send(desk, ADD, **new(**PAID, **typed))
    assert "is new in two rows, but not the same in both" in text_of(answer)
    assert not Organisation.objects.exists()
    assert not Initiative.objects.exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (bank(PART, _kind="", _country=""), "Say of what kind the new one is."),
        (bank(PART, "", _country=""), "Write the name of the new one, or empty this box."),
        (bank(PART, _country="Atlantis"), "“Atlantis” is not in the list of countries."),
        (bank(PART, "NDB", _country=""), "“New Development Bank” is stored already."),
        (bank(PART, "new development BANK", _country=""), "is stored already."),
        ({f"{PART}-role": "2", f"{PART}-organisation": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_in_the_row_and_nothing_is_made(desk, typed, said):
    make_organisation("ndb", name_en="New Development Bank", acronym="NDB")
    answer = send(desk, ADD, **new(**{f"{PART}-role": "1"} | typed))
    assert any(said in one for one in errors_in(answer)), errors_in(answer)
    assert not Initiative.objects.exists()
    assert Organisation.objects.count() == 1


def test_a_stored_one_and_a_new_one_in_one_row_are_refused(desk):
    stored = make_organisation("ndb")
    typed = bank(PART, _country="") | {f"{PART}-organisation": stored.pk, f"{PART}-role": "1"}
    answer = send(desk, ADD, **new(**typed))
    assert "Choose a stored one or name a new one, not both." in errors_in(answer)


def test_what_was_typed_of_it_stays_in_a_form_that_is_refused(desk):
    answer = send(desk, ADD, title_en="", **bank(MONEY), **PAID)
    assert 'value="Silk Road Bank"' in text_of(answer)
    assert not Organisation.objects.exists()


def test_an_organisation_that_the_officer_may_not_see_is_not_told():
    hidden = make_initiative(parties=["KG"], publication="draft")
    add_organisation(hidden, "secret-bank")
    client = signed_in(make_officer(desk=make_desk("Uzbek", countries=["UZ"])))
    make_country("UZ")
    typed = bank(PART, "Secret bank", _country="") | {f"{PART}-role": "1"}
    send(client, ADD, **new(**typed, **{"countries-0-country": make_country("UZ").pk}))
    assert set(Organisation.objects.values_list("slug", flat=True)) == {
        "secret-bank",
        "secret-bank-2",
    }


def test_a_stored_row_gets_a_new_provider(desk):
    record = make_initiative(publication="draft")
    make_country("KZ")
    make_funding(record, "5", provider=make_organisation("old"))
    send(desk, edit(record), **{f"{MONEY}-provider": ""}, **bank(MONEY))
    assert Funding.objects.get().provider.name_en == "Silk Road Bank"


def test_a_source_is_made_where_it_is_cited_and_serves_all_that_was_entered(desk):
    send(desk, ADD, **new(**PAID, **source(), **{"citations-0-locator": "P3"}))
    made = Source.objects.get()
    assert (made.title, made.kind, str(made.published)) == (
        "Protocol of 2 May",
        "protocol",
        "2025-05-02",
    )
    assert set(Citation.objects.values_list("source", flat=True)) == {made.pk}
    assert Citation.objects.filter(funding__isnull=False).count() == 1
    assert Citation.objects.get(initiative__isnull=False).locator == "P3"


@pytest.mark.parametrize(
    "typed",
    [source(_address=""), source(**{"": "Another title"})],
    ids=["same title", "same address"],
)
def test_a_source_that_is_stored_is_told_and_not_made_again(desk, typed):
    make_source("p", title="Protocol of 2 May", url="https://example.org/protocol")
    answer = send(desk, ADD, **new(**typed))
    assert "“Protocol of 2 May” is stored already." in " ".join(errors_in(answer))
    assert Source.objects.count() == 1


def test_what_an_editor_names_in_a_public_record_is_made_when_it_is_approved():
    record = make_initiative()
    make_country("KZ")
    editor = make_officer("editor", DeskRole.EDITOR)
    send(signed_in(editor), edit(record), **PAID, **bank(MONEY))
    assert not Organisation.objects.exists()
    actions.approve_request(ChangeRequest.objects.get(), by=make_officer("second"))
    assert Funding.objects.get().provider.name_en == "Silk Road Bank"


def test_who_only_reads_sees_no_boxes_for_new_ones():
    record = make_initiative()
    make_funding(record, "5")
    page = text_of(signed_in(make_viewer()).get(edit(record)))
    assert "new_organisation" not in page
    assert "New organisation" not in page
