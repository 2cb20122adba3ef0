"""Who publishes a draft, and which rows are nobody's, everybody's or one's own."""

import pytest

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.rights import Rights
from tests.desk import make_chief, make_desk, make_officer
from tests.factories import cite, link_event, make_country, make_event, make_initiative

pytestmark = pytest.mark.django_db
REVIEWER = DeskRole.REVIEWER


def rights_for(country="UZ", role=REVIEWER):
    return Rights(make_officer(f"{country}-{role}", role, make_desk(country, countries=[country])))


# --- Publishing -----------------------------------------------------------------------------------


def publishes(name, role=DeskRole.PUBLISHER, **covers):
    return Rights(make_officer(f"of-{name}", role, make_desk(name, **covers)))


def test_a_draft_of_a_desk_is_published_by_its_own_publishers():
    ours, theirs = (make_desk(name, countries=["UZ"]) for name in ("Ours", "Theirs"))
    draft = make_initiative(parties=["UZ"], publication="draft", desk=ours)
    members = (ours, theirs)
    may = [Rights(make_officer(desk.name, desk=desk)).may_publish(draft) for desk in members]
    assert may == [True, False]
    assert not Rights(make_officer("reviewer", REVIEWER, ours)).may_publish(draft)


def test_a_draft_of_no_desk_is_published_by_publishers_whom_it_concerns():
    draft = make_initiative(parties=["UZ"], publication="draft")
    assert publishes("UZ", countries=["UZ"]).may_publish(draft)
    assert not publishes("KG", countries=["KG"]).may_publish(draft)
    assert not publishes("UZ too", REVIEWER, countries=["UZ"]).may_publish(draft)


def test_a_draft_of_any_desk_is_published_by_publishers_for_everything():
    draft = make_initiative(publication="draft", desk=make_desk("Ours", countries=["UZ"]))
    assert publishes("All", covers_all=True).may_publish(draft)
    assert not publishes("All too", REVIEWER, covers_all=True).may_publish(draft)
    assert Rights(make_chief()).may_publish(draft)


# --- Other rows -----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", DeskRole)
def test_nobody_without_a_desk_sees_or_edits_anything(role, django_user_model):
    shown = make_initiative()
    cite(shown), link_event(shown, make_event(publication="published"))
    nobody = Rights(django_user_model.objects.create_user("nobody", is_staff=True))
    for model in (models.Initiative, models.Country, models.Source, models.Event, models.Desk):
        assert not nobody.rows(model, role).exists()
        assert not nobody.to_choose(model).exists()
        assert not nobody.has(role, None)


def test_a_new_row_is_begun_by_who_has_the_role_on_any_desk():
    rights = rights_for("UZ", DeskRole.EDITOR)
    may = [rights.has(role, None) for role in (DeskRole.EDITOR, REVIEWER)]
    assert may == [rights.has(role, models.Event()) for role in (DeskRole.EDITOR, REVIEWER)]
    assert may == [True, False]


def test_an_event_that_is_public_may_be_pointed_to_by_all():
    event = make_event(host_country=make_country("KG"), publication="published")
    rights = rights_for("UZ")
    assert event not in rights.rows(models.Event)
    assert event in rights.to_choose(models.Event)


def test_the_own_desks_are_seen_and_edited_by_superusers_alone():
    rights, other = rights_for("UZ", DeskRole.PUBLISHER), make_desk("Other")
    assert [desk.name for desk in rights.rows(models.Desk)] == ["UZ"]
    assert not rights.rows(models.Desk, DeskRole.EDITOR).exists()
    assert other in Rights(make_chief()).rows(models.Desk, DeskRole.PUBLISHER)
    assert list(rights.desks(DeskRole.PUBLISHER)) == [models.Desk.objects.get(name="UZ")]
    assert other in Rights(make_chief("second")).desks()


def test_imports_are_seen_by_who_made_them():
    mine, other = rights_for("UZ"), rights_for("KG")
    values = {"file_name": "table.csv", "sha256": "0" * 64}
    batches = [
        models.ImportBatch.objects.create(created_by=r.user, **values) for r in (mine, other)
    ]
    rows = [batch.rows.create(number=2, action="create") for batch in batches]
    assert list(mine.rows(models.ImportBatch)) == batches[:1]
    assert list(mine.rows(models.ImportRow)) == rows[:1]


def test_what_belongs_to_no_record_is_nobodys():
    member = rights_for("UZ", DeskRole.PUBLISHER)
    assert not member.rows(models.DeskMember).exists()
    assert Rights(make_chief()).rows(models.DeskMember).exists()


def test_rows_of_the_system_are_all_and_no_person_is_behind_it():
    rights = Rights.of_system()
    assert (rights.user, rights.highest) == (None, DeskRole.PUBLISHER)
    assert make_initiative(publication="draft") in rights.initiatives()


def test_the_highest_role_is_that_of_any_desk():
    rights = rights_for("UZ", DeskRole.EDITOR)
    assert rights.highest == DeskRole.EDITOR
    make_desk("KG", countries=["KG"]).members.create(user=rights.user, role=REVIEWER)
    assert Rights(rights.user).highest == REVIEWER
