"""A real server and a raw socket: the answer comes before the body, and memory stays flat."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024 * 1024
pytestmark = [pytest.mark.once, pytest.mark.server]


class Server:
    def __init__(self, folder) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = folder / "log"
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "WEB_CONCURRENCY": "1",
            "PYTHONPATH": str(ROOT),
        }
        command = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py"]
        command += ["--bind", f"127.0.0.1:{self.port}", "tracker.wsgi"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=log, stderr=log
            )

    def connect(self):
        for _ in range(600):
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=20)
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise TimeoutError

    def head(self, path, *lines):
        connection = self.connect()
        told = "\r\n".join(
            [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", *lines, "", ""]
        )
        connection.sendall(told.encode())
        return connection

    def memory(self) -> int:
        """Bytes of the worker at its highest."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        (worker,) = children.split()
        told = Path(f"/proc/{worker}/status").read_text()
        (line,) = [line for line in told.splitlines() if line.startswith("VmHWM")]
        return int(line.split()[1]) * 1024

    def close(self):
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("server"))
    try:
        made.connect().close()
        yield made
    finally:
        made.close()


def all_of(connection) -> bytes:
    """What comes until the server closes."""
    found = b""
    try:
        while piece := connection.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    connection.close()
    return found


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/admin/initiatives/importbatch/send/", "/api/v1/", "/nowhere"]
)
def test_the_answer_comes_before_the_body_and_the_connection_ends(server, path):
    answer = all_of(server.head(path, f"Content-Length: {300 * MIB}"))
    head = answer.partition(b"\r\n\r\n")[0].lower()
    assert head.startswith(b"http/1.1 413 ")
    assert b"connection: close" in head


def test_who_goes_on_sending_fills_no_memory(server):
    all_of(server.head("/admin/login/", f"Content-Length: {2 * MIB}"))
    before = server.memory()
    connection = server.head("/admin/login/", f"Content-Length: {300 * MIB}")
    try:
        for _ in range(300):
            connection.sendall(b"x" * MIB)
    except OSError:
        pass  # it was closed
    connection.close()
    assert server.memory() - before < 8 * MIB


def test_chunks_without_end_are_bounded(server):
    connection = server.head("/admin/login/", "Transfer-Encoding: chunked")
    try:
        for _ in range(300):
            connection.sendall(b"100000\r\n" + b"x" * MIB + b"\r\n")
    except OSError:
        pass
    assert b" 413 " in all_of(connection)[:20] or server.memory() < 400 * MIB


def test_a_body_that_ends_early_or_is_no_chunk_leaves_nothing_in_the_log(server):
    form = "Content-Type: application/x-www-form-urlencoded"
    for lines, body in [
        ([form, "Content-Length: 5000"], b"username=a&passw"),
        ([form, "Transfer-Encoding: chunked"], b"5\r\nuser"),
        ([form, "Transfer-Encoding: chunked"], b"zz\r\n"),
        (["Content-Type: multipart/form-data; boundary=x", "Content-Length: 5000"], b"--x\r\nCon"),
    ]:
        connection = server.head("/admin/login/", *lines)
        connection.sendall(body)
        connection.shutdown(socket.SHUT_WR)
        assert all_of(connection)[:12] in (b"", b"HTTP/1.1 400", b"HTTP/1.1 403")
    slow = server.head("/admin/login/", form, "Content-Length: 40")
    for letter in b"username=aziza&":
        slow.sendall(bytes([letter]))
        time.sleep(0.01)
    slow.close()
    time.sleep(0.5)
    log = server.log.read_text()
    assert "Traceback" not in log
    assert " 500 " not in log
    assert "ERROR" not in log
