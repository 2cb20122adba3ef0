"""A signed link shows a draft or a waiting change, for some days, and leaves no trace."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from initiatives import actions
from initiatives.choices import DeskRole
from initiatives.desk import previews
from initiatives.models import Change, ChangeRequest
from tests.desk import address, edit, make_officer, send, signed_in
from tests.factories import make_initiative, make_milestone

pytestmark = pytest.mark.django_db


def page_of(*what, language="en"):
    return f"/{language}/preview/{previews.token_for(*what)}/"


@pytest.fixture
def draft():
    return make_initiative(
        title_en="A secret bridge",
        title_kk="Құпия көпір",
        publication="draft",
        internal_note="Ask the bank first",
    )


def test_a_link_shows_a_draft_to_whoever_has_it(client, draft):
    page = client.get(page_of(draft)).content.decode()
    assert "A secret bridge" in page
    assert "It is not public" in page
    assert "Ask the bank first" not in page
    assert "Құпия көпір" in client.get(page_of(draft, language="kk")).content.decode()


def test_the_page_is_kept_by_no_cache_and_no_search_engine(client, draft):
    answer = client.get(page_of(draft))
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert ".atom" not in answer.content.decode().split("<main")[1]


def test_a_link_ends_after_seven_days(client, draft, monkeypatch):
    page = page_of(draft)
    later = timezone.now() + previews.VALID_FOR + timedelta(minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)
    answer = client.get(page)
    assert answer.status_code == 410
    assert "has expired" in answer.content.decode()
    assert "secret" not in answer.content.decode()


def test_a_link_of_an_earlier_release_still_leads_there(client, draft):
    what = [draft.pk, None, int(timezone.now().timestamp())]
    page = client.get(f"/en/preview/{signing.dumps(what, salt='initiatives.previews')}/")
    assert "A secret bridge" in page.content.decode()


@pytest.mark.parametrize("spoil", [lambda t: t[:-1], lambda t: "x" + t, lambda t: "a:b:c"])
def test_a_link_that_was_tampered_with_leads_nowhere(client, draft, spoil):
    token = previews.token_for(draft)
    assert client.get(f"/en/preview/{spoil(token)}/").status_code == 404
    assert client.get(f"/en/preview/{'x' * 70_000}/").status_code == 404


def test_a_link_of_an_erased_draft_leads_nowhere(client, draft):
    page = page_of(draft)
    actions.erase_draft(draft, by=None)
    assert client.get(page).status_code == 404


def waiting_change():
    shown = make_initiative(title_en="Old title")
    make_milestone(shown, "Old step", planned="2026")
    editor = signed_in(make_officer("edda", DeskRole.EDITOR))
    typed = {"milestones-0-planned": "2028", "moved_because": "Floods", "title_en": "New title"}
    send(editor, edit(shown), **typed)
    return shown, ChangeRequest.objects.get()


def test_a_link_shows_a_waiting_change_and_nothing_is_stored(client):
    shown, asked = waiting_change()
    page = client.get(page_of(shown, asked)).content.decode()
    assert "New title" in page
    assert "Floods" in page
    assert "Old title" in client.get(f"/en/initiatives/{shown.code}/").content.decode()
    assert not Change.objects.exists()
    assert not shown.date_revisions.exists()


def test_a_change_that_was_decided_is_no_longer_shown_as_waiting(client):
    shown, asked = waiting_change()
    page = page_of(shown, asked)
    actions.reject_request(asked, by=make_officer(), comment="No")
    text = client.get(page).content.decode()
    assert "has been decided in the meantime" in text
    assert "New title" not in text


def test_the_desk_offers_the_links(client):
    shown, asked = waiting_change()
    reviewer = signed_in(make_officer("rustam", DeskRole.REVIEWER))
    page = reviewer.get(address("changerequest", "change", asked.pk)).content.decode()
    assert "/preview/" in page
    assert "/preview/" in reviewer.get(edit(make_initiative(publication="draft"))).content.decode()
    assert "/preview/" not in reviewer.get(edit(shown)).content.decode()
