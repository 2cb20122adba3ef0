"""Many rows at once: the same rows as Django would make, store and update."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from initiatives.bulk_rows import insert_rows, new_row, set_foreign_key, update_rows
from initiatives.models import (
    Change,
    ExternalId,
    Funding,
    Initiative,
    InitiativeCountry,
    Milestone,
    StatusChange,
)
from tests.factories import make_country, make_initiative

MODELS = [Initiative, Funding, Milestone, StatusChange, Change, InitiativeCountry, ExternalId]


def values_of(row, *but):
    fields = row._meta.concrete_fields
    return {one.attname: getattr(row, one.attname) for one in fields if one.name not in but}


_INSTANTS = ("created_at", "updated_at", "recorded_at")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_a_new_row_is_the_one_that_the_model_makes(model):
    made, expected = new_row(model), model()
    assert values_of(made, *_INSTANTS) == values_of(expected, *_INSTANTS)
    assert made._state.adding
    assert made._state.db is None
    assert made._state is not new_row(model)._state


def test_what_is_made_anew_for_each_row_is_not_shared():
    first, second = new_row(Change), new_row(Change)
    first.fields["title_en"] = [None, "Bridge"]
    assert second.fields == {}
    assert second.recorded_at >= first.recorded_at


def _drafts(codes):
    for code in codes:
        row = new_row(Initiative)
        row.code, row.title_en, row.created_at = code, f"Bridge\u200b {code}", timezone.now()
        yield row


@pytest.mark.django_db
def test_rows_are_stored_as_by_the_orm():
    ours, theirs = (list(_drafts(f"CI-{year}-{n:04}" for n in range(130))) for year in (2025, 2026))
    insert_rows(Initiative, ours)
    Initiative.objects.bulk_create(theirs)
    keys = {row.code: row.pk for row in Initiative.objects.all()}
    assert [keys[row.code] for row in ours] == [row.pk for row in ours]
    stored, expected = (Initiative.objects.get(code=f"CI-{year}-0129") for year in (2025, 2026))
    own = ("id", "code", "title", "title_en", "search_text", *_INSTANTS)
    assert values_of(stored, *own) == values_of(expected, *own)
    assert stored.title_en == expected.title_en.replace("2026", "2025")
    assert not ours[0]._state.adding


@pytest.mark.django_db
def test_signs_that_mean_something_in_a_statement_are_stored_as_they_are():
    text = "\\N \\. \\\\ 100 % %s\tof 'this' \"and\" that\n\\.\n"
    (row,) = _drafts(["CI-2025-0001"])
    row.summary_en = text
    insert_rows(Initiative, [row])
    change = new_row(Change)
    change.initiative, change.model, change.action = row, "initiative", "created"
    change.key, change.fields = [text], {"summary_en": [None, text]}
    insert_rows(Change, [change])
    assert Initiative.objects.get().summary_en == text
    stored = Change.objects.get()
    assert (stored.key, stored.fields) == ([text], {"summary_en": [None, text]})


@pytest.mark.django_db
def test_an_instant_that_is_given_is_that_of_all_defaults():
    at = timezone.now() - timedelta(days=1)
    made = new_row(Change, at=at), new_row(Initiative, at=at)
    assert [made[0].recorded_at, made[1].created_at, made[1].updated_at] == [at] * 3
    assert made[0].fields == {}


@pytest.mark.django_db
def test_to_point_at_a_row_is_to_set_the_foreign_key(django_assert_num_queries):
    draft, part = make_initiative("CI-2025-0001"), new_row(InitiativeCountry)
    with django_assert_num_queries(0):
        set_foreign_key(part, "initiative", draft)
        assert (part.initiative, part.initiative_id) == (draft, draft.pk)
        set_foreign_key(part, "initiative", None)
        assert part.initiative_id is None


@pytest.mark.django_db
def test_a_row_may_point_to_one_that_was_stored_after_it_was_made():
    (draft,) = _drafts(["CI-2025-0001"])
    part = new_row(InitiativeCountry)
    part.initiative, part.country, part.role = draft, make_country("UZ"), "party"
    insert_rows(Initiative, [draft])
    insert_rows(InitiativeCountry, [part])
    assert draft.countries.get() == part
    assert part.initiative is draft


@pytest.mark.django_db
def test_what_the_database_refuses_raises_as_the_orm_does():
    make_initiative("CI-2025-0001")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Initiative, list(_drafts(["CI-2025-0001"])))
    assert Initiative.objects.count() == 1


@pytest.mark.django_db
def test_fields_of_many_rows_are_updated_at_once():
    rows = [make_initiative(f"CI-2025-{number:04}") for number in (1, 2)]
    rows[0].internal_note, rows[1].parent = "Ask again.", rows[0]
    update_rows(Initiative, rows, ["internal_note", "parent"])
    stored = Initiative.objects.order_by("code").values_list("internal_note", "parent")
    assert list(stored) == [("Ask again.", None), ("", rows[0].pk)]


@pytest.mark.django_db
def test_no_rows_are_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        insert_rows(Initiative, [])
        update_rows(Initiative, [], ["internal_note"])
