"""What a watcher of the process is told."""

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_a_healthy_process_says_ok_in_plain_text(client, path):
    response = client.get(path)
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-store" in response["Cache-Control"]


def test_a_missing_migration_makes_it_unready(client):
    MigrationRecorder(connection).record_unapplied("initiatives", _last_migration())
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"migrations are not applied: 1\n"


def _last_migration():
    """Only the last one can be missing by itself: others are needed by those after it."""
    leaves = MigrationLoader(connection).graph.leaf_nodes("initiatives")
    return leaves[0][1]


def test_a_silent_database_makes_it_unready_but_not_unhealthy(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise DatabaseError("password=secret")

    monkeypatch.setattr(connection, "cursor", refuse)
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, b"secret" in response.content) == (503, False)
