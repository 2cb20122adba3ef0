"""What a server does once before it forks: the index is built, and nothing is left open."""

import gc
import logging

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from initiatives.editions.index import Selection, index
from initiatives.editions.search import search
from initiatives.models import SearchTerm
from tests.public_records import append
from tests.test_index_following import line
from tracker import start

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_editions]


@pytest.fixture(autouse=True)
def _thawed():
    yield
    gc.unfreeze()


def test_the_first_reader_finds_the_index_built():
    append(line(1), line(2))
    start.prepare()
    with CaptureQueriesContext(connection) as queries, index.reading() as reading:
        found = reading.find(Selection())
        found.tally("flag")
        assert found.total == len(found.page("title", 0, 9, language="kk")) == 2
    assert len(queries) == 1


def test_a_reload_reads_the_words_that_were_folded_anew():
    append(line(1))
    SearchTerm.objects.all().delete()
    SearchTerm.objects.create(term="before", position=1)
    start.prepare()
    SearchTerm.objects.update(term="after")
    start.prepare()
    assert search.vocabulary().all() == ["after"]


def test_no_connection_goes_into_the_workers():
    start.prepare()
    assert [other.connection for other in connections.all(initialized_only=True)] == [None]


def test_what_is_built_is_not_looked_through_again_for_what_is_left_over():
    start.prepare()
    assert gc.get_freeze_count() > 10_000


def test_a_server_starts_without_a_database(monkeypatch, caplog):
    def refuse():
        raise OSError("no route to\n the host")

    monkeypatch.setattr(connection, "ensure_connection", refuse)
    start.prepare()
    (record,) = [one for one in caplog.records if one.name == start.__name__]
    assert record.levelno == logging.WARNING
    assert record.getMessage().endswith("before the first reader comes: no route to the host")
