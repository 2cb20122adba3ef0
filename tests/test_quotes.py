"""The words of a source stand beside the place where they are found, which is spelt out."""

import pytest
from django.utils.translation import override
from lxml import html

from initiatives import actions
from initiatives.models import Citation
from initiatives.partial_dates import PartialDate
from initiatives.timeline import place_in_words
from tests.desk import address, errors_in, make_officer, send, signed_in, values_of
from tests.factories import (
    cite,
    link_event,
    make_event,
    make_initiative,
    make_source,
    make_status_change,
)
from tests.requesting import ask_for_status

pytestmark = pytest.mark.once

CODE = "CI-2025-0001"


@pytest.mark.parametrize(
    ("language", "locator", "words"),
    [
        ("en", "P3", "paragraph 3"),
        ("en", "P3, P10", "paragraphs 3 and 10"),
        ("en", "P1, P7, P9, P10", "paragraphs 1, 7, 9 and 10"),
        ("ru", "P3", "абзац 3"),
        ("ru", "P3, P10", "абзацы 3 и 10"),
        ("uz", "P3", "3-xatboshi"),
        ("uz", "P3, P10", "3- va 10-xatboshilar"),
        ("uz", "P1, P7, P10", "1-, 7- va 10-xatboshilar"),
        ("kk", "P3", "3-абзац"),
        ("kk", "P3,P10", "3 және 10-абзацтар"),
        ("kk", "P1, P7, P10", "1, 7 және 10-абзацтар"),
    ],
)
def test_paragraphs_are_spelt_out_in_the_language_of_the_reader(language, locator, words):
    with override(language):
        assert place_in_words(locator) == words


@pytest.mark.parametrize("locator", ["", "p. 3", "Article P3", "P", "P3 of annex", "P٣", "P3;P4"])
def test_any_other_place_stands_as_it_was_written(locator):
    with override("ru"):
        assert place_in_words(locator) == locator


@pytest.mark.django_db
def test_each_passage_stands_with_its_place_in_the_language_of_the_source(client):
    made = make_initiative(CODE)
    source = make_source("paper", language="ru")
    cite(make_status_change(made), source, "P3", quote="первое <b>слово</b>\n\nвторое слово")
    tree = html.fromstring(client.get(f"/en/initiatives/{CODE}/").content.decode())
    (place,) = tree.cssselect("#status-1 .cited")
    assert [(q.text, q.get("lang")) for q in place.cssselect("q")] == [
        ("первое <b>слово</b>", "ru"),
        ("второе слово", "ru"),
    ]
    assert "paragraph 3" in place.text_content()


@pytest.mark.django_db
def test_the_page_of_an_event_quotes_too(client):
    event = make_event("talks")
    link_event(make_initiative(), event)
    cite(event, make_source(language="zzz zz"), quote="as they said")
    tree = html.fromstring(client.get("/en/events/talks/").content.decode())
    assert [(q.text, q.get("lang")) for q in tree.cssselect("q")] == [("as they said", None)]


@pytest.mark.django_db
def test_a_record_and_an_event_give_the_words_to_machines(client):
    made, event = make_initiative(CODE), make_event("talks")
    link_event(made, event)
    for claim in (made, make_status_change(made), event):
        cite(claim, locator="P3", quote="one\ntwo")
    record = client.get(f"/api/v1/initiatives/{CODE}/").json()
    file = client.get(f"/en/initiatives/{CODE}.json").json()
    told = client.get("/api/v1/events/talks/").json()
    for sources in (record["sources"], record["history"][0]["sources"], told["sources"]):
        assert [(one["locator"], one["quote"]) for one in sources] == [("P3", "one\ntwo")]
    assert file["sources"] == record["sources"]


@pytest.fixture
def officer(db):
    return make_officer()


def status_page(initiative, to):
    return address("initiative", "status", initiative.pk) + f"?to={to}"


def test_the_desk_enters_the_words_with_a_status(officer):
    made, source = make_initiative(), make_source()
    typed = {"effective": "2025", "source": source.pk, "locator": "P3", "quote": "are to begin"}
    answer = send(signed_in(officer), status_page(made, "planned"), **typed)
    assert answer.status_code == 302, errors_in(answer)
    assert Citation.objects.get(status_change__initiative=made).quote == "are to begin"


def test_a_status_that_waits_keeps_the_words_until_it_is_approved(officer):
    made = make_initiative(actual_end="2025", outcome_en="Done.", delivered="full")
    made.refresh_from_db()
    typed = {"source": make_source(), "locator": "P3", "quote": "was opened"}
    year = PartialDate.parse("2025")
    request = ask_for_status(made, officer, effective=year, **typed)
    actions.approve_request(request, by=make_officer("second"))
    change = made.status_changes.get()
    assert (change.citations.get().locator, change.citations.get().quote) == ("P3", "was opened")


def test_words_without_their_source_are_not_lost_but_asked_about(officer):
    made = make_initiative()
    event = make_event()
    link_event(made, event, "signed")
    typed = {"effective": "2025", "event": event.pk, "quote": "was signed"}
    answer = send(signed_in(officer), status_page(made, "agreed"), **typed)
    assert errors_in(answer) == ["Name the source that says this."]
    assert values_of(answer)["quote"] == "was signed"
    assert not made.status_changes.exists()
