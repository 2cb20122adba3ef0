"""loaddata, flush and migrations keep the register beside the rows."""

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from initiatives.models import Edition, Initiative
from initiatives.publication import missing
from tests.factories import cite, make_initiative


@pytest.mark.django_db
def test_what_is_loaded_from_a_fixture_can_be_read_at_once(tmp_path):
    make_initiative("CI-2025-0001")
    fixture = tmp_path / "rows.json"
    call_command("dumpdata", "initiatives.initiative", natural_foreign=True, output=str(fixture))
    Initiative.objects.filter(code="CI-2025-0001").update(title_en="Older than the fixture")
    call_command("loaddata", str(fixture), verbosity=0)
    assert Edition.objects.filter(key="CI-2025-0001").count() == 1
    assert list(missing()) == []


@pytest.mark.django_db(transaction=True)
def test_flush_empties_the_register_and_it_is_guarded_again_afterwards():
    initiative = make_initiative("CI-2025-0001")
    cite(initiative)
    call_command("issue_editions", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    assert Edition.objects.count() == 0
    cite(make_initiative("CI-2025-0002"))
    call_command("issue_editions", verbosity=0)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM initiatives_edition")


@pytest.mark.django_db(transaction=True)
def test_the_migration_makes_the_first_editions_of_what_is_public():
    if not MigrationRecorder(connection).applied_migrations():
        pytest.skip("The tables were made without migrations.")
    make_initiative("CI-2025-0001")
    make_initiative("CI-2025-0002", publication="draft")
    call_command("migrate", "initiatives", "0015", verbosity=0)
    with connection.cursor() as cursor:  # as the rows were before there were editions
        assert "initiatives_edition" not in connection.introspection.table_names(cursor)
    call_command("migrate", "initiatives", verbosity=0)
    assert list(Edition.objects.values_list("key", "number")) == [("CI-2025-0001", 1)]
