"""`make run` and `make demo` in a fresh copy: from nothing to the list, and to a clean end."""

import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.postgres_server import free_port
from tracker import __version__

# One start serves several tests, so they stay together in one process of xdist.
pytestmark = [
    pytest.mark.once,
    pytest.mark.server,
    pytest.mark.xdist_group("make run"),
    pytest.mark.slow,
]

ROOT = Path(__file__).resolve().parent.parent
NOT_SOURCE = shutil.ignore_patterns(
    ".git",
    ".venv",
    ".env",
    "*.sqlite3*",
    "*documents",
    "staticfiles",
    "results",
    "*.mo",
    "__pycache__",
    ".*_cache",
)
# Set by `make test` or by tests/settings.py; a newcomer's terminal has none of them.
OURS = {"ENVIRONMENT", "SECRET_KEY", "DATABASE_URL", "DEBUG", "DJANGO_SETTINGS_MODULE"}
OURS |= {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES"}
SECONDS_TO_STOP = 3


class Run:
    """A running `make run` or `make demo` on a free port, with the packages of this interpreter."""

    def __init__(self, tree: Path, goal: str = "run") -> None:
        self.port = free_port()
        self.make = subprocess.Popen(
            ["make", goal, f"PORT={self.port}", f"VENV={sys.prefix}"],
            cwd=tree,
            env={name: value for name, value in os.environ.items() if name not in OURS},
            start_new_session=True,
            stdout=subprocess.PIPE,
            text=True,
            # The tests may run in the background of a script, where SIGINT is ignored, also by a
            # make that inherits it.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.output = self.read_until_ready()

    def __enter__(self) -> "Run":
        return self

    def __exit__(self, *reason: object) -> None:
        if self.make.poll() is None:
            os.killpg(self.make.pid, signal.SIGKILL)
            self.make.wait()
        self.make.stdout.close()

    def read_until_ready(self) -> str:
        lines = []
        for line in self.make.stdout:
            lines.append(line)
            if line.startswith("Ctrl-C"):
                break
        return "".join(lines)

    def page(self, path: str) -> str:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
            return answer.read().decode()

    def stop(self, number: int) -> float:
        """Send the signal to make alone, not to its group; return the seconds until its end."""
        start = time.monotonic()
        self.make.send_signal(number)
        self.make.wait(10)
        return time.monotonic() - start

    def leaves_nothing_soon(self) -> bool:
        """On a busy machine a worker may end a moment after make."""
        until = time.monotonic() + SECONDS_TO_STOP
        while not (clean := self.leaves_nothing()) and time.monotonic() < until:
            time.sleep(0.1)
        return clean

    def leaves_nothing(self) -> bool:
        """Say whether no process of the group is left and nobody answers on the port."""
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                return False
        try:
            os.killpg(self.make.pid, 0)
        except ProcessLookupError:
            return True
        return False


def visit(tree: Path, *, stop_with: int) -> SimpleNamespace:
    """Start, look at the list and stop."""
    with Run(tree) as run:
        page = run.page("/en/initiatives/")
        seconds = run.stop(stop_with)
        left = not run.leaves_nothing_soon()
    return SimpleNamespace(output=run.output, page=page, seconds=seconds, left=left)


@pytest.fixture(scope="module")
def tree(tmp_path_factory):
    """A copy of the sources, as a clone would have them."""
    copy = tmp_path_factory.mktemp("clone") / "tracker"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
    return copy


@pytest.fixture(scope="module")
def first_start(tree):
    """What the first start printed and showed; SIGTERM to make ended it."""
    return visit(tree, stop_with=signal.SIGTERM)


@pytest.fixture(scope="module")
def second_start(tree, first_start):
    """The same after an edit; SIGINT to make ended it, as a script sends it."""
    with sqlite3.connect(tree / "db.sqlite3") as database:
        database.execute("UPDATE initiatives_initiative SET title_en = 'Edited by an officer'")
    database.close()
    return visit(tree, stop_with=signal.SIGINT)


def test_the_first_start_shows_the_first_data(first_start):
    assert first_start.page.count('data-code="CI-') >= 14


def test_the_first_start_prints_where_to_go_and_who_may_sign_in(first_start):
    assert "The tracker:  http://127.0.0.1:" in first_start.output
    assert f"Version:      {__version__}\n" in first_start.output
    assert "Demo officer: officer   password: " in first_start.output


def test_its_database_is_for_its_owner_alone(tree, first_start):
    assert stat.S_IMODE((tree / "db.sqlite3").stat().st_mode) == 0o600


def test_static_files_have_hashed_names(first_start):
    assert re.search(r"/static/[\w/.-]+\.[0-9a-f]{12}\.css", first_start.page)


def test_the_second_start_keeps_what_an_officer_edited(second_start):
    assert "Edited by an officer" in second_start.page


def test_the_second_start_prints_no_password(second_start):
    assert "password" not in second_start.output


@pytest.mark.parametrize("start", ["first_start", "second_start"])
def test_a_signal_to_make_alone_ends_all(start, request):
    ended = request.getfixturevalue(start)
    assert ended.seconds < SECONDS_TO_STOP
    assert not ended.left


def test_the_first_command_may_be_the_demonstration(tmp_path):
    copy = tmp_path / "tracker"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
    with Run(copy, "demo") as run:
        assert 'class="demonstration' in run.page("/en/")
    assert (copy / "demo.sqlite3").exists()
    assert not (copy / "db.sqlite3").exists()
