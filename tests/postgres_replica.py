"""A streaming replica of the PostgreSQL server of the tests: made, halted, stopped, thrown away."""

import os
import shutil
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from tests.postgres_server import Server, find_programs, server_account

START_SECONDS = 120  # it replays first what its primary wrote


@contextmanager
def temporary_replica(primary: str) -> Iterator["Replica"]:
    """A replica of the server at the address `primary`."""
    place = "/tmp" if server_account() else None
    directory = Path(tempfile.mkdtemp(prefix="tracker-replica-", dir=place))
    replica = Replica(primary, directory)
    try:
        replica.create()
        replica.start()
        yield replica
    finally:
        replica.stop()
        shutil.rmtree(directory, ignore_errors=True)


class Replica(Server):
    """It has all the databases of its primary, and its accounts."""

    def __init__(self, primary: str, directory: Path) -> None:
        super().__init__(find_programs(), directory)
        self.primary, self.password = primary, urlsplit(primary).password

    def create(self) -> None:
        if account := server_account():
            os.chown(self.directory, account.pw_uid, account.pw_gid)
        copy = ["--write-recovery-conf", "--checkpoint=fast", "--no-sync", "--pgdata=data"]
        if self._spawn("pg_basebackup", *copy, f"--dbname={self.primary}").wait():
            raise SystemExit(f"pg_basebackup failed:\n{self._last_words()}")

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
        super().stop()

    def shut_down(self) -> None:
        """Stop, so that little has to be replayed after the start."""
        with psycopg.connect(self.primary, autocommit=True) as primary:
            primary.execute("CHECKPOINT")
        self.catch_up()
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        self.stop()

    def start_again(self) -> None:
        """On the port that it had."""
        self._launch()
        assert self._answers(), self._last_words()

    def _answers(self) -> bool:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                assert self.ask("SELECT pg_is_in_recovery()")
                return True
            except psycopg.OperationalError:
                time.sleep(0.05)
        self.stop()
        return False

    def ask(self, question: str):
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            return connection.execute(question).fetchone()[0]

    def catch_up(self) -> None:
        """Wait until all that the primary has written is here."""
        with psycopg.connect(self.primary, autocommit=True) as primary:
            # Where commits wait for no disk, they may not yet be where `pg_current_wal_lsn` is.
            (written,) = primary.execute("SELECT pg_current_wal_insert_lsn()::text").fetchone()
            # At the end of a page that is where the next record will be, so there is one.
            primary.execute("SELECT pg_logical_emit_message(true, 'tests', '')")
        end = time.monotonic() + START_SECONDS
        while not self.ask(f"SELECT pg_last_wal_replay_lsn() >= '{written}'"):
            assert time.monotonic() < end, f"the replica does not catch up: {self._last_words()}"
            time.sleep(0.01)

    @contextmanager
    def lagging(self) -> Iterator[None]:
        """It shows nothing that is written meanwhile."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute("SELECT pg_wal_replay_pause()")
        try:
            yield
        finally:
            with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
                connection.execute("SELECT pg_wal_replay_resume()")

    @contextmanager
    def halted(self) -> Iterator[None]:
        """All of its processes accept what is sent and never answer."""
        group = os.getpgid(self.process.pid)
        children = [self.process.pid, *_children(self.process.pid)]
        assert group == self.process.pid
        for number in children:
            os.kill(number, signal.SIGSTOP)
        try:
            yield
        finally:
            for number in children:
                os.kill(number, signal.SIGCONT)

    def disconnect(self, database: str) -> None:
        """Everybody who is connected to a database is thrown out."""
        self.ask(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            f" WHERE datname = '{database}'"
        )


def _children(number: int) -> list[int]:
    return [int(one) for one in Path(f"/proc/{number}/task/{number}/children").read_text().split()]
