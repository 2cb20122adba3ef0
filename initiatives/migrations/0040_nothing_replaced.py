"""SQLite replaces no row of the register or of the audit: INSERT OR REPLACE and UPDATE OR REPLACE
delete what stands in the way without asking a trigger, as 0036 says of the histories."""

from django.db import migrations

REGISTER = "Rows of the register are appended, and neither changed nor deleted."
AUDIT = "Rows of the audit are appended, and neither changed nor deleted within a year."
# Whatever can be in the way of a new row: its keys.
GUARDED = {
    "initiatives_edition": (
        "position = NEW.position OR digest = NEW.digest"
        " OR (kind = NEW.kind AND key = NEW.key AND number = NEW.number)",
        REGISTER,
    ),
    "initiatives_reviewcheck": (
        "id = NEW.id OR (key = NEW.key AND recorded_at = NEW.recorded_at)",
        REGISTER,
    ),
    "initiatives_accountevent": ("id = NEW.id", AUDIT),
}


def guard(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    for table, (taken, told) in GUARDED.items():
        schema_editor.execute(
            f"CREATE TRIGGER {table}_not_replaced BEFORE INSERT ON {table} "
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {taken}) "
            f"BEGIN SELECT RAISE(ABORT, '{told}'); END",
            params=None,
        )


def release(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in GUARDED:
            schema_editor.execute(f"DROP TRIGGER {table}_not_replaced", params=None)


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0039_plainer_labels")]
    operations = [migrations.RunPython(guard, release)]
