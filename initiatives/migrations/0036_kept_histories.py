"""Histories are as safe on SQLite as on PostgreSQL, and there from TRUNCATE, too."""

from django.db import migrations

GUARDED = ("statuschange", "daterevision", "change")
NUMBER = " OR (initiative_id = NEW.initiative_id AND number = NEW.number)"
ALSO_ONCE = {
    "statuschange": NUMBER,
    "daterevision": NUMBER,
    "documentremoval": " OR sha256 = NEW.sha256",
}
REMOVALS = "initiatives_documentremoval"
# As 0002 has it on PostgreSQL: accounts end, and `reason` only repeats one of its translations.
LOOSE = ("recorded_by_id", "approved_by_id", "reason")
# A row stands in it only while a draft is erased: SQLite has no settings of a transaction.
ERASING = "initiatives_erasing"


def table_of(model):
    return f"initiatives_{model}"


def on_postgresql():
    rows = "BEFORE UPDATE OR DELETE"
    call = "EXECUTE FUNCTION initiatives_refuse_rewriting()"
    yield (
        f"CREATE TRIGGER {REMOVALS}_append_only {rows} ON {REMOVALS} FOR EACH ROW {call}"
    )
    for table in (*map(table_of, GUARDED), REMOVALS):
        yield f"CREATE TRIGGER {table}_kept BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}"


def back_on_postgresql():
    for table in (*map(table_of, GUARDED), REMOVALS):
        yield f"DROP TRIGGER {table}_kept ON {table}"
    yield f"DROP TRIGGER {REMOVALS}_append_only ON {REMOVALS}"


def on_sqlite(model):
    """The triggers of the table of `model`, a class as it is now."""
    table = model._meta.db_table
    stop = f"BEGIN SELECT RAISE(ABORT, 'Rows of {table} are never rewritten; add a correction.'); END"
    columns = [field.column for field in model._meta.concrete_fields]
    same = " AND ".join(f"NEW.{name} IS OLD.{name}" for name in columns if name not in LOOSE)
    yield f"CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table} WHEN NOT ({same}) {stop}"
    yield (
        f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} "
        f"WHEN NOT EXISTS (SELECT 1 FROM {ERASING}) {stop}"
    )
    # INSERT OR REPLACE deletes without asking the trigger above.
    taken = f"id = NEW.id{ALSO_ONCE.get(model._meta.model_name, '')}"
    yield (
        f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) {stop}"
    )


def back_on_sqlite(model):
    for name in ("append_only", "kept", "not_replaced"):
        yield f"DROP TRIGGER {model._meta.db_table}_{name}"


def guard(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        return _execute(schema_editor, on_postgresql())
    schema_editor.execute(f"CREATE TABLE {ERASING} (is_erasing bool NOT NULL)", params=None)
    for name in (*GUARDED, "documentremoval"):
        _execute(schema_editor, on_sqlite(apps.get_model("initiatives", name)))


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        return _execute(schema_editor, back_on_postgresql())
    for name in (*GUARDED, "documentremoval"):
        _execute(schema_editor, back_on_sqlite(apps.get_model("initiatives", name)))
    schema_editor.execute(f"DROP TABLE {ERASING}", params=None)


def _execute(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement, params=None)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0035_account_events")]
    operations = [migrations.RunPython(guard, release)]
