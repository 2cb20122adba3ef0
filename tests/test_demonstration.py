"""The training copy of `make demo`: it uses everything, it holds together, and its pages answer."""

import io
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.contrib.auth import authenticate
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from demo.building import NotEmpty, build
from demo.clock import at
from initiatives import actions
from initiatives.choices import AmountKind, Delivered, DeskRole, Publication
from initiatives.demonstration import OFFICERS, PASSWORD
from initiatives.lifecycle import Status
from initiatives.models import (
    Change,
    ChangeRequest,
    ChangeSet,
    DateRevision,
    DeskMember,
    Edition,
    Event,
    Funding,
    ImportBatch,
    Initiative,
    Milestone,
    Organisation,
    Source,
    StatusChange,
)
from initiatives.rules import Flag
from tests.desk import signed_in
from tests.shared_rows import shared_rows

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
LANGS = ("en", "ru", "uz", "kk")
DESK_PAGES = (
    "index", "search", "initiatives_initiative_changelist", "initiatives_event_changelist",
    "initiatives_source_changelist", "initiatives_changerequest_changelist",
    "initiatives_changeset_changelist", "initiatives_importbatch_changelist",
    "initiatives_change_changelist", "initiatives_event_session",
)  # fmt: skip


@pytest.fixture(scope="class")
def copy(django_db_setup, django_db_blocker):
    with shared_rows(django_db_blocker):
        yield build()


@pytest.fixture
def publisher():
    return signed_in(DeskMember.objects.get(role=DeskRole.PUBLISHER).user)


def flags_shown(client):
    listed = client.get("/initiatives.json", {"page_size": 100}).json()["results"]
    return Counter(flag for row in listed for flag in row["flags"])


@pytest.mark.usefixtures("copy")
class TestCopy:
    def test_there_are_some_forty_records(self, copy):
        assert 38 <= copy == Initiative.objects.count() <= 45

    def test_each_status_and_each_state_of_publication_is_there(self):
        public = Initiative.objects.filter(publication=Publication.PUBLISHED)
        assert set(public.values_list("status", flat=True)) == set(Status.values)
        states = Initiative.objects.values_list("publication", flat=True)
        assert set(states) == set(Publication.values)

    def test_a_status_was_corrected_and_one_goes_on_elsewhere(self):
        assert StatusChange.objects.exclude(corrects=None).exists()
        assert StatusChange.objects.exclude(continued_in=None).exists()

    def test_what_is_implemented_was_delivered_in_full_or_in_part(self):
        implemented = Initiative.objects.filter(status=Status.IMPLEMENTED)
        assert set(implemented.values_list("delivered", flat=True)) == set(Delivered.values)

    def test_each_flag_is_shown_to_the_public_but_what_was_never_public(self, client):
        assert set(flags_shown(client)) == set(Flag.values) - {Flag.UNSOURCED}

    def test_milestones_are_reached_late_and_dropped(self):
        today = timezone.localdate()
        milestones = list(Milestone.objects.all())
        late = [m for m in milestones if m.is_open and m.planned and m.planned.last < today]
        assert late
        assert [m for m in milestones if m.is_dropped]
        assert [m for m in milestones if m.actual and m.actual.first > m.planned.last]

    def test_dates_moved_of_records_and_of_milestones(self):
        assert DateRevision.objects.filter(milestone=None).exists()
        assert DateRevision.objects.exclude(milestone=None).exists()

    def test_money_is_of_each_kind(self):
        assert set(Funding.objects.values_list("amount_kind", flat=True)) == set(AmountKind.values)

    def test_several_pairs_of_countries_take_part(self):
        pairs = {
            tuple(sorted(row.countries.values_list("country__iso2", flat=True)))
            for row in Initiative.objects.all()
        }
        assert len(pairs) >= 8
        assert max(map(len, pairs)) > 2

    def test_withdrawn_records_say_why_in_four_languages(self):
        withdrawn = Initiative.objects.filter(publication=Publication.WITHDRAWN)
        texts = [getattr(row, f"withdrawn_reason_{code}") for row in withdrawn for code in LANGS]
        assert len(texts) == 8
        assert all(texts)

    def test_an_embargo_lasts(self, client):
        hidden = Initiative.objects.get(embargo_until__gt=timezone.now())
        assert hidden.publication == Publication.PUBLISHED
        assert client.get(f"/en/initiatives/{hidden.code}/").status_code == 404

    def test_requests_of_each_kind_wait_and_some_came_back(self):
        asked = set(ChangeRequest.objects.values_list("kind", "state"))
        waiting = {("edit", "waiting"), ("status", "waiting"), ("publication", "waiting")}
        assert asked == waiting | {("edit", "rejected"), ("publication", "rejected")}
        back = ChangeRequest.objects.filter(state="rejected")
        assert all(back.values_list("comment", flat=True))

    def test_a_session_and_a_status_for_many_are_joint_entries(self):
        assert set(ChangeSet.objects.values_list("kind", flat=True)) == {"session", "status"}

    def test_the_import_can_be_undone(self):
        batch = actions.imports.undo(ImportBatch.objects.get(), by=None)
        assert list(batch.rows.values_list("outcome", flat=True)) == ["undone"] * 3

    def test_editions_tell_of_years(self):
        begun = Edition.objects.filter(since__lte=timezone.now())  # not that of the embargo
        since = list(begun.order_by("position").values_list("since", flat=True))
        assert since == sorted(since)
        assert (since[-1] - since[0]).days > 700
        assert Edition.objects.filter(number__gte=5).exists()

    def test_nothing_was_done_after_the_copy_was_made(self):
        assert Change.objects.latest("recorded_at").recorded_at < timezone.now()

    def test_sources_and_organisations_are_invented(self):
        addresses = Source.objects.values_list("url", flat=True)
        assert all(one.startswith("https://example.org/") for one in addresses)
        assert not Organisation.objects.filter(slug="new-development-bank").exists()

    @pytest.mark.parametrize("name", OFFICERS)
    def test_each_officer_signs_in_with_the_password_that_is_shown(self, rf, name):
        request = rf.post("/admin/login/")
        officer = authenticate(request, username=name, password=PASSWORD)
        role = OFFICERS[name]
        assert officer.is_superuser is (role is None)
        assert [row.role for row in officer.desks.all()] == ([] if role is None else [role])

    def test_the_register_and_the_histories_hold_together(self):
        written = io.StringIO()
        call_command("verify", stdout=written, stderr=written)
        assert "Everything holds." in written.getvalue()

    def test_a_second_build_writes_nothing(self):
        before = Change.objects.count()
        with pytest.raises(NotEmpty):
            build()
        assert Change.objects.count() == before

    @pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
    def test_the_public_pages_answer(self, client, language):
        for page in ("", "initiatives/", "events/", "changes/", "pairs/kz-uz/", "sectors/energy/"):
            assert client.get(f"/{language}/{page}").status_code == 200

    def test_the_page_of_each_record_and_event_answers(self, client):
        for row in Initiative.objects.exclude(publication=Publication.DRAFT):
            status = client.get(f"/en/initiatives/{row.code}/").status_code
            gone, hidden = row.publication == Publication.WITHDRAWN, row.embargo_until
            not_public = hidden or row.publication == Publication.IN_REVIEW
            assert status == (410 if gone else 404 if not_public else 200), row.code
        for event in Event.objects.filter(publication="published"):
            assert client.get(f"/en/events/{event.slug}/").status_code == 200

    @pytest.mark.parametrize("page", DESK_PAGES)
    def test_the_pages_of_the_desk_answer(self, publisher, page):
        assert publisher.get(reverse(f"admin:{page}")).status_code == 200

    def test_the_form_of_records_of_each_kind_and_each_request_opens(self, publisher):
        kinds = {(row.status, row.publication): row for row in Initiative.objects.all()}
        for row in [*kinds.values(), *ChangeRequest.objects.all()]:
            name = f"admin:initiatives_{row._meta.model_name}_change"
            assert publisher.get(reverse(name, args=[row.pk])).status_code == 200


@pytest.mark.slow
@pytest.mark.parametrize("day", [(2028, 2, 29), (2031, 1, 1)])
def test_on_each_day_the_same_things_are_late(client, day):
    with at(datetime(*day, 12, tzinfo=UTC)):
        build()
        shown = flags_shown(client)
    assert set(shown) == set(Flag.values) - {Flag.UNSOURCED}
    assert shown[Flag.OVERDUE] >= 3
