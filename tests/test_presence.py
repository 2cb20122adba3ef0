"""Who else has a form open."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from initiatives.actions.presence import leave, note_presence, others_at
from initiatives.models import Change, Presence
from tests.desk import address, edit, make_officer, make_viewer, send, signed_in
from tests.factories import make_event, make_initiative, make_milestone

pytestmark = pytest.mark.django_db


@pytest.fixture
def bek():
    return make_officer("bek", first_name="Bek")


@pytest.fixture
def aziza():
    return make_officer("aziza")


def seen(user, row, *, opened, signed=None):
    """`user` opened the form of `row` so many minutes ago, and gave the last sign later."""
    now = timezone.now()
    at = {"opened_at": now - timedelta(minutes=opened)}
    at["seen_at"] = at["opened_at"] if signed is None else now - timedelta(minutes=signed)
    note_presence(user, row)
    Presence.objects.filter(user=user).update(**at)


def names_at(row, user):
    return [each.user.username for each in others_at(row, user)]


def test_others_are_seen_and_oneself_is_not(aziza, bek):
    initiative = make_initiative()
    note_presence(aziza, initiative)
    note_presence(bek, initiative)
    assert names_at(initiative, aziza) == ["bek"]


def test_another_row_is_another_form(aziza, bek):
    initiative = make_initiative()
    note_presence(bek, make_initiative())
    note_presence(bek, make_event(pk=initiative.pk))
    assert names_at(initiative, aziza) == []


@pytest.mark.parametrize(
    ("opened", "signed", "there"),
    [(14, None, True), (16, None, False), (60, 1, True), (60, 3, False), (10, 3, False)],
)
def test_signs_count_two_minutes_and_silence_a_quarter_of_an_hour(
    aziza, bek, opened, signed, there
):
    initiative = make_initiative()
    seen(bek, initiative, opened=opened, signed=signed)
    assert names_at(initiative, aziza) == ["bek"] * there


def test_a_sign_of_life_leaves_the_time_of_the_opening(aziza, bek):
    initiative = make_initiative()
    seen(bek, initiative, opened=60, signed=3)
    opened_at = Presence.objects.get().opened_at
    note_presence(bek, initiative, opened=False)
    assert others_at(initiative, aziza).get().opened_at == opened_at


def test_whoever_left_is_gone(aziza, bek):
    initiative = make_initiative()
    note_presence(bek, initiative)
    leave(bek, initiative)
    assert names_at(initiative, aziza) == []


def test_what_is_older_than_a_day_is_cleared_away(aziza, bek):
    seen(bek, make_initiative(), opened=60 * 25)
    note_presence(aziza, make_initiative())
    assert Presence.objects.get().user == aziza


def test_presence_is_no_change_and_touches_no_record(bek):
    initiative = make_initiative()
    note_presence(bek, initiative)
    before = initiative.version, initiative.updated_at
    initiative.refresh_from_db()
    assert (initiative.version, initiative.updated_at) == before
    assert not Change.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_same_presence_in_the_same_moment_is_noted_once(bek):
    initiative = make_initiative()

    def note(_):
        note_presence(bek, initiative)
        connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(note, range(12)))
    assert Presence.objects.count() == 1


def test_an_opened_form_tells_who_else_has_it_open(aziza, bek):
    initiative = make_initiative()
    signed_in(bek).get(edit(initiative))
    page = signed_in(aziza).get(edit(initiative)).content.decode()
    assert "Bek has this record open (since " in page
    assert 'role="status"' in page


def test_a_form_that_is_only_read_is_no_presence():
    signed_in(make_viewer()).get(edit(make_initiative()))
    assert not Presence.objects.exists()


def test_a_save_ends_the_presence(aziza):
    assert send(signed_in(aziza), edit(make_initiative()), title_en="New").status_code == 302
    assert not Presence.objects.exists()


def test_a_refused_save_does_not(aziza):
    assert send(signed_in(aziza), edit(make_initiative()), title_en="").status_code == 200
    assert Presence.objects.count() == 1


def sign(desk, row, **values):
    return desk.post(address(row._meta.model_name, "presence", row.pk), values)


def test_a_sign_of_life_answers_with_the_names_of_others(aziza, bek):
    initiative = make_initiative()
    note_presence(bek, initiative)
    answer = sign(signed_in(aziza), initiative)
    assert answer.json()["others"] == ["Bek"]
    assert answer.json()["note"].startswith("Bek has this record open")
    assert "no-store" in answer["Cache-Control"]
    assert names_at(initiative, bek) == ["aziza"]


def test_a_farewell_ends_the_presence(aziza):
    initiative = make_initiative()
    note_presence(aziza, initiative)
    assert sign(signed_in(aziza), initiative, leaving="1").json() == {"others": [], "note": ""}
    assert not Presence.objects.exists()


def test_the_address_is_for_those_who_may_change_the_row_and_for_post(aziza):
    initiative = make_initiative()
    url = address("initiative", "presence", initiative.pk)
    assert signed_in(make_viewer()).post(url).status_code == 403
    assert signed_in(aziza).get(url).status_code == 405
    assert Client().post(url).status_code == 302
    assert not Presence.objects.exists()


@pytest.mark.parametrize("key", ["99999999999999999999", "abc"])
def test_the_presence_at_nothing_is_not_found(aziza, key):
    assert signed_in(aziza).post(address("initiative", "presence", key)).status_code == 404


def test_a_sign_without_the_token_of_the_form_is_refused(aziza):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(aziza)
    assert sign(strict, make_initiative()).status_code == 403


def test_a_sign_takes_as_many_queries_for_ten_others_as_for_one(aziza, bek):
    initiative, desk = make_initiative(), signed_in(aziza)
    note_presence(bek, initiative)
    sign(desk, initiative)
    with CaptureQueriesContext(connection) as for_one:
        sign(desk, initiative)
    for number in range(9):
        note_presence(make_officer(f"officer{number}"), initiative)
    with CaptureQueriesContext(connection) as for_ten:
        sign(desk, initiative)
    assert len(for_ten) == len(for_one)


def test_milestones_by_themselves_are_watched_too(aziza, bek):
    milestone = make_milestone(make_initiative())
    signed_in(bek).get(edit(milestone))
    assert "Bek has this record open" in signed_in(aziza).get(edit(milestone)).content.decode()
