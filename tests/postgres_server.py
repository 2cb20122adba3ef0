"""A PostgreSQL server in a temporary directory: found, made, started, stopped and thrown away."""

import locale
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

PLACES = (
    "usr/lib/postgresql/*/bin",  # Debian and Ubuntu keep initdb out of PATH
    "usr/pgsql-*/bin",  # the PostgreSQL project's packages for Red Hat
    "opt/homebrew/opt/postgresql*/bin",
    "usr/local/opt/postgresql*/bin",
)
# The data are thrown away at the end, so nothing has to survive a power cut.
FAST = (
    *("fsync=off", "synchronous_commit=off", "full_page_writes=off"),
    # What others write while a replica is made is kept for it; without it, it never catches up.
    "wal_keep_size=1GB",
)
START_SECONDS = 30
STOP_SECONDS = 10


def find_programs() -> Path | None:
    """Return the directory of initdb and postgres, the newest version first; None without one."""
    found = [directory for place in PLACES for directory in Path("/").glob(place)]
    found.sort(key=lambda directory: [int(n) for n in re.findall(r"\d+", str(directory))])
    on_path = [Path(name).resolve().parent for name in [shutil.which("initdb")] if name]
    for directory in [*reversed(found), *on_path]:
        if all((directory / program).is_file() for program in ("initdb", "postgres")):
            return directory
    return None


def clean_environment() -> dict[str, str]:
    """Return our environment without libpq's variables, which would lead to other servers."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


@contextmanager
def temporary_server(programs: Path) -> Iterator[str]:
    """Yield the DATABASE_URL of a fresh server; afterwards nothing of it is left."""
    # TMPDIR of root may be closed to the account of the server; /tmp is open to all.
    place = "/tmp" if server_account() else None
    directory = Path(tempfile.mkdtemp(prefix="tracker-pg-", dir=place))
    server = Server(programs, directory)
    try:
        server.create()
        server.start()
        yield server.url("tracker")
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


class Server:
    """One server that keeps everything it writes in `directory`."""

    def __init__(self, programs: Path, directory: Path) -> None:
        self.programs = programs
        self.directory = directory
        self.password = secrets.token_hex(16)
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        return f"postgres://tracker:{self.password}@127.0.0.1:{self.port}/{database}"

    def create(self) -> None:
        """Make the cluster: UTF-8, sorted by code point as SQLite does, a password demanded."""
        password = self.directory / "password"
        password.write_text(self.password)
        if account := server_account():
            for path in (self.directory, password):
                os.chown(path, account.pw_uid, account.pw_gid)
        options = ["--username=tracker", f"--pwfile={password}", "--auth=scram-sha-256"]
        options += ["--encoding=UTF8", f"--locale={utf8_locale()}", "--lc-collate=C", "--no-sync"]
        if self._spawn("initdb", "--pgdata=data", *options).wait():
            raise SystemExit(f"initdb failed:\n{self._last_words()}")

    def start(self) -> None:
        """Start on a free port and wait for the answer.

        Another program may take the port between our finding it and the server's opening it.
        The server ends then, so there are three tries, each with another port.
        """
        for _ in range(3):
            self.port = free_port()
            self._launch()
            if self._answers():
                return
        raise SystemExit(f"PostgreSQL does not start:\n{self._last_words()}")

    def _launch(self) -> None:
        settings = ("listen_addresses=127.0.0.1", "unix_socket_directories=", *FAST)
        options = [part for setting in settings for part in ("-c", setting)]
        self.process = self._spawn("postgres", "-D", "data", "-p", str(self.port), *options)

    def stop(self) -> None:
        """Disconnect everybody and end; kill what does not end in time."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _spawn(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        account = server_account()
        rights = {}
        if account:
            rights = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        with (self.directory / "log").open("ab") as log:
            return subprocess.Popen(
                [self.programs / program, *options],
                cwd=self.directory,  # the present one may be closed to that account
                env=clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for us: the server ends after the command
                **rights,
            )

    def _answers(self) -> bool:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                    connection.execute("CREATE DATABASE tracker")
                return True
            except psycopg.OperationalError:
                time.sleep(0.1)
        self.stop()
        return False

    def _last_words(self) -> str:
        lines = (self.directory / "log").read_text("utf-8", "replace").splitlines()
        return "\n".join(lines[-15:])


def server_account() -> pwd.struct_passwd | None:
    """Return whom to run the server as, because it refuses root; None means ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def utf8_locale() -> str:
    """Return a locale of this machine in which the server knows Cyrillic letters."""
    for name in ("C.UTF-8", "en_US.UTF-8"):
        try:
            locale.setlocale(locale.LC_CTYPE, name)
        except locale.Error:
            continue
        return name
    raise SystemExit("PostgreSQL needs the locale C.UTF-8 or en_US.UTF-8; install one of them.")


def free_port() -> int:
    """Return a port of 127.0.0.1 that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
