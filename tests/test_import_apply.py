"""What becomes of the rows of a preview."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from initiatives import actions, models
from initiatives.choices import DeskRole
from initiatives.models import Change, ChangeRequest, ImportBatch, Initiative
from tests import importing
from tests.desk import make_desk, make_officer
from tests.factories import (
    make_initiative,
    make_status_change,
)
from tests.importing import CODE, NEW, applied, kept, outcomes, plan_of

pytestmark = pytest.mark.django_db
lists = importing.lists
bridge = importing.bridge


def told(batch):
    return [row.told for row in batch.rows.all()]


def test_new_records_are_drafts_with_the_next_codes():
    applied(NEW, NEW | {"external_ids": "wb:P2"})
    made = Initiative.objects.order_by("code")
    assert [row.publication for row in made] == ["draft", "draft"]
    first, second = (int(row.code[-4:]) for row in made)
    assert second == first + 1


def test_the_history_of_a_bulk_is_that_of_single_saves():
    officer = make_officer()
    batch = applied(NEW, by=officer)
    made = Initiative.objects.get()
    changes = made.changes.order_by("pk")
    assert {change.batch for change in changes} == {batch}
    assert {change.recorded_by for change in changes} == {officer}
    assert [change.version for change in changes] == list(range(1, made.version + 1))
    assert Change.objects.filter(model="citation", batch=batch).count() == 1


def test_a_bulk_says_what_saving_one_by_one_says():
    applied(NEW)
    bulk = Initiative.objects.get()
    single = saved_one_by_one(bulk)
    assert history(bulk) == history(single)
    assert [x.version for x in (bulk, single)] == [bulk.version] * 2


def saved_one_by_one(model):
    """A record that says what `model` says, made by the verbs of the desk."""
    names = ("title_en", "kind", "planned_end")
    made = Initiative(**{name: getattr(model, name) for name in names})
    actions.save(made, by=None)
    parts = [*model.countries.order_by("pk"), *model.organisations.order_by("pk")]
    parts += [*model.sectors.order_by("pk"), *model.funding.order_by("pk")]
    parts += model.external_ids.all()
    for part in parts:
        part.pk, part._state.adding, part.initiative, part.version = None, True, made, 1
        part.value = "P2"  # an identifier is that of one record
        actions.save(part, by=None)
    source = models.Source.objects.get()
    actions.change_status(
        made, to="planned", by=None, effective=model.status_since, source=source, origin="import"
    )
    made.refresh_from_db()
    return made


def history(record):
    """All that is told of it, without its names."""
    changes = record.changes.order_by("pk")
    told = [(c.model, c.action, str(c.fields), c.version) for c in changes]
    return str(told).replace(record.code, "…").replace("P2", "P1")


def test_ten_drafts_take_the_queries_of_one():
    applied(NEW)  # the first of a year makes its counter
    assert len(queries_of("one", 1)) == len(queries_of("ten", 10))


def queries_of(name, number):
    batch = kept(*(NEW | {"external_ids": f"{name}:{place}"} for place in range(number)))
    with CaptureQueriesContext(connection) as queries:
        actions.imports.apply(batch, by=None)
    return list(_without_repeats(queries))


def _without_repeats(queries):
    """SQLite takes 999 values in one statement, so some INSERT is the continuation of another."""
    before = ""
    for query in queries:
        into = query["sql"].split(" (")[0]
        if not (into.startswith("INSERT") and into == before):
            yield query
        before = into


def test_the_status_is_entered_with_its_source():
    applied(NEW)
    (change,) = Initiative.objects.get().status_changes.all()
    assert (change.origin, change.to_status) == ("import", "planned")
    assert change.citations.get().source.slug == "protocol"


def test_the_second_run_changes_nothing_and_writes_no_history():
    applied(NEW)
    before = Change.objects.count()
    plan = plan_of(NEW)
    assert (plan.counts["unchanged"], Change.objects.count()) == (1, before)


def test_rows_that_were_not_chosen_are_left_out():
    batch = applied(NEW, NEW | {"external_ids": "wb:P2"}, rows={3}.__contains__)
    assert outcomes(batch) == ["skipped", "done"]
    assert Initiative.objects.count() == 1


def test_a_publisher_changes_what_is_public_at_once(bridge):
    applied({"code": CODE, "title_en": "Long bridge"}, by=make_officer())
    bridge.refresh_from_db()
    assert bridge.title_en == "Long bridge"


def test_an_editor_asks_for_a_change_of_what_is_public(bridge):
    row = {"code": CODE, "title_en": "Long bridge", "parties": "UZ|KG"}
    batch = applied(row, by=make_officer(role=DeskRole.EDITOR))
    bridge.refresh_from_db()
    (request,) = ChangeRequest.objects.all()
    assert (outcomes(batch), bridge.title_en, request.batch) == (["waiting"], "Bridge", batch)


def test_an_approved_request_belongs_to_the_import(bridge):
    editor = make_officer(role=DeskRole.EDITOR)
    batch = applied({"code": CODE, "title_en": "Long bridge"}, by=editor)
    actions.approve_request(ChangeRequest.objects.get(), by=make_officer("bek"))
    assert bridge.changes.get(model="initiative").batch == batch
    assert plan_of({"code": CODE, "title_en": "Longer"}, by=editor).counts["update"] == 1


def test_an_editor_asks_for_a_status_of_what_is_public(bridge):
    make_status_change(bridge)
    row = {"code": CODE, "status": "agreed", "status_since": "2025", "status_source": "protocol"}
    batch = applied(row, by=make_officer(role=DeskRole.EDITOR))
    (request,) = bridge.change_requests.all()
    assert (outcomes(batch), request.to_status, request.batch) == (["waiting"], "agreed", batch)


def test_what_changed_after_the_preview_is_left_alone(bridge):
    batch = kept({"code": CODE, "title_en": "Long bridge"})
    bridge.title_en = "Short bridge"
    actions.save(bridge, by=None)
    actions.imports.apply(batch, by=None)
    bridge.refresh_from_db()
    assert (outcomes(batch), bridge.title_en) == (["refused"], "Short bridge")
    assert "after the preview" in told(batch)[0]


def test_a_right_that_was_lost_after_the_preview_is_missed(bridge):
    officer = make_officer()
    batch = kept({"code": CODE, "title_en": "Long bridge"}, by=officer)
    officer.desks.all().delete()
    actions.imports.apply(batch, by=officer)
    assert outcomes(batch) == ["refused"]


def test_a_key_that_was_taken_after_the_preview_fails_alone():
    batch = kept(NEW, NEW | {"external_ids": "wb:P2"})
    make_initiative().external_ids.create(scheme="wb", value="P1")
    actions.imports.apply(batch, by=None)
    assert outcomes(batch) == ["refused", "done"]


def test_a_conflict_is_decided_by_the_officer(bridge):
    applied({"code": CODE, "title_en": "Long bridge"})
    bridge.refresh_from_db()
    bridge.title_en = "Short bridge"
    actions.save(bridge, by=None)
    row = {"code": CODE, "title_en": "Longer bridge"}
    assert outcomes(applied(row)) == ["skipped"]
    assert outcomes(applied(row, overwrite=lambda number: True)) == ["done"]


def test_an_import_is_applied_once():
    batch = applied(NEW)
    with pytest.raises(actions.Refused):
        actions.imports.apply(batch, by=None)


def test_a_wrong_date_of_a_status_is_corrected_by_a_further_row():
    applied(NEW)
    made = Initiative.objects.get()
    applied({"code": made.code, "status": "planned", "status_since": "2023"})
    made.refresh_from_db()
    assert str(made.status_since) == "2023"
    assert made.status_changes.last().corrects == made.status_changes.first()


def test_undo_erases_the_drafts():
    batch = actions.imports.undo(applied(NEW), by=None)
    assert (outcomes(batch), Initiative.objects.count()) == (["undone"], 0)
    assert ImportBatch.objects.get().state == "undone"


def test_undo_leaves_what_was_edited_since():
    batch = applied(NEW, NEW | {"external_ids": "wb:P2"})
    first = Initiative.objects.order_by("code").first()
    first.title_en = "Mine now"
    actions.save(first, by=None)
    batch = actions.imports.undo(batch, by=None)
    assert outcomes(batch) == ["left", "undone"]
    assert "after the import" in told(batch)[0]


def test_undo_leaves_a_draft_under_which_others_put_something():
    batch = applied(NEW)
    make_initiative(parent=Initiative.objects.get())
    assert outcomes(actions.imports.undo(batch, by=None)) == ["left"]


def test_undo_erases_records_together_with_those_above_them():
    rows = [{"title_en": "Part", "parent": "wb:P9"}, {"title_en": "Whole", "external_ids": "wb:P9"}]
    batch = applied(*rows, {"title_en": "Another part", "parent": "wb:P9"})
    assert outcomes(batch) == ["done"] * 3
    actions.imports.undo(batch, by=None)
    assert Initiative.objects.count() == 0


def test_undo_takes_changes_back_by_new_ones():
    applied(NEW)
    made = Initiative.objects.get()
    row = {"code": made.code, "title_en": "Long", "parties": "UZ|KG", "funding_numbers": "1"}
    status = {"status": "agreed", "status_since": "2025", "status_source": "protocol"}
    batch = applied(row | status)
    actions.imports.undo(batch, by=None)
    assert plan_of(NEW | {"code": made.code}).counts["unchanged"] == 1
    assert Change.objects.filter(reverts__batch=batch).exists()


def test_undo_withdraws_what_waits(bridge):
    batch = applied({"code": CODE, "title_en": "Long"}, by=make_officer(role=DeskRole.EDITOR))
    actions.imports.undo(batch, by=None)
    assert ChangeRequest.objects.get().state == "rejected"


def test_undo_of_what_is_public_waits_for_a_second_person(bridge):
    officer = make_officer()
    batch = applied({"code": CODE, "title_en": "Long"}, by=officer)
    officer.desks.update(role=DeskRole.EDITOR)
    assert outcomes(actions.imports.undo(batch, by=officer)) == ["waiting"]
    bridge.refresh_from_db()
    assert bridge.title_en == "Long"


def test_undo_touches_no_record_of_another_desk():
    officer = make_officer()
    batch = applied(NEW, by=officer)
    officer.desks.update(desk=make_desk("Elsewhere", countries=["KG"]))
    assert outcomes(actions.imports.undo(batch, by=officer)) == ["left"]
    assert Initiative.objects.count() == 1


def test_an_import_is_undone_once():
    batch = actions.imports.undo(applied(NEW), by=None)
    with pytest.raises(actions.Refused):
        actions.imports.undo(batch, by=None)


def test_an_editor_asks_once_for_a_record_and_the_status_that_needs_it(bridge):
    make_status_change(bridge)
    row = {
        "code": CODE,
        "status": "in_progress",
        "actual_start": "2025-03",
        "status_since": "2025-03",
        "status_source": "protocol",
    }
    batch = applied(row, by=make_officer(role=DeskRole.EDITOR))
    (request,) = bridge.change_requests.all()
    assert (outcomes(batch), request.to_status) == (["waiting"], "in_progress")
    actions.approve_request(request, by=make_officer("bek"))
    bridge.refresh_from_db()
    assert (bridge.status, str(bridge.actual_start)) == ("in_progress", "2025-03")
