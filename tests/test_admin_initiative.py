"""The form of an initiative: what it saves, and what it writes down about that."""

import pytest
from django.conf import settings
from django.contrib.messages import get_messages

from initiatives.models import Change, DateRevision, Initiative
from tests.desk import add_row, address, edit, errors_in, make_officer, send, signed_in, values_of
from tests.factories import (
    add_country,
    make_country,
    make_initiative,
    make_milestone,
    make_organisation,
    make_sector,
    make_source,
)

pytestmark = pytest.mark.django_db
ADD = "/admin/initiatives/initiative/add/"


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def desk(officer):
    return signed_in(officer)


def filled(desk, **typed):
    """A new form with two parties, a main sector, an organisation and a source."""
    values = values_of(desk.get(ADD)) | {"title_ru": "Мост", "kind": "infrastructure"}
    values = add_row(values, "countries", country=make_country("UZ").pk, role="party")
    values = add_row(values, "countries", country=make_country("KZ").pk, role="party")
    values = add_row(values, "sectors", sector=make_sector().pk, is_main="on")
    values = add_row(values, "organisations", organisation=make_organisation().pk, role="4")
    values = add_row(values, "citations", source=make_source().pk, locator="P3")
    values = add_row(values, "milestones", title_ru="Опоры", weight="1", planned="2027-Q3")
    return values | {"_save": "", **typed}


def said(answer):
    return [str(one) for one in get_messages(answer.wsgi_request)]


def test_a_save_that_changes_nothing_says_so_and_writes_nothing(desk):
    record = make_initiative(title_en="Bridge")
    before = Change.objects.count()
    assert said(send(desk, edit(record))) == ["There was nothing to save: no field was changed."]
    assert Change.objects.count() == before
    answer = send(desk, edit(record), title_en="Road bridge")
    assert [text for text in said(answer) if "changed successfully" in text] != []


def test_an_officer_creates_an_initiative_with_its_rows(desk, officer):
    answer = desk.post(ADD, filled(desk, planned_end="2027-H1"))
    assert answer.status_code == 302, errors_in(answer)
    made = Initiative.objects.get()
    assert made.code.startswith("CI-")
    assert made.created_by == officer
    assert [str(row.country.iso2) for row in made.countries.all()] == ["KZ", "UZ"]
    assert made.milestones.get().number == 1
    assert str(made.first_planned_end) == "2027-H1"


def test_every_row_of_a_new_initiative_leaves_a_record(desk, officer):
    desk.post(ADD, filled(desk))
    written = Change.objects.filter(action="created", recorded_by=officer)
    assert sorted(written.values_list("model", flat=True)) == [
        "citation",
        "citation",  # of the milestone, by the tick for everything
        "initiative",
        "initiativecountry",
        "initiativecountry",
        "initiativeorganisation",
        "initiativesector",
        "milestone",
    ]


def test_a_title_in_one_language_is_demanded(desk):
    answer = desk.post(ADD, filled(desk, title_ru=""))
    assert "Give this text in one language at least." in errors_in(answer)
    assert not Initiative.objects.exists()


def test_that_a_title_is_missing_is_told_at_the_own_language(desk):
    typed = filled(desk, title_ru="")
    desk.cookies[settings.LANGUAGE_COOKIE_NAME] = "kk"
    errors = desk.post(ADD, typed).context["adminform"].form.errors
    assert [name for name in errors if name.startswith("title_")] == ["title_kk"]


def test_editing_raises_the_version_and_names_the_officer(desk, officer):
    initiative = make_initiative()
    answer = send(desk, edit(initiative), title_en="A bridge")
    assert answer.status_code == 302, errors_in(answer)
    initiative.refresh_from_db()
    assert (initiative.title_en, initiative.version) == ("A bridge", 2)
    assert initiative.updated_by == officer
    assert Change.objects.get(model="initiative").fields["title_en"][1] == "A bridge"


def test_saving_without_a_change_writes_nothing(desk):
    initiative = make_initiative()
    send(desk, edit(initiative))
    initiative.refresh_from_db()
    assert initiative.version == 1
    assert not Change.objects.exists()


def test_editing_a_row_raises_its_version_and_that_of_the_initiative(desk, officer):
    initiative = make_initiative()
    milestone = make_milestone(initiative)
    send(desk, edit(initiative), **{"milestones-0-title_en": "Pillars"})
    milestone.refresh_from_db()
    initiative.refresh_from_db()
    assert (milestone.title_en, milestone.version, milestone.updated_by) == ("Pillars", 2, officer)
    assert (initiative.version, initiative.updated_by) == (2, officer)


def test_removing_a_row_leaves_a_record(desk):
    initiative = make_initiative()
    add_country(initiative, "KG", role="observer")
    row = [row.country.iso2 for row in initiative.countries.all()].index("KG")
    send(desk, edit(initiative), **{f"countries-{row}-DELETE": "on"})
    assert not initiative.countries.filter(role="observer").exists()
    removed = Change.objects.get(action="deleted")
    assert removed.key == [initiative.code, "KG", "observer"]


def test_the_main_sector_moves_from_one_row_to_another_in_one_save(desk):
    initiative = make_initiative(sectors=["water"])
    values = values_of(desk.get(edit(initiative))) | {"_save": "", "sectors-1-is_main": "on"}
    del values["sectors-0-is_main"]
    answer = desk.post(edit(initiative), values)
    assert answer.status_code == 302, errors_in(answer)
    assert initiative.sectors.get(is_main=True).sector.slug == "water"


def test_two_main_sectors_are_refused(desk):
    initiative = make_initiative(sectors=["water"])
    answer = send(desk, edit(initiative), **{"sectors-1-is_main": "on"})
    assert "Mark only one sector as the main sector." in errors_in(answer)


def test_a_moved_date_is_kept_with_its_reason(desk):
    initiative = make_initiative(planned_end="2026")
    send(desk, edit(initiative), planned_end="2027", moved_because="Floods")
    moved = DateRevision.objects.get()
    assert (str(moved.old), str(moved.new), moved.reason_en) == ("2026", "2027", "Floods")


@pytest.mark.parametrize("name", ["actual_start", "actual_end"])
def test_what_has_happened_is_not_in_the_future(desk, name):
    initiative = make_initiative()
    answer = send(desk, edit(initiative), **{name: "9000", "title_en": "Typed"})
    assert errors_in(answer) == ["The date must not be in the future."]
    assert (values_of(answer)[name], values_of(answer)["title_en"]) == ("9000", "Typed")


def test_an_initiative_cannot_become_part_of_its_own_part(desk):
    whole = make_initiative()
    part = make_initiative(parent=whole)
    answer = send(desk, edit(whole), parent=part.pk, title_en="Typed")
    assert errors_in(answer) == ["An initiative cannot be part of itself, not even through others."]
    assert values_of(answer)["title_en"] == "Typed"


@pytest.mark.parametrize("name", ["code", "status", "status_since", "publication"])
def test_what_only_actions_write_cannot_be_typed(desk, name):
    initiative = make_initiative()
    before = getattr(initiative, name)
    send(desk, edit(initiative), **{name: "published"})
    initiative.refresh_from_db()
    assert getattr(initiative, name) == before


def test_the_list_finds_a_name_in_another_script(desk):
    make_initiative(title_ru="Мост через Сырдарью")
    page = desk.get(address("initiative"), {"q": "sirdar"})
    assert page.context["cl"].result_count == 1


def test_the_progress_is_computed_and_shown(desk):
    initiative = make_initiative()
    (
        make_milestone(initiative, actual="2025"),
        make_milestone(initiative),
        make_milestone(initiative),
    )
    assert "1 of 3, 33 %" in desk.get(edit(initiative)).content.decode()


def test_a_promise_does_not_move_without_a_reason(desk):
    initiative = make_initiative(planned_end="2026")
    answer = send(desk, edit(initiative), planned_end="2027")
    assert errors_in(answer) == ["A promised date moves. Say why; the public will read it."]
    assert values_of(answer)["planned_end"] == "2027"
    assert not DateRevision.objects.exists()
