"""Sources are cited in the form of an initiative itself, and need no page for each row."""

import pytest

from initiatives.choices import DeskRole
from initiatives.models import ChangeRequest, Citation, Initiative
from tests.desk import address, edit, errors_in, make_desk, make_officer, send, signed_in, values_of
from tests.factories import cite, make_initiative, make_source
from tests.full_records import make_full

pytestmark = pytest.mark.django_db
ADD = address("initiative", "add")
MONEY = {
    "funding-0-type": "pledge",
    "funding-0-amount": "5 mln EUR",
    "funding-0-instrument": "loan",
}


@pytest.fixture
def desk():
    return signed_in(make_officer())


def new(source, **typed):
    return {
        "title_en": "A bridge",
        "milestones-0-title_en": "Study",
        "milestones-0-planned": "2027",
        **MONEY,
        **({"citations-0-source": source.pk, "citations-0-locator": "P1"} if source else {}),
        **typed,
    }


def cited():
    """What is cited, as (kind of claim, place)."""
    names = ("initiative", "milestone", "funding")
    return sorted(
        (name, row.locator)
        for row in Citation.objects.all()
        for name in names
        if getattr(row, f"{name}_id")
    )


def test_one_source_is_cited_for_all_that_is_entered(desk):
    response = send(desk, ADD, **new(make_source(), cite_place="P3"), follow=True)
    assert response.status_code in (200, 302)
    assert cited() == [("funding", "P3"), ("initiative", "P1"), ("milestone", "P3")]


def test_without_the_tick_nothing_is_cited_by_itself(desk):
    values = {**values_of(desk.get(ADD)), **new(make_source()), "_save": ""}
    del values["cite_everything"]
    desk.post(ADD, values)
    assert cited() == [("initiative", "P1")]


def test_what_has_a_source_of_its_own_keeps_it_alone(desk):
    own = make_source("own")
    row = {"milestones-0-cited_source": own.pk, "milestones-0-cited_place": "P9"}
    send(desk, ADD, **new(make_source(), **row))
    assert cited() == [("funding", ""), ("initiative", "P1"), ("milestone", "P9")]
    assert Citation.objects.get(milestone__isnull=False).source == own


def test_of_several_sources_none_is_guessed(desk):
    more = {"citations-TOTAL_FORMS": 2, "citations-1-source": make_source("b").pk}
    response = desk.post(
        ADD, {**values_of(desk.get(ADD)), **new(make_source("a"), **more), "_save": ""}, follow=True
    )
    assert "has several sources" in response.content.decode()
    assert [name for name, _place in cited()] == ["initiative", "initiative"]


def test_that_there_was_no_source_is_told(desk):
    response = desk.post(ADD, {**values_of(desk.get(ADD)), **new(None), "_save": ""}, follow=True)
    assert "has no source yet" in response.content.decode()
    assert cited() == []


def test_a_place_without_its_source_is_refused_at_the_field(desk):
    response = send(desk, ADD, **new(None, **{"milestones-0-cited_place": "P9"}))
    assert errors_in(response) == ["Choose the source in which this place is."]
    assert not Initiative.objects.exists()


def test_the_only_source_of_a_record_is_chosen_beforehand_in_new_rows(desk):
    record = make_full(make_initiative(), 1)
    record.citations.all().delete()
    cite(record, source := make_source("only"))
    values = values_of(desk.get(edit(record)))
    assert values["milestones-1-cited_source"] == str(source.pk)
    assert values["milestones-0-cited_source"] == ""
    before = Citation.objects.count()
    desk.post(edit(record), {**values, "_save": ""})
    assert Citation.objects.count() == before


def test_a_choice_made_beforehand_that_is_no_longer_the_only_one_makes_no_row(desk):
    record = make_initiative(publication="draft")
    cite(record, make_source("a"))
    values = values_of(desk.get(edit(record)))
    cite(record, make_source("b"))
    response = desk.post(edit(record), {**values, "seen": str(record.version), "_save": ""})
    assert response.status_code == 302
    assert not record.milestones.exists()


def test_a_stored_row_is_given_a_further_source(desk):
    record = make_full(make_initiative(publication="draft"), 1)
    source = make_source("further")
    typed = {"funding-0-cited_source": source.pk, "funding-0-cited_place": "P4"}
    send(desk, edit(record), **typed)
    send(desk, edit(record), **typed)
    assert record.funding.get().citations.filter(source=source, locator="P4").count() == 1


def test_what_an_event_decided_is_cited_for_the_initiative(desk):
    record = make_full(make_initiative(publication="draft"), 1)
    source = make_source("protocol 2")
    send(desk, edit(record), **{"events-0-cited_source": source.pk, "events-0-cited_place": "P7"})
    assert record.citations.filter(source=source, locator="P7").exists()


def test_what_waits_for_approval_waits_with_its_sources():
    record = make_full(make_initiative(), 1)
    before = Citation.objects.count()
    editor = signed_in(make_officer("editor", DeskRole.EDITOR))
    row = {"milestones-1-title_en": "Study", "milestones-1-planned": "2027"}
    place = {"milestones-1-cited_source": make_source("x").pk, "milestones-1-cited_place": "P1"}
    send(editor, edit(record), **row, **place)
    assert (Citation.objects.count(), record.milestones.count()) == (before, 1)
    asked = ChangeRequest.objects.get()
    models = {one["model"] for one in asked.edits}
    assert {"milestone", "citation"} <= models


def test_a_source_that_an_officer_may_not_see_is_no_choice():
    hidden, record = make_source("hidden"), make_initiative(publication="draft")
    cite(record, hidden)
    desk = signed_in(make_officer(desk=make_desk("KG", countries=["KG"])))
    response = send(desk, ADD, **new(None, **{"milestones-0-cited_source": hidden.pk}))
    assert response.status_code == 200
    assert not Citation.objects.filter(milestone__isnull=False).exists()


def test_a_place_without_the_tick_is_refused_and_kept(desk):
    values = {**values_of(desk.get(ADD)), **new(make_source(), cite_place="P3"), "_save": ""}
    del values["cite_everything"]
    response = desk.post(ADD, values)
    assert errors_in(response) == [
        "This place would be kept for nothing: tick “Cite this source for everything entered "
        "here”, or empty the box."
    ]
    assert values_of(response)["cite_place"] == "P3"
    assert cited() == []


def test_a_place_for_which_there_is_no_row_is_told(desk):
    response = send(
        desk,
        ADD,
        **{"title_en": "A bridge", "citations-0-source": make_source().pk, "cite_place": "P3"},
        follow=True,
    )
    record = Initiative.objects.get()
    told = desk.get(edit(record)).content.decode() + response.content.decode()
    assert "“P3” is cited for nothing" in told
