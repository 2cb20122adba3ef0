"""What is private makes no edition, and stands in none: one search for canaries through all."""

from datetime import timedelta
from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from initiatives import actions, models
from initiatives.choices import DeskRole
from initiatives.models import Edition
from initiatives.partial_dates import PartialDate
from initiatives.publication import issue_missing
from initiatives.rights import Rights
from tests import factories as make
from tests.desk import make_chief, make_desk, make_officer
from tests.memberships import ask_status
from tests.registering import CODE, OTHER, added, make_shown, save, withdraw
from tests.requesting import ask_for_status

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
CANARY = "Canary"


@pytest.fixture
def shown():
    return make_shown()


PRIVATE = {
    "internal_note": lambda: CANARY,
    "owner": make_officer,
    "desk": lambda: models.Desk.objects.create(name=CANARY),
    "review_every_days": lambda: 30,
}


@pytest.mark.parametrize("name", PRIVATE)
def test_a_field_for_the_desk_alone_makes_no_edition(shown, name):
    assert added(lambda: save(shown, **{name: PRIVATE[name]()})) == []


def test_a_check_by_the_desk_makes_no_edition(shown):
    assert added(lambda: actions.mark_checked(shown, by=make_chief())) == []


def test_a_source_that_is_not_public_makes_no_edition(shown):
    hidden = make.make_source("hidden", is_public=False, title=CANARY)
    citation = models.Citation(source=hidden, initiative=shown, quote=CANARY)
    assert added(lambda: actions.save(citation, by=None)) == []
    assert added(lambda: save(hidden, title=f"{CANARY} again")) == []


def test_a_request_that_waits_makes_no_edition_and_an_approved_one_does(shown):
    editor, second = make_officer("edda", DeskRole.EDITOR), make_officer("rustam")
    attempt = actions.ApprovalGate(shown, rights=Rights(editor))

    def try_it():
        shown.title_en = CANARY
        attempt.run(lambda: actions.save(shown, by=editor))

    assert added(try_it) == []
    assert attempt.undone
    (new,) = added(lambda: actions.approve_request(attempt.request, by=second))
    assert CANARY in new.body


def test_a_status_that_waits_makes_no_edition(shown):
    officer = make_officer()
    stated = {"effective": PartialDate.parse("2025"), "source": make.make_source()}
    ask = partial(ask_for_status, shown, officer, "cancelled", reason={"en": CANARY}, **stated)
    assert added(ask) == []
    assert CANARY in str(models.ChangeRequest.objects.get().edits)


def test_a_draft_and_what_belongs_to_it_make_no_edition(shown):
    draft = make.make_initiative(OTHER, publication="draft", parent=shown)
    event = make.make_event("secret")
    link = models.InitiativeEvent(initiative=draft, event=event, relation="agreed")
    assert added(lambda: save(draft, title_en=CANARY)) == []
    assert added(lambda: actions.save(link, by=None)) == []
    assert added(lambda: save(event, title_en=CANARY)) == []
    assert added(lambda: actions.erase_draft(draft, by=None)) == []


def test_who_is_at_which_form_makes_no_edition(shown):
    chief, row = make_chief(), {"model": "initiative", "object_id": shown.pk}
    assert added(lambda: models.Presence.objects.create(user=chief, **row)) == []


def test_a_transaction_that_fails_leaves_no_edition(shown):
    class Trouble(Exception):
        pass

    @transaction.atomic
    def fail():
        save(shown, title_en=CANARY)
        raise Trouble

    def fail_and_go_on():
        with pytest.raises(Trouble):
            fail()

    assert added(fail_and_go_on) == []


def test_a_bulk_act_of_which_one_fails_leaves_no_edition(shown):
    draft = make.make_initiative(OTHER, publication="draft")

    def act(row):
        row.title_en = CANARY
        actions.save(row, by=None)
        return actions.withdraw(row, reason={"en": "Wrong"}, by=None)

    assert added(lambda: actions.for_each([shown, draft], act, skip_failing=False)) == []


def test_no_body_has_anything_of_the_desk_of_drafts_or_of_hidden_sources():
    """Whatever is written where the public has no business, through every action at once."""
    officer = make_officer(f"{CANARY}-officer", first_name=CANARY)
    desk = make_desk(name=f"{CANARY} desk")
    hidden = make.make_source("canary-source", title=CANARY, is_public=False, publisher=CANARY)
    shown = make_shown(internal_note=CANARY, owner=officer, desk=desk, created_by=officer)
    whole = make_shown(OTHER, publication="draft", title_en=CANARY, summary_en=CANARY)
    heir = make_shown("CI-2025-0003", publication="draft", title_en=CANARY)
    event = make.make_event("canary-event", title_en=CANARY, place_en=CANARY)
    make.link_event(whole, event, decision_en=CANARY)
    shown.parent = whole
    shown.save()
    move = make.make_status_change(
        shown, "cancelled", event=event, continued_in=heir, recorded_by=officer
    )
    rate = {"usd_rate": 2, "usd_rate_on": "2025-01-01", "usd_rate_source": hidden}
    claims = (shown, move, make.make_milestone(shown), make.make_funding(shown, **rate))
    for claim in claims:
        make.cite(claim, hidden, quote=CANARY, locator=CANARY)
    ask_status(shown, officer, "planned", comment=CANARY)
    models.ChangeRequest.objects.create(
        initiative=shown, model="initiative", key=[CODE], edits=[CANARY], comment=CANARY
    )
    issue_missing()
    save(shown, title_en="Shown")
    before = make_shown("CI-2025-0004")
    withdraw(before)
    save(before, summary_en=CANARY, internal_note=CANARY)
    ahead = make_shown("CI-2025-0005", embargo_until=timezone.now() + timedelta(days=1))
    save(ahead, title_en=CANARY)
    found = [one for one in Edition.objects.all() if CANARY.lower() in one.body.lower()]
    # An embargoed edition is stored ahead of its time, and of nothing else there is a trace.
    assert [one.key for one in found] == [ahead.code]
    assert found[0].since == ahead.embargo_until
