"""Which records an officer sees and edits: roles on desks, and nothing else."""

import pytest

from initiatives import models
from initiatives.choices import DeskRole
from initiatives.rights import NOBODY, Rights
from initiatives.rights.public import is_public
from tests.desk import make_chief, make_desk, make_officer
from tests.factories import (
    add_organisation,
    cite,
    link_event,
    make_country,
    make_event,
    make_funding,
    make_initiative,
    make_milestone,
    make_organisation,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db
EDITOR = DeskRole.EDITOR


def rights_on(role=EDITOR, **desk):
    return Rights(make_officer(f"officer-{role}", role, make_desk("Desk", **desk)))


def codes(rows):
    return set(rows.values_list("code", flat=True))


@pytest.mark.parametrize(
    ("covers", "seen"),
    [
        ({"countries": ["KG"]}, {"CI-2025-0002"}),
        ({"sectors": ["water"]}, {"CI-2025-0002", "CI-2025-0003"}),
        ({"countries": ["UZ"], "sectors": ["water"]}, {"CI-2025-0003"}),
        ({"covers_all": True}, {"CI-2025-0001", "CI-2025-0002", "CI-2025-0003"}),
        ({"covers_all": False}, set()),
    ],
)
def test_a_desk_covers_its_countries_and_sectors(covers, seen):
    make_initiative("CI-2025-0001")
    make_initiative("CI-2025-0002", parties=["KG"], main_sector="water")
    make_initiative("CI-2025-0003", main_sector="energy", sectors=["water"])
    rights = rights_on(**covers)
    assert codes(rights.initiatives()) == seen
    of_desk = rights.desk_rows().values_list("initiative__code", flat=True)
    assert set(of_desk) == seen, "what is stored for questions about all of them"
    assert not rights.desk_rows(DeskRole.REVIEWER).exists()


def test_a_part_of_a_sector_is_covered_with_it():
    inside = make_initiative(main_sector=None)
    inside.sectors.create(sector=make_sector("solar", parent="energy"))
    assert rights_on(sectors=["energy"]).role_on(inside) == EDITOR


def test_what_is_given_to_a_desk_is_covered_whatever_its_countries():
    desk = make_desk("Desk", countries=["KG"])
    given = make_initiative(desk=desk)
    assert Rights(make_officer("bek", EDITOR, desk)).role_on(given) == EDITOR


def test_each_role_includes_the_ones_before_it():
    record = make_initiative()
    rights = rights_on(DeskRole.REVIEWER, countries=["UZ"])
    may = {role.name: rights.has(role, record) for role in DeskRole}
    assert may == {"VIEWER": True, "EDITOR": True, "REVIEWER": True, "PUBLISHER": False}


def test_the_highest_role_of_several_desks_counts():
    officer = make_officer("bek", EDITOR, make_desk("One", countries=["UZ"]))
    make_desk("Two", sectors=["energy"]).members.create(user=officer, role=DeskRole.PUBLISHER)
    rights = Rights(officer)
    assert rights.role_on(make_initiative()) == DeskRole.PUBLISHER
    assert rights.role_on(make_initiative(main_sector="water")) == EDITOR
    assert rights.role_on(make_initiative(parties=["KG"], main_sector="water")) == NOBODY


def test_an_account_that_was_closed_has_no_rights():
    officer = make_officer(is_active=False)
    assert Rights(officer).highest == NOBODY
    assert not Rights(officer).initiatives().exists()


def test_a_superuser_may_do_everything_without_a_desk():
    rights = Rights(make_chief())
    assert rights.role_on(make_initiative(parties=[], main_sector=None)) == DeskRole.PUBLISHER


def test_rows_of_a_record_follow_the_record():
    mine, theirs = make_initiative(), make_initiative(parties=["KG"])
    for record in (mine, theirs):
        make_milestone(record), make_funding(record), cite(make_milestone(record))
    rights = rights_on(countries=["UZ"])
    for model in (models.Milestone, models.Funding):
        assert set(rights.rows(model)) == set(model.objects.filter(initiative=mine))
    assert rights.rows(models.Citation).get().milestone.initiative == mine


def draft_of_another_desk():
    """A draft of Kyrgyzstan with an event, an organisation and a source that only it knows."""
    draft = make_initiative(parties=["KG"], publication="draft")
    link_event(draft, make_event("secret", host_country=make_country("UZ")))
    add_organisation(draft, "secret")
    cite(draft, make_source("secret"))
    return draft


@pytest.mark.parametrize("model", [models.Event, models.Organisation, models.Source])
def test_what_only_drafts_of_other_desks_know_is_hidden(model):
    draft = draft_of_another_desk()
    assert not rights_on(countries=["UZ"]).to_choose(model).filter(slug="secret").exists()
    theirs = Rights(make_officer("kg", EDITOR, make_desk("KG", countries=["KG"])))
    assert theirs.to_choose(model).filter(slug="secret").exists()
    draft.publication = "published"
    draft.save()
    assert rights_on(DeskRole.VIEWER, countries=["UZ"]).to_choose(model).exists()


def test_an_event_of_no_record_belongs_to_the_desks_of_its_countries():
    make_event("here", host_country=make_country("UZ"))
    make_event("there", host_country=make_country("KG"))
    make_event("nowhere")
    found = rights_on(countries=["UZ"]).rows(models.Event, EDITOR)
    assert set(found.values_list("slug", flat=True)) == {"here", "nowhere"}


def test_lists_of_countries_are_read_by_all_and_edited_by_superusers():
    country, rights = make_country("UZ"), rights_on(DeskRole.PUBLISHER, covers_all=True)
    assert rights.has(DeskRole.VIEWER, country)
    assert not rights.has(EDITOR, country)
    assert Rights(make_chief()).has(EDITOR, country)


@pytest.mark.parametrize(
    "make",
    [
        lambda record: record,
        make_milestone,
        lambda record: cite(record),
        lambda record: link_event(record, make_event()).event,
        lambda record: add_organisation(record, "bank").organisation,
        lambda record: cite(record, make_source("s")).source,
    ],
)
def test_a_row_is_public_with_the_record_that_shows_it(make):
    shown, draft = make_initiative(), make_initiative(publication="draft")
    assert is_public(make(shown))
    make_organisation("bank"), make_source("s")
    models.InitiativeOrganisation.objects.all().delete()
    models.Citation.objects.all().delete()
    assert not is_public(make(draft))


def test_rights_take_as_many_queries_for_one_desk_as_for_ten(django_assert_num_queries):
    officer = make_officer("bek", EDITOR, make_desk("One", countries=["UZ"], sectors=["energy"]))
    with django_assert_num_queries(5):
        list(Rights(officer).initiatives())
    for number in range(9):
        desk = make_desk(f"Desk {number}", countries=["KZ"], sectors=["water"])
        desk.members.create(user=officer, role=EDITOR)
    with django_assert_num_queries(5):
        list(Rights(officer).initiatives())
