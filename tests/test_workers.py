"""Eight processes and a writer: what was published is on every page that is asked for then."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from initiatives import actions
from tests.desk import make_chief
from tests.factories import cite, make_initiative, make_status_change
from tests.postgres_server import free_port

pytestmark = [
    pytest.mark.server,
    pytest.mark.slow,
    pytest.mark.no_editions,
    pytest.mark.django_db(transaction=True),
]
ROOT = Path(__file__).resolve().parent.parent
WORKERS, ROUNDS, READERS = 8, 4, 24
START_SECONDS = 90


def address_of_database() -> str:
    """That of the test's own database."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


class Server:
    def __init__(self, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "log"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.serving",
            "DATABASE_URL": address_of_database(),
            "WEB_CONCURRENCY": str(WORKERS),
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        command += ["--bind", f"127.0.0.1:{self.port}", "tracker.wsgi"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def page(self, path: str) -> str:
        """Over a connection of its own, which any of the workers may accept."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.read().decode()

    def wait(self) -> None:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                return self.page("/healthz")
            except OSError:
                time.sleep(0.1)
        raise TimeoutError(self.log.read_text())

    def workers(self) -> set[str]:
        number = self.process.pid
        return set(Path(f"/proc/{number}/task/{number}/children").read_text().split())

    def replace_workers(self) -> None:
        before, end = self.workers(), time.monotonic() + START_SECONDS
        self.process.send_signal(signal.SIGHUP)
        while self.workers() & before or len(self.workers()) < WORKERS:
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.1)

    def close(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@pytest.fixture
def server(tmp_path):
    started = Server(tmp_path)
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
