"""tracker/worker.py: who sends or reads slowly holds no thread of the server."""

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.postgres_server import free_port
from tracker import arrivals
from tracker.arrivals import LARGEST_BODY, LARGEST_HEAD, Arrival

ROOT = Path(__file__).resolve().parent.parent
THREADS = 4
CONFIGURATION = """
exec(open("deploy/gunicorn.conf.py").read())
preload_app, workers = False, 1
"""
# In the middle of the line, of the headers, of a form, of chunks, and before a form that is said to
# come.
HALVES = (
    b"GET / HT",
    b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: y",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5000\r\n\r\nname=",
    b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\nExpect: 100-continue\r\n\r\n",
)

pytestmark = [pytest.mark.once, pytest.mark.server, pytest.mark.xdist_group("slow clients")]


class Server:
    def __init__(self, folder: Path) -> None:
        self.port, self.log = free_port(), folder / "log"
        (folder / "conf.py").write_text(CONFIGURATION)
        command = [sys.executable, "-m", "gunicorn", "-c", str(folder / "conf.py")]
        command += ["--bind", f"127.0.0.1:{self.port}", "tests.waiting_site"]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=log,
                stderr=log,
            )

    def connect(self) -> socket.socket:
        for _ in range(300):
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=20)
            except OSError:
                assert self.process.poll() is None, self.log.read_text()
                time.sleep(0.1)
        raise TimeoutError

    def send(self, begun: bytes) -> socket.socket:
        connection = self.connect()
        connection.sendall(begun)
        return connection

    def ask(self, path: str) -> tuple[bytes, float]:
        begun = time.monotonic()
        with self.send(
            f"GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".encode()
        ) as one:
            return all_of(one), time.monotonic() - begun


def all_of(connection: socket.socket) -> bytes:
    found = b""
    while piece := connection.recv(65536):
        found += piece
    return found


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    made = Server(tmp_path_factory.mktemp("server"))
    try:
        made.connect().close()
        yield made
    finally:
        made.process.terminate()
        made.process.wait(20)


def test_eight_and_then_sixty_half_sent_requests_hold_nobody_and_are_told_so(server):
    with ExitStack() as open_ones:
        halves = []
        for number in (8, 60):
            for one in range(number):
                half = server.send(HALVES[one % len(HALVES)])
                halves.append(open_ones.enter_context(half))
            answer, seconds = server.ask("/")
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert seconds < 1
        consent, _consent = b"HTTP/1.1 100 Continue\r\n\r\n", halves[4].recv(100)
        assert _consent == consent
        told = all_of(halves[0]) + all_of(halves[1])  # after ten seconds
        assert told.count(b"HTTP/1.1 408 ") == 2


def test_what_comes_letter_by_letter_comes_whole(server):
    with server.connect() as connection:
        for sent in (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nab", b"c"):
            for letter in sent:
                connection.sendall(bytes([letter]))
        connection.shutdown(socket.SHUT_WR)
        assert b"got 3" in all_of(connection)


def test_two_requests_at_once_and_a_half_one_are_answered_in_their_order(server):
    one = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n%s"
    with server.send(one % (1, b"a") + one % (2, b"bb") + one % (3, b"c")) as connection:
        found = b""
        while b"got 2" not in found:
            found += connection.recv(1000)
        connection.sendall(b"cc")
        while b"got 3" not in found:
            found += connection.recv(1000)
    assert [found.index(b"got %d" % n) for n in (1, 2, 3)] == sorted(
        found.index(b"got %d" % n) for n in (1, 2, 3)
    )


def test_a_header_without_end_is_refused(server):
    with server.send(b"GET / HTTP/1.1\r\nX-Long: " + b"x" * (LARGEST_HEAD + 1)) as connection:
        assert connection.recv(1000).startswith(b"HTTP/1.1 431 ")


def test_a_watcher_is_answered_while_every_thread_works(server):
    busy = b"GET /sleep HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    with ExitStack() as open_ones:
        for _ in range(THREADS):
            open_ones.enter_context(server.send(busy))
        time.sleep(0.2)
        answer, seconds = server.ask("/healthz?x=1")
        assert answer.startswith(b"HTTP/1.1 200 ")
        assert seconds < 1
        assert server.ask("/")[1] > 1  # all others wait


def test_who_never_closes_keeps_nobody_waiting(server):
    with ExitStack() as open_ones:
        for _ in range(20):
            asked = server.send(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            open_ones.enter_context(asked)
        assert server.ask("/")[1] < 1


@pytest.mark.slow
def test_who_does_not_read_is_cut_off(server):
    with ExitStack() as open_ones:
        for _ in range(THREADS):
            one = server.connect()
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.sendall(b"GET /long HTTP/1.1\r\nHost: a\r\n\r\n")
            open_ones.enter_context(one)
        time.sleep(0.5)
        answer, _seconds = server.ask("/")  # which waits for twenty at most
        assert answer.startswith(b"HTTP/1.1 200 ")
    assert "Traceback" not in server.log.read_text()


# --- What is known of a request on its way ----------------------------------------------------

FORM = b"POST /a?b=c HTTP/1.1\r\nContent-Length: %d\r\n\r\n"


def test_long_bodies_are_not_awaited():
    assert Arrival(FORM % (LARGEST_BODY + 1)).is_whole
    assert not Arrival(FORM % LARGEST_BODY).is_whole
    chunked = b"POST / HTTP/1.1\r\ntransfer-Encoding: chunked\r\n\r\n"
    assert not Arrival(chunked + b"3\r\nabc\r\n").is_whole
    assert Arrival(chunked + b"3\r\nabc\r\n0\r\n\r\n").is_whole
    assert Arrival(chunked + b"x" * (LARGEST_BODY + 1)).is_whole


def test_the_end_of_the_headers_is_found_wherever_it_is_torn():
    whole = FORM % 2 + b"ok"
    for place in range(len(whole)):
        arrival = Arrival(whole[:place])
        assert not arrival.is_whole
        arrival.take(whole[place:])
        assert arrival.is_whole
        assert arrival.path == b"/a"


def test_a_body_has_more_time_than_its_headers(monkeypatch):
    monkeypatch.setattr(arrivals, "monotonic", lambda: 100.0)
    arrival = Arrival(b"POST / HTTP/1.1\r\n")
    assert arrival.ends == 110
    arrival.take(b"Content-Length: 9\r\n\r\n")
    assert arrival.ends == 170


@pytest.mark.parametrize("line", [b"", b"GET", b"\r\n\r\n", b"\x00\xff \r\n\r\n"])
def test_a_line_that_is_none_asks_for_nothing(line):
    assert Arrival(line).path == b""
