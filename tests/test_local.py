"""What happens before anything is installed: the port is looked at and .env completed."""

import re
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tracker.local import check_port, close_to_others, complete_env_file

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def env_file(tmp_path):
    return tmp_path / ".env"


@pytest.fixture
def busy_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_first_env_file_is_local_and_has_a_key(env_file):
    complete_env_file(env_file)
    assert re.fullmatch(r"ENVIRONMENT=local\nSECRET_KEY=\S{50,}\n", env_file.read_text())


def test_only_its_owner_may_read_the_env_file(env_file):
    complete_env_file(env_file)
    assert stat.S_IMODE(env_file.stat().st_mode) == 0o600


def test_every_env_file_has_a_key_of_its_own(env_file):
    other = env_file.with_name("other")
    complete_env_file(env_file)
    complete_env_file(other)
    assert env_file.read_text() != other.read_text()


def test_an_env_file_keeps_its_key_and_all_else(env_file):
    before = "# mine\nSECRET_KEY=kept\nexport ENVIRONMENT=production\n"
    env_file.write_text(before)
    complete_env_file(env_file)
    assert env_file.read_text() == before


def test_an_env_file_gets_the_lines_it_lacks(env_file):
    env_file.write_text("SECRET_KEY=kept")
    complete_env_file(env_file)
    assert env_file.read_text() == "SECRET_KEY=kept\nENVIRONMENT=local\n"


def test_a_busy_port_names_a_free_one(busy_port):
    with pytest.raises(SystemExit) as refusal:
        check_port(str(busy_port))
    proposed = re.search(r"make run PORT=(\d+)$", str(refusal.value))[1]
    check_port(proposed)


def test_make_run_tells_a_busy_port_before_all_else(busy_port):
    program = ["make", "run", f"PORT={busy_port}"]
    done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True)
    assert done.stderr.startswith(f"Port {busy_port} is in use. Take another: make run PORT=")
    assert done.returncode != 0
    assert "Installing" not in done.stdout


def test_databases_beside_it_are_for_their_owner_alone(tmp_path, capsys):
    database, notes = tmp_path / "db.sqlite3", tmp_path / "notes.txt"
    for path in (database, notes):
        path.touch(mode=0o644)
        path.chmod(0o644)
    for _ in range(2):
        close_to_others(tmp_path)
    assert stat.S_IMODE(database.stat().st_mode) == 0o600
    assert stat.S_IMODE(notes.stat().st_mode) == 0o644
    assert capsys.readouterr().out.count("db.sqlite3: readable by others until now") == 1


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "８０００", ""])
def test_what_is_no_port_is_refused_with_the_cure(port):
    with pytest.raises(SystemExit, match="is not a port"):
        check_port(port)


def test_it_needs_nothing_but_the_standard_library():
    bare = [sys.executable, "-S", "-c", "import tracker.local"]
    assert subprocess.run(bare, cwd=ROOT).returncode == 0
