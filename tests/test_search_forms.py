"""Readers find a word by each of its forms, as their language makes them."""

import pytest

from initiatives.editions.search import matching, search
from initiatives.models import Event
from initiatives.publication import issue_missing
from tests.factories import make_country, make_organisation, make_public_event
from tests.test_search import issue, public

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Irrigation of the valley", "ирригация"),
        ("Соглашение о новом банке", "нового банка"),
        ("Межправительственные комиссии", "межправительственная комиссия"),
        ("Samarqandda uchrashuv", "uchrashuvlar Samarqand"),
        ("Turizm sohasi", "turizmni"),
        ("Жаңа даму банкі", "Жаңа даму банкінің"),
        ("Өнеркәсіп паркі", "өнеркәсібі"),
        ("Partner cities", "partners"),
    ],
)
def test_another_form_finds_the_record(text, query):
    issue(text)
    assert list(matching([query])) == [1]


def test_a_form_of_a_name_finds_those_who_take_part():
    make_country("KZ", name_ru="Казахстан", name_uz="Qozogʻiston")
    issue("Road", countries=(public.CountryRole(iso2="KZ", role="party"),))
    assert list(matching(["Казахстаном"])) == [1]
    assert list(matching(["Qozogʻistonning"])) == [1]


def test_words_that_begin_alike_are_not_found():
    issue("Bankruptcy", "Standard", "Partnership")
    assert not matching(["banks"])
    assert not matching(["станция"])


def test_what_is_kept_of_a_word_follows_its_forms():
    issue("Комиссия")
    assert list(search.rows("komissiasi")) == [1]
    issue("Комиссии", first=2)
    assert list(search.rows("komissiasi")) == [1, 2]


def test_other_names_find_a_row_and_who_is_at_an_event_finds_its_records():
    union = make_organisation("union", name_en="European Union", aliases="EU, ЕС, Евросоюз")
    event = make_public_event("summit")
    event.organisations.add(union)
    issue_missing()
    said = {"kind": "summit", "state": "held", "recorded_at": "2025-01-01T00:00:00Z"}
    issue("Road", events=(public.EventLink(slug="summit", relation="agreed", **said),))
    for query in ("Евросоюз", "Евросоюза", "evrosoyuz", "European Union"):
        assert list(matching([query])) == [2], query
    Event.objects.update(publication="draft")
    issue_missing()
    assert not matching(["Евросоюз"])
