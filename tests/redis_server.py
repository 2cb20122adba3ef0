"""A Redis that is found, started on a port of its own, stopped, and thrown away."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.postgres_server import free_port

PROGRAMS = ("redis-server", "valkey-server")
CURE = "Redis is not installed (Debian: apt install redis-server; macOS: brew install redis)"
PASSWORD = "p,w/1"
ADDRESS_PASSWORD = "p%2Cw%2F1"
START_SECONDS = 10


def find_redis() -> str:
    """The program; without it the test is skipped, except in CI, where that is a failure."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(CURE)
    return found


@contextmanager
def temporary_redis(directory: Path, *options: str) -> Iterator["RedisServer"]:
    server = RedisServer(find_redis(), directory, options)
    try:
        server.start()
        yield server
    finally:
        server.kill()


class RedisServer:
    """In memory alone, on 127.0.0.1 and with a password; also on a socket in `directory`."""

    def __init__(self, program: str, directory: Path, options: tuple[str, ...]) -> None:
        self.program, self.directory, self.options = program, directory, options
        self.port = free_port()
        self.socket = directory / "redis.sock"
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"redis://:{ADDRESS_PASSWORD}@127.0.0.1:{self.port}/0"

    @property
    def socket_url(self) -> str:
        return f"unix://:{ADDRESS_PASSWORD}@{self.socket}?db=1"

    def client(self) -> Redis:
        return Redis(port=self.port, password=PASSWORD)

    def start(self) -> None:
        settings = {
            "bind": "127.0.0.1",
            "port": self.port,
            "unixsocket": self.socket,
            "requirepass": PASSWORD,
            "save": "",
            "appendonly": "no",
        }
        words = [word for name, value in settings.items() for word in (f"--{name}", str(value))]
        self.process = subprocess.Popen(
            [self.program, *words, *self.options],
            cwd=self.directory,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            try:
                with self.client() as client:
                    client.ping()
                return
            except RedisError:
                time.sleep(0.02)
        raise RuntimeError("Redis does not start.")

    def kill(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    @contextmanager
    def halted(self) -> Iterator[None]:
        """It accepts connections and never answers."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)
