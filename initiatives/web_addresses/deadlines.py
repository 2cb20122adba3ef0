"""An end for an answer whose headers come in drops.

The timeout of a socket begins anew with each byte, so a server may keep who asks for hours.
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any

from urllib3 import HTTPConnectionPool


@contextmanager
def ends_after(seconds: float, pool: HTTPConnectionPool) -> Iterator[None]:
    """Raises TimeoutError if what is done with `pool` takes longer; its connections end then."""
    made: list[Any] = []
    is_over = Event()
    _note_connections(pool, made)

    def end() -> None:
        is_over.set()
        for connection in made:
            _shut(connection.sock)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    # Headers that are cut off look as if they were complete.
    if is_over.is_set():
        raise TimeoutError


def _note_connections(pool: Any, made: list[Any]) -> None:
    kind = pool.ConnectionCls

    def make(*args: Any, **options: Any) -> Any:
        connection = kind(*args, **options)
        made.append(connection)
        return connection

    pool.ConnectionCls = make


def _shut(sock: socket.socket | None) -> None:
    """Wakes up who waits for it; that of TLS must not be asked to say good-bye first."""
    if sock is not None:
        with suppress(OSError):
            socket.socket.shutdown(sock, socket.SHUT_RDWR)
