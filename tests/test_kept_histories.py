"""Both databases keep histories as they were written, whoever asks them by SQL."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from initiatives import actions
from initiatives.actions import publication
from initiatives.models import (
    AccountEvent,
    Change,
    DateRevision,
    DocumentRemoval,
    ReviewCheck,
    StatusChange,
)
from tests import factories as make
from tests.editions import append, plain_record

pytestmark = pytest.mark.django_db
HISTORIES = (StatusChange, DateRevision, Change, DocumentRemoval)
# Accounts end, and `reason` only repeats one of its translations.
LOOSE = {"recorded_by_id", "approved_by_id", "reason"}
COLUMNS = [
    pytest.param(model, field, id=f"{model.__name__}-{field.column}")
    for model in HISTORIES
    for field in model._meta.concrete_fields
]
of_each = pytest.mark.parametrize("model", HISTORIES)


@pytest.fixture
def draft():
    draft = make.make_initiative(publication="draft")
    change = make.make_status_change(draft)
    StatusChange.objects.create(
        initiative=draft, number=2, to_status="planned", effective="2024", corrects=change
    )
    DateRevision.objects.create(
        initiative=draft, number=1, field="planned_end", old="2024", new="2025"
    )
    Change.objects.create(initiative=draft, model="initiative", key=["1"], action="changed")
    DocumentRemoval.objects.create(sha256="0" * 64)
    return draft


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refuses(model, sql, *values):
    with pytest.raises(IntegrityError, match=f"Rows of {model._meta.db_table} are never rewritten"):
        run(sql, *values)


def another(model, field):
    """A value that the first row of `model` has not."""
    if "int" in field.db_type(connection):
        return 9999
    is_empty = model.objects.values_list(field.attname).order_by("pk")[0][0] in (None, "")
    return "x" if is_empty else None


@pytest.mark.parametrize(("model", "field"), COLUMNS)
def test_a_column_is_changed_only_where_it_tells_nothing(draft, model, field):
    table, new = model._meta.db_table, another(model, field)
    if field.column not in LOOSE:
        refuses(model, f"UPDATE {table} SET {field.column} = %s", new)
    elif field.column == "reason":
        run(f"UPDATE {table} SET reason = 'x'")
    else:
        run(f"UPDATE {table} SET {field.column} = NULL")


@of_each
def test_a_row_may_be_written_again_as_it_is(draft, model):
    columns = [field.column for field in model._meta.concrete_fields]
    same = ", ".join(f"{name} = {name}" for name in columns)
    run(f"UPDATE {model._meta.db_table} SET {same}")


@of_each
def test_a_row_is_not_deleted(draft, model):
    refuses(model, f"DELETE FROM {model._meta.db_table}")


@of_each
@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no TRUNCATE")
def test_a_table_is_not_truncated(draft, model):
    connection.check_constraints()  # those of the rows above would stop it, too
    refuses(model, f"TRUNCATE {model._meta.db_table} CASCADE")


@of_each
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a statement of SQLite")
def test_a_row_is_not_replaced(draft, model):
    table = model._meta.db_table
    refuses(model, f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a statement of SQLite")
def test_a_row_is_not_replaced_by_one_with_its_number(draft):
    table = StatusChange._meta.db_table
    names = [field.column for field in StatusChange._meta.concrete_fields if field.name != "id"]
    columns = ", ".join(names)
    replace = f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}"
    refuses(StatusChange, replace)


REGISTER = "Rows of the register are appended"
# Table → what it says, and the columns of each key that can be taken already.
REPLACED = {
    "initiatives_edition": (REGISTER, ["position", "digest", "kind, key, number"]),
    "initiatives_reviewcheck": (REGISTER, ["id", "key, recorded_at"]),
    "initiatives_accountevent": ("Rows of the audit are appended", ["id"]),
}


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="statements of SQLite")
@pytest.mark.parametrize("table", REPLACED)
def test_nothing_takes_the_place_of_a_row_of_register_and_audit(table):
    append(plain_record(), plain_record(title="Later"))
    ReviewCheck.objects.create(key="CI-2025-0001", due_on="2026-01-01")
    AccountEvent.objects.create(act="signed_in")
    model = next(one for one in apps.get_models() if one._meta.db_table == table)
    before, (told, keys) = list(model.objects.values()), REPLACED[table]
    for key in keys:
        columns = [field.column for field in model._meta.concrete_fields]
        # All other keys of the new row are its own, so that this one alone is in the way.
        others = {"position": "900", "id": "900", "digest": "'x'", "number": "900", "key": "'x'"}
        new = [name if name in key.split(", ") else others.get(name, name) for name in columns]
        into = f"{table} ({', '.join(columns)}) SELECT {', '.join(new)} FROM {table} LIMIT 1"
        with pytest.raises(IntegrityError, match=told):
            run(f"INSERT OR REPLACE INTO {into}")
        last = [f"{name} = (SELECT max({name}) FROM {table})" for name in key.split(", ")]
        if len(before) > 1:
            with pytest.raises(IntegrityError, match=told):
                run(f"UPDATE OR REPLACE {table} SET {', '.join(last)}")
    assert list(model.objects.values()) == before


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="statements of SQLite")
@of_each
def test_no_history_is_replaced_by_another_row_of_it(draft, model):
    refuses(model, f"UPDATE OR REPLACE {model._meta.db_table} SET id = id + 1")


def test_only_the_erasing_of_a_draft_takes_its_history(draft):
    other = make.make_status_change(make.make_initiative(publication="draft"))
    actions.erase_draft(draft, by=None)
    assert StatusChange.objects.get() == other
    for model in (StatusChange, Change):
        refuses(model, f"DELETE FROM {model._meta.db_table}")


def test_many_drafts_are_erased_and_the_others_kept(draft):
    other = make.make_status_change(make.make_initiative(publication="draft"))
    publication.erase_drafts([draft], by=None)
    assert StatusChange.objects.get() == other
    refuses(StatusChange, f"DELETE FROM {StatusChange._meta.db_table}")


def test_an_erasing_that_fails_leaves_the_guard(draft, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(type(draft), "delete", fail)
        with pytest.raises(RuntimeError):
            actions.erase_draft(draft, by=None)
    refuses(StatusChange, f"DELETE FROM {StatusChange._meta.db_table}")


@pytest.mark.django_db(transaction=True)
def test_flush_empties_them_and_leaves_the_guard(draft):
    call_command("flush", interactive=False, verbosity=0)
    assert not any(model.objects.exists() for model in HISTORIES)
    make.make_status_change(make.make_initiative())
    refuses(StatusChange, f"DELETE FROM {StatusChange._meta.db_table}")
