"""What only PostgreSQL can do: history that the database itself guards, and an index for search."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

HISTORY = ("initiatives_statuschange", "initiatives_daterevision", "initiatives_change")
SEARCHED = ("country", "sector", "organisation", "initiative", "event")

# A row may be written again unchanged (loaddata does that). It may be erased only inside
# `actions.publication.erase_draft`, which says so for its own transaction. A person's reference may
# become empty, because accounts end, and `reason` only repeats one of its four translations.
FUNCTION = """
CREATE FUNCTION initiatives_refuse_rewriting() RETURNS trigger AS $$
DECLARE
    loose text[] := ARRAY['recorded_by_id', 'approved_by_id', 'reason'];
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(NEW) - loose) = (to_jsonb(OLD) - loose) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND current_setting('initiatives.erasing', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'Rows of % are never rewritten; add a correction.', TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END
$$ LANGUAGE plpgsql
"""


def on_postgresql(statements):
    def run(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            for statement in statements:
                schema_editor.execute(statement, params=None)

    return run


def trigger(table):
    return (
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION initiatives_refuse_rewriting()"
    )


def index(model):
    return (
        f"CREATE INDEX initiatives_{model}_search ON initiatives_{model} "
        "USING gin (search_text gin_trgm_ops)"
    )


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0001_initial")]

    operations = [
        TrigramExtension(),
        migrations.RunPython(
            on_postgresql([FUNCTION, *map(trigger, HISTORY), *map(index, SEARCHED)]),
            on_postgresql(
                [
                    *(f"DROP INDEX initiatives_{model}_search" for model in SEARCHED),
                    *(f"DROP TRIGGER {table}_append_only ON {table}" for table in HISTORY),
                    "DROP FUNCTION initiatives_refuse_rewriting()",
                ]
            ),
        ),
    ]
