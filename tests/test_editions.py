"""The public register: what makes an edition, since when it holds, and that it stays."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from initiatives import actions
from initiatives.choices import EditionCause, EditionKind, EditionState
from initiatives.editions import chain
from initiatives.editions import record as public
from initiatives.models import AppendOnlyError, Edition, Initiative, ReviewCheck
from initiatives.publication import issue_missing, missing
from tests.desk import make_chief
from tests.factories import (
    cite,
    link_event,
    make_event,
    make_initiative,
    make_source,
    make_status_change,
)

pytestmark = pytest.mark.django_db
CODE = "CI-2025-0001"


@pytest.fixture
def chief():
    return make_chief()


@pytest.fixture
def shown():
    """A public record with its first edition."""
    return in_register(make_initiative(CODE, summary_en="A summary"))


def in_register(initiative):
    make_status_change(initiative)
    cite(initiative)
    issue_missing()
    return initiative


def editions(key=CODE):
    return list(Edition.objects.filter(key=key).order_by("number"))


def body_of(edition, model=public.InitiativeRecord):
    return public.decoded(edition.body, model)


def save(initiative, chief, **fields):
    initiative.refresh_from_db()
    for name, value in fields.items():
        setattr(initiative, name, value)
    return actions.save(initiative, by=chief)


def test_what_was_public_before_gets_its_first_edition_since_it_was_last_written(shown):
    (first,) = editions()
    assert (first.number, first.state, first.cause) == (1, "published", EditionCause.FIRST)
    assert body_of(first).title.en == f"Initiative {CODE}"
    assert first.since <= timezone.now()
    assert list(missing()) == []


def test_a_public_edit_makes_one_edition_and_a_private_one_none(shown, chief):
    save(shown, chief, title_en="A bridge")
    assert [body_of(one).title.en for one in editions()] == [f"Initiative {CODE}", "A bridge"]
    save(shown, chief, internal_note="CANARY", review_every_days=30)
    assert len(editions()) == 2
    assert list(missing()) == []


def test_several_changes_of_one_transaction_make_one_edition(shown, chief):
    outcome = actions.for_each(
        [shown],
        lambda row: (
            save(row, chief, title_en="First"),
            save(row, chief, title_en="Second"),
        ),
        skip_failing=False,
    )
    assert not outcome.failed
    assert [body_of(one).title.en for one in editions()][1:] == ["Second"]


def test_an_edit_that_is_rolled_back_leaves_no_edition(shown, chief):
    with transaction.atomic():
        save(shown, chief, title_en="Never")
        transaction.set_rollback(True)
    assert len(editions()) == 1


def test_a_draft_has_no_edition_until_it_is_published(chief):
    draft = make_initiative(CODE, publication="draft", summary_en="A summary")
    make_status_change(draft)
    cite(draft)
    save(draft, chief, title_en="Still a draft")
    assert editions() == []
    actions.publish(draft, by=chief)
    (first,) = editions()
    assert (first.cause, body_of(first).title.en) == (EditionCause.PUBLICATION, "Still a draft")


def test_what_stood_in_a_record_while_it_was_withdrawn_was_never_an_edition(shown, chief):
    actions.withdraw(shown, reason={"en": "Wrong"}, by=chief)
    save(shown, chief, title_en="CANARY")
    save(shown, chief, title_en="Mended")
    actions.publish(shown, by=chief)
    assert [(one.state, one.cause) for one in editions()][1:] == [
        (EditionState.WITHDRAWN, EditionCause.WITHDRAWAL),
        (EditionState.PUBLISHED, EditionCause.PUBLICATION),
    ]
    assert body_of(editions()[1], public.Withdrawal).reason.en == "Wrong"
    assert not any("CANARY" in one.body for one in editions())


def test_an_embargoed_edition_holds_by_time_alone(chief):
    end = timezone.now() + timedelta(days=2)
    in_register(make_initiative(CODE, embargo_until=end, title_en="Later"))
    current = Edition.objects.of(EditionKind.INITIATIVE, CODE).current
    assert not current().exists()
    assert current(end).get().since == end


def test_an_embargo_on_what_is_public_takes_it_away_until_then(shown, chief):
    end = timezone.now() + timedelta(days=2)
    save(shown, chief, embargo_until=end)
    assert [one.state for one in editions()] == ["published", "withdrawn", "published"]
    current = Edition.objects.of(EditionKind.INITIATIVE, CODE).current
    assert (current().get().number, current(end).get().number) == (2, 3)


def test_a_check_by_the_desk_stands_beside_the_edition(shown, chief):
    before = ReviewCheck.objects.count()
    actions.mark_checked(shown, by=chief)
    assert len(editions()) == 1
    check = ReviewCheck.objects.get(key=CODE, checked_at__isnull=False)
    assert ReviewCheck.objects.count() == before + 1
    assert check.due_on == timezone.localdate() + timedelta(shown.review_every_days)


def test_a_renamed_source_makes_editions_of_all_that_cite_it_in_one_batch(chief):
    source = make_source("report")
    for number in range(3):
        initiative = make_initiative(f"CI-2025-000{number + 1}")
        make_status_change(initiative)
        cite(initiative, source)
    issue_missing()
    source.title = "Renamed"
    actions.save(source, by=chief)
    new = Edition.objects.filter(number=2)
    assert new.count() == 3
    assert new.values("batch").distinct().count() == 1


def test_an_event_is_in_the_register_as_long_as_it_is_public(shown, chief):
    event = make_event("summit")
    link_event(shown, event)
    issue_missing()
    assert [one.state for one in editions("summit")] == ["published"]
    actions.withdraw(shown, reason={"en": "Wrong"}, by=chief)
    assert [one.state for one in editions("summit")] == ["published", "withdrawn"]


def test_a_part_that_is_published_is_named_by_its_whole(shown, chief):
    part = make_initiative(publication="draft", parent=shown, summary_en="s")
    make_status_change(part)
    cite(part)
    assert body_of(editions()[-1]).children == ()
    actions.publish(part, by=chief)
    assert body_of(editions()[-1]).children == (part.code,)
    assert body_of(editions(part.code)[-1]).parent == CODE


def test_each_line_covers_the_line_before_and_its_body(shown, chief):
    save(shown, chief, title_en="A bridge")
    before = chain.BEGINNING
    for edition in Edition.objects.all():
        assert edition.body_digest == chain.sha256(edition.body)
        assert edition.digest == chain.digest_of(chain.line_of(edition, before))
        before = edition.digest


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE initiatives_edition SET key = 'other'",
        "UPDATE initiatives_edition SET body = '{}'",
        "UPDATE initiatives_edition SET number = 2",
        "DELETE FROM initiatives_edition",
        "UPDATE initiatives_reviewcheck SET due_on = '2030-01-01'",
        "DELETE FROM initiatives_reviewcheck",
    ],
)
def test_the_database_refuses_to_change_the_register(shown, statement):
    refuses(statement)


def test_postgresql_refuses_to_truncate_the_register(shown):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    refuses("TRUNCATE initiatives_edition")


def refuses(statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_orm_refuses_too(shown):
    with pytest.raises(AppendOnlyError):
        Edition.objects.all().delete()
    with pytest.raises(AppendOnlyError):
        Edition.objects.update(key="other")
    with pytest.raises(AppendOnlyError):
        editions()[0].save()


def test_a_body_may_be_emptied_and_the_chain_still_holds(shown):
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE initiatives_edition SET body = '', redacted_at = %s WHERE position = 1",
            [timezone.now()],
        )
    first = Edition.objects.get(position=1)
    assert first.digest == chain.digest_of(chain.line_of(first, chain.BEGINNING))


def test_an_older_body_is_read_by_the_program_of_today():
    """One body of each form that ever was; a field that came later has its default."""
    body = (
        '{"code":"CI-2025-0001","created_at":"2026-11-24T00:00:00.000000Z","form":1,'
        '"kind":"other","status":"planned","title":{"en":"A bridge"},'
        '"updated_at":"2026-11-24T00:00:00.000000Z","version":1}'
    )
    read = public.decoded(body, public.InitiativeRecord)
    assert (read.title.en, read.funding, public.encoded(read)) == ("A bridge", (), body)


def test_the_stored_text_is_canonical_json_as_the_standard_library_writes_it(shown):
    initiative = Initiative.objects.get(code=CODE)
    initiative.summary_en = 'Quotes " and \\ and\ncontrols \x7f, “ʻ” and 🙂'
    record = public.Text(en=initiative.summary_en)
    body = public.encoded(record)
    again = json.dumps(json.loads(body), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert body == again
