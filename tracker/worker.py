"""gunicorn's threads, each of which is given a request when all of it has come.

gunicorn gives a thread to a connection with its first byte, so that eight half-sent requests hold
eight threads, which are all. Here the loop that waits for connections gathers what comes, and
threads only work. Who reads an answer too slowly is cut off, and two addresses have a thread that
nobody else waits for: those by which a watcher asks how the process is.
"""

import errno
import socket
import struct
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from math import inf
from selectors import EVENT_READ
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import TConn, ThreadWorker

from tracker.arrivals import Arrival

STALLED_SECONDS = 5  # how long nothing of an answer is taken, or nothing of a long body comes
# When more are on their way, the one that began first is dropped: whole requests take no time.
MOST = 500
MOST_BYTES = 64 * 1024 * 1024
PARTING_SECONDS = 2  # until the reader has closed as well
STOP_SECONDS = 1  # what is on its way when the worker stops
WATCHED = (b"/healthz", b"/readyz")
_PIECE = 64 * 1024
_CONSENT = b"HTTP/1.1 100 Continue\r\n\r\n"
_REFUSAL = "HTTP/1.1 {}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
TOO_SLOW, TOO_LONG, TOO_MANY = (
    "408 Request Timeout",
    "431 Request Header Fields Too Large",
    "503 Service Unavailable",
)


class PatientWorker(ThreadWorker):
    """gunicorn's `worker_class`; see the module."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.arriving: dict[TConn, Arrival] = {}  # in the order in which they began
        self.arrived_bytes, self.stops_at = 0, inf
        self.parting: dict[TConn, float] = {}  # with the instant at which they are closed
        self.watched_pool = ThreadPoolExecutor(2, thread_name_prefix="watched")

    def enqueue_req(self, conn: TConn) -> None:
        """gunicorn calls it for a connection that is new, has something to read, or sent more than
        one request: here it is not for a thread yet."""
        assert not self.cfg.is_ssl, "TLS ends at the proxy"
        _bound_waiting(conn.sock)
        ahead = conn.parser.unreader.take_buffered() if conn.parser else b""
        self.arriving[conn] = arrival = Arrival(ahead)
        self.arrived_bytes += len(ahead)
        conn.sock.setblocking(False)
        self.poller.register(conn.sock, EVENT_READ, partial(self._on_more, conn))
        if len(self.arriving) > MOST:
            self._refuse(next(iter(self.arriving)), TOO_MANY)
        if arrival.is_whole:
            self._hand_over(conn)

    def _on_more(self, conn: TConn, client: socket.socket) -> None:
        if conn not in self.arriving:  # it was dropped a moment ago
            return
        try:
            piece = client.recv(_PIECE)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            piece = b""
        arrival = self.arriving[conn]
        had_head = arrival.has_head
        arrival.take(piece)
        self.arrived_bytes += len(piece)
        if not piece and not arrival.come:
            self._forget(conn)
            self._close(conn)
        elif not piece or arrival.is_whole:
            self._hand_over(conn)  # what broke off is told by the site
        elif arrival.is_too_long:
            self._refuse(conn, TOO_LONG)
        elif self.arrived_bytes > MOST_BYTES:
            self._refuse(conn, TOO_MANY)
        elif not had_head and arrival.expects_consent:
            with suppress(OSError):
                client.send(_CONSENT)

    def _hand_over(self, conn: TConn) -> None:
        arrival = self._forget(conn)
        conn.init()
        conn.data_ready = True
        conn.parser.unreader.unread(bytes(arrival.come))
        pool = self.watched_pool if arrival.path in WATCHED else self.tpool
        work = pool.submit(self.handle, conn)
        work.add_done_callback(
            lambda done: self.method_queue.defer(self.finish_request, conn, done)
        )

    def _forget(self, conn: TConn) -> Arrival:
        arrival = self.arriving.pop(conn)
        self.arrived_bytes -= len(arrival.come)
        with suppress(OSError, KeyError, ValueError):
            self.poller.unregister(conn.sock)
        return arrival

    def _refuse(self, conn: TConn, status: str) -> None:
        if self._forget(conn).come:
            with suppress(OSError):
                conn.sock.send(_REFUSAL.format(status).encode())
        self._close(conn)

    def finish_request(self, conn: TConn, done: Future[Any]) -> None:
        """gunicorn calls it with what a thread did. Its own way would wait here, where all wait,
        until the reader closes as well."""
        if not done.cancelled() and done.exception() is None and done.result():
            super().finish_request(conn, done)
            return
        try:
            conn.sock.shutdown(socket.SHUT_WR)
            conn.sock.setblocking(False)
            self.poller.register(conn.sock, EVENT_READ, partial(self._on_last_words, conn))
        except (OSError, ValueError):
            self._close(conn)
        else:
            self.parting[conn] = monotonic() + PARTING_SECONDS

    def _on_last_words(self, conn: TConn, client: socket.socket) -> None:
        """What was sent and not read would make the system tear the answer off."""
        with suppress(OSError):
            if conn not in self.parting or client.recv(_PIECE):
                return
        self._part(conn)

    def _part(self, conn: TConn) -> None:
        del self.parting[conn]
        self.poller.unregister(conn.sock)
        self._close(conn)

    def _close(self, conn: TConn) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """gunicorn calls it each second."""
        super().murder_pending()
        now = monotonic()
        if not self.alive and self.stops_at == inf:
            self.stops_at = now + STOP_SECONDS
        slow = [one for one, it in self.arriving.items() if min(it.ends, self.stops_at) < now]
        for conn in slow:
            self._refuse(conn, TOO_SLOW)
        for conn in [one for one, ends in self.parting.items() if ends < now]:
            self._part(conn)

    def handle_request(self, req: Any, conn: TConn) -> Any:
        try:
            return super().handle_request(req, conn)
        except BlockingIOError as error:  # nothing was taken for STALLED_SECONDS
            raise ConnectionResetError(errno.ECONNRESET, "the reader does not read") from error


def _bound_waiting(connection: socket.socket) -> None:
    """A thread waits no longer than this for a byte to be taken or to come. In between are the
    buffers of the system, of some megabytes."""
    bound = struct.pack("ll", STALLED_SECONDS, 0)
    for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
        connection.setsockopt(socket.SOL_SOCKET, option, bound)
