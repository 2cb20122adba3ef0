"""What a search of the desk looks into, and the text index of each database that follows it."""

import django.db.models.deletion
from django.db import migrations, models

ARRAY = "string_to_array({row}terms COLLATE \"C\", ' ')"
ON_POSTGRESQL = [
    "CREATE INDEX initiatives_desk_search ON initiatives_deskdocument "
    f"USING gin (({ARRAY.format(row='')}))",
    # In one order, so that two who bring the same new words wait for each other in turn.
    f"""
CREATE FUNCTION initiatives_keep_desk_terms() RETURNS trigger AS $$
BEGIN
    INSERT INTO initiatives_deskterm (term)
    SELECT DISTINCT term FROM unnest({ARRAY.format(row='NEW.')}) AS term
    WHERE length(term) > 2 ORDER BY term ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
""",
    "CREATE TRIGGER initiatives_deskdocument_terms "
    "AFTER INSERT OR UPDATE ON initiatives_deskdocument "
    "FOR EACH ROW EXECUTE FUNCTION initiatives_keep_desk_terms()",
]
BACK_ON_POSTGRESQL = [
    "DROP TRIGGER initiatives_deskdocument_terms ON initiatives_deskdocument",
    "DROP FUNCTION initiatives_keep_desk_terms()",
    "DROP INDEX initiatives_desk_search",
]
# Words are separated by spaces and hold letters and digits only, so they need no escape.
FORGET = (
    "INSERT INTO initiatives_desk_search(initiatives_desk_search, rowid, terms) "
    "VALUES ('delete', OLD.initiative_id, OLD.terms);"
)
KEEP = (
    "INSERT INTO initiatives_desk_search(rowid, terms) VALUES (NEW.initiative_id, NEW.terms); "
    # Not OR IGNORE: inside of a trigger the statement outside decides what a conflict does.
    "INSERT INTO initiatives_deskterm(term) SELECT value "
    """FROM json_each('["' || replace(NEW.terms, ' ', '","') || '"]') WHERE length(value) > 2 """
    "AND NOT EXISTS (SELECT 1 FROM initiatives_deskterm WHERE term = value);"
)
ON_SQLITE = [
    # “ascii” takes all that is not ASCII for letters: the words are found as they were folded.
    "CREATE VIRTUAL TABLE initiatives_desk_search USING fts5(terms, "
    "content='initiatives_deskdocument', content_rowid='initiative_id', "
    "detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER initiatives_deskdocument_kept AFTER INSERT ON initiatives_deskdocument "
    f"BEGIN {KEEP} END",
    "CREATE TRIGGER initiatives_deskdocument_changed AFTER UPDATE ON initiatives_deskdocument "
    f"BEGIN {FORGET} {KEEP} END",
    "CREATE TRIGGER initiatives_deskdocument_gone AFTER DELETE ON initiatives_deskdocument "
    f"BEGIN {FORGET} END",
]
BACK_ON_SQLITE = [
    *(f"DROP TRIGGER initiatives_deskdocument_{name}" for name in ("kept", "changed", "gone")),
    "DROP TABLE initiatives_desk_search",
]


def run(on_postgresql, on_sqlite):
    def execute(apps, schema_editor):
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        for statement in on_postgresql if is_postgresql else on_sqlite:
            schema_editor.execute(statement, params=None)

    return execute


class Migration(migrations.Migration):
    """The documents are written with the first editions, by the migration after this one."""

    dependencies = [("initiatives", "0029_desk_rows")]

    operations = [
        migrations.CreateModel(
            name="DeskDocument",
            fields=[
                (
                    "initiative",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="desk_document",
                        serialize=False,
                        to="initiatives.initiative",
                    ),
                ),
                ("terms", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="DeskTerm",
            fields=[("term", models.TextField(primary_key=True, serialize=False))],
        ),
        migrations.RunPython(
            run(ON_POSTGRESQL, ON_SQLITE), run(BACK_ON_POSTGRESQL, BACK_ON_SQLITE)
        ),
    ]
