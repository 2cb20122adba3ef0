"""What a search of editions looks into, and the text index of each database that follows it."""

import django.db.models.deletion
from django.db import migrations, models

ARRAY = "string_to_array({row}terms COLLATE \"C\", ' ')"
ON_POSTGRESQL = [
    f"CREATE INDEX initiatives_search ON initiatives_searchdocument USING gin (({ARRAY.format(row='')}))",
    f"""
CREATE FUNCTION initiatives_keep_terms() RETURNS trigger AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO initiatives_searchterm (term, position)
        SELECT term, NEW.edition_id FROM unnest({ARRAY.format(row='NEW.')}) AS term
        WHERE length(term) > 2 ON CONFLICT DO NOTHING;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM initiatives_searchterm known
        USING unnest({ARRAY.format(row='OLD.')}) AS term
        WHERE known.term = term.term AND NOT EXISTS (
            SELECT FROM initiatives_searchdocument other
            WHERE {ARRAY.format(row='other.')} @> ARRAY[term.term]
        );
    END IF;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
""",
    "CREATE TRIGGER initiatives_searchdocument_terms "
    "AFTER INSERT OR UPDATE OR DELETE ON initiatives_searchdocument "
    "FOR EACH ROW EXECUTE FUNCTION initiatives_keep_terms()",
    """
CREATE FUNCTION initiatives_find_no_more() RETURNS trigger AS $$
BEGIN
    DELETE FROM initiatives_searchdocument WHERE edition_id = NEW.position;
    RETURN NULL;
END
$$ LANGUAGE plpgsql
""",
    "CREATE TRIGGER initiatives_edition_redacted AFTER UPDATE ON initiatives_edition "
    "FOR EACH ROW WHEN (NEW.body = '') EXECUTE FUNCTION initiatives_find_no_more()",
]
BACK_ON_POSTGRESQL = [
    "DROP TRIGGER initiatives_edition_redacted ON initiatives_edition",
    "DROP FUNCTION initiatives_find_no_more()",
    "DROP TRIGGER initiatives_searchdocument_terms ON initiatives_searchdocument",
    "DROP FUNCTION initiatives_keep_terms()",
    "DROP INDEX initiatives_search",
]
# Words are separated by spaces and hold letters and digits only, so they need no escape.
JSON = """json_each('["' || replace({row}.terms, ' ', '","') || '"]')"""
FORGET = (
    "INSERT INTO initiatives_search(initiatives_search, rowid, terms) "
    "VALUES ('delete', OLD.edition_id, OLD.terms);"
)
FORGET_TERMS = (
    f"DELETE FROM initiatives_searchterm WHERE term IN (SELECT value FROM {JSON.format(row='OLD')}) "
    "AND NOT EXISTS (SELECT 1 FROM initiatives_search "
    "WHERE initiatives_search MATCH '\"' || initiatives_searchterm.term || '\"');"
)
KEEP = (
    "INSERT INTO initiatives_search(rowid, terms) VALUES (NEW.edition_id, NEW.terms); "
    "INSERT OR IGNORE INTO initiatives_searchterm(term, position) "
    f"SELECT value, NEW.edition_id FROM {JSON.format(row='NEW')} WHERE length(value) > 2;"
)
ON_SQLITE = [
    # “ascii” takes all that is not ASCII for letters: the words are found as they were folded.
    "CREATE VIRTUAL TABLE initiatives_search USING fts5(terms, "
    "content='initiatives_searchdocument', content_rowid='edition_id', "
    "detail=none, columnsize=0, tokenize='ascii')",
    "CREATE TRIGGER initiatives_searchdocument_kept AFTER INSERT ON initiatives_searchdocument "
    f"BEGIN {KEEP} END",
    "CREATE TRIGGER initiatives_searchdocument_changed AFTER UPDATE ON initiatives_searchdocument "
    f"BEGIN {FORGET} {KEEP} {FORGET_TERMS} END",
    "CREATE TRIGGER initiatives_searchdocument_gone AFTER DELETE ON initiatives_searchdocument "
    f"BEGIN {FORGET} {FORGET_TERMS} END",
    "CREATE TRIGGER initiatives_edition_redacted AFTER UPDATE ON initiatives_edition "
    "WHEN NEW.body = '' "
    "BEGIN DELETE FROM initiatives_searchdocument WHERE edition_id = NEW.position; END",
]
BACK_ON_SQLITE = [
    "DROP TRIGGER initiatives_edition_redacted",
    *(f"DROP TRIGGER initiatives_searchdocument_{name}" for name in ("kept", "changed", "gone")),
    "DROP TABLE initiatives_search",
]


def run(on_postgresql, on_sqlite):
    def execute(apps, schema_editor):
        is_postgresql = schema_editor.connection.vendor == "postgresql"
        for statement in on_postgresql if is_postgresql else on_sqlite:
            schema_editor.execute(statement, params=None)

    return execute


def fill(apps, schema_editor):
    from initiatives.editions.search.documents import documents

    editions = apps.get_model("initiatives", "Edition").objects.order_by("position")
    rows = apps.get_model("initiatives", "SearchDocument").objects
    chunk = list(editions[:200])
    while chunk:
        found = documents(chunk)
        rows.bulk_create(rows.model(edition_id=one.edition_id, terms=one.terms) for one in found)
        chunk = list(editions.filter(position__gt=chunk[-1].position)[:200])


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0017_index_of_redacted_editions")]

    operations = [
        migrations.CreateModel(
            name="SearchDocument",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_document",
                        serialize=False,
                        to="initiatives.edition",
                    ),
                ),
                ("terms", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="SearchTerm",
            fields=[
                ("term", models.TextField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.RunPython(
            run(ON_POSTGRESQL, ON_SQLITE), run(BACK_ON_POSTGRESQL, BACK_ON_SQLITE)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
