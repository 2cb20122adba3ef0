"""Publishing, withdrawing and erasing; and what `published()` lets through."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives import actions
from initiatives.actions.publication import erase_drafts
from initiatives.models import Change, Event, Initiative, Organisation
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(django_user_model):
    return django_user_model.objects.create_user("officer")


@pytest.fixture
def draft():
    made = make.make_initiative(publication="draft", summary_en="What it is")
    make.cite(make.make_status_change(made))
    return made


def test_a_complete_draft_is_published_and_keeps_its_first_moment(draft, officer):
    actions.publish(draft, by=officer)
    first = draft.published_at
    actions.withdraw(draft, reason="Mistaken identity", by=officer)
    actions.publish(draft, by=officer)
    assert first is not None
    assert Initiative.objects.get().published_at == first


def test_what_others_saved_meanwhile_is_what_is_published(draft, officer):
    read_before = Initiative.objects.get()
    draft.title_en = "Said meanwhile"
    actions.save(draft, by=officer)
    actions.publish(read_before, by=officer)
    assert Initiative.objects.get().title_en == read_before.title_en == "Said meanwhile"


def test_what_others_took_away_meanwhile_is_missing(draft, officer):
    read_before = Initiative.objects.get()
    draft.summary_en = ""
    actions.save(draft, by=officer)
    with pytest.raises(actions.Refused, match="summary"):
        actions.publish(read_before, by=officer)


def test_publishing_names_all_that_is_missing(officer):
    bare = make.make_initiative(publication="draft", title_en="")
    with pytest.raises(actions.Refused) as refusal:
        actions.publish(bare, by=officer)
    codes = [error.code for error in refusal.value.error_list]
    assert codes == ["title_en", "summary_en", "status", "citations"]


def test_a_source_that_is_not_public_does_not_carry_a_publication(draft, officer):
    secret = make.make_source("letter", kind="letter", is_public=False)
    hidden = make.make_initiative(publication="draft", summary_en="What it is")
    make.cite(make.make_status_change(hidden), source=secret)
    with pytest.raises(actions.Refused, match="public can see"):
        actions.publish(hidden, by=officer)


def test_withdrawing_needs_a_reason(draft, officer):
    actions.publish(draft, by=officer)
    with pytest.raises(actions.Refused, match="reason"):
        actions.withdraw(draft, reason=" ", by=officer)


def test_a_draft_cannot_be_withdrawn(draft, officer):
    with pytest.raises(actions.Refused, match="cannot become"):
        actions.withdraw(draft, reason="Mistake", by=officer)


def test_a_draft_is_erased_with_its_history(draft, officer):
    actions.erase_draft(draft, by=officer)
    assert not Initiative.objects.exists()
    assert Change.objects.get().key == [draft.code]


def test_what_was_public_is_never_erased(draft, officer):
    actions.publish(draft, by=officer)
    with pytest.raises(actions.Refused, match="withdrawn"):
        actions.erase_draft(draft, by=officer)


@pytest.mark.parametrize("publication", ["draft", "in_review", "withdrawn"])
def test_only_published_records_are_public(publication):
    make.make_initiative(publication=publication)
    assert not Initiative.objects.published().exists()


def test_an_embargo_holds_until_its_moment():
    until = timezone.now() + timedelta(hours=1)
    make.make_initiative(embargo_until=until)
    assert not Initiative.objects.published().exists()
    assert Initiative.objects.published(at=until).exists()


@pytest.mark.parametrize(("publication", "seen"), [("published", True), ("draft", False)])
def test_events_and_organisations_do_not_betray_drafts(publication, seen):
    initiative = make.make_initiative(publication=publication, organisations=("bank",))
    make.link_event(initiative, make.make_event("secret-signing"))
    assert Event.objects.published().exists() is seen
    assert Organisation.objects.published().exists() is seen


@pytest.mark.parametrize(("publication", "seen"), [("draft", False), ("published", True)])
def test_an_event_of_no_initiative_is_public_once_it_is_published(publication, seen):
    make.make_event(publication=publication)
    assert Event.objects.published().exists() is seen


@pytest.mark.parametrize("erase", [actions.erase_draft, lambda row, by: erase_drafts([row], by=by)])
def test_what_is_erased_leaves_its_event_hidden(client, erase):
    draft = make.make_initiative(publication="draft")
    make.link_event(draft, make.make_event("secret-talks", title_en="Secret talks"))
    erase(draft, by=None)
    assert client.get("/api/v1/events/secret-talks/").status_code == 404
    assert b"Secret talks" not in b"".join(client.get("/events.ics"))


def test_a_public_history_does_not_name_an_event_that_only_drafts_have(client):
    event = make.make_event("hidden-summit", title_en="Hidden summit")
    make.link_event(make.make_initiative(publication="draft"), event)
    public = make.make_initiative("CI-2025-0005")
    make.make_status_change(public, event=event)
    for address in ("/en/initiatives/CI-2025-0005/", "/api/v1/initiatives/CI-2025-0005/"):
        body = client.get(address).content.decode().lower()
        assert "hidden summit" not in body
        assert "hidden-summit" not in body
    event.publication = "published"
    event.save()
    assert "Hidden summit" in client.get("/en/initiatives/CI-2025-0005/").content.decode()
