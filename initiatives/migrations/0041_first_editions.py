from django.db import migrations
from django.db.migrations.loader import MigrationLoader

THIS = ("initiatives", "0041_first_editions")


def issue(apps, schema_editor):
    """The first editions of what is public now, and what the desk asks of all records.

    They are made by the program as it is, which reads the tables as they are after the last
    migration. Where others follow, the tables are not yet so: then `manage.py issue_editions` does
    it after them, and `make run`, `loaddata` and the first save of each record do, too.
    """
    Initiative = apps.get_model("initiatives", "Initiative")
    if not Initiative.objects.exists():
        return
    if MigrationLoader(schema_editor.connection).graph.leaf_nodes("initiatives") != [THIS]:
        print("\n  After the migrations run: manage.py issue_editions")
        return
    from initiatives.publication import issue_missing

    issue_missing()


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0040_nothing_replaced")]
    operations = [migrations.RunPython(issue, migrations.RunPython.noop)]
