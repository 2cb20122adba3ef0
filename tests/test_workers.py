"""Eight processes and a writer: what was published is on every page that is asked for then."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import pytest
from django.db import connection

from initiatives import actions
from tests.desk import make_chief
from tests.factories import cite, make_initiative, make_status_change
from tests.site_server import SiteServer

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.no_editions,
    pytest.mark.django_db(transaction=True),
]
WORKERS, ROUNDS, READERS = 8, 4, 24


def address_of_database() -> str:
    """That of the test's own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@pytest.fixture
def server(tmp_path):
    started = SiteServer(tmp_path, workers=WORKERS, DATABASE_URL=address_of_database())
    try:
        started.wait()
        yield started
    finally:
        started.close()


def draft(number):
    made = make_initiative(
        f"CI-2025-{number:04}", publication="draft", title_en="A road", summary_en="What it is"
    )
    cite(make_status_change(made))
    return made


def test_no_worker_tells_an_old_number_once_the_writer_has_its_answer(server):
    chief, address = make_chief(), "/en/initiatives/"
    drafts = [draft(number) for number in range(1, ROUNDS + 1)]
    with ThreadPoolExecutor(WORKERS) as readers:

        def numbers():
            pages = readers.map(server.page, [address] * READERS)
            return {int(re.search(r'data-total="(\d+)"', page)[1]) for page in pages}

        assert numbers() == {0}
        for number, one in enumerate(drafts, 1):
            actions.publish(one, by=chief)
            assert numbers() == {number}
        actions.withdraw(drafts[0], reason="Mistaken identity", by=chief)
        assert numbers() == {ROUNDS - 1}
        assert len(server.workers()) == WORKERS
        server.replace_workers()
        assert numbers() == {ROUNDS - 1}
