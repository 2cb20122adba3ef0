"""A few clients that ask one server for one page again and again, as fast as it answers.

They are one thread that waits for all of their connections at once: the server works on the same
processors, and eight threads would take turns there with it and with each other.
"""

import re
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from selectors import EVENT_READ, DefaultSelector

_BUFFER = memoryview(bytearray(1 << 20))  # for one part of one answer, which nobody keeps
_TIMEOUT_SECONDS = 60
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
_LAST_CHUNK = b"0\r\n\r\n"


class WrongAnswer(Exception):
    """The server did not answer what was measured."""


@dataclass
class Load:
    """Seconds that each answer took, of all clients; `seconds` is how long they asked."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds


def put_on(
    port: int, request_of: Callable[[int], bytes], *, status: int, clients: int, seconds: float
) -> Load:
    """`request_of` gives the bytes of a request by its number, which no other one has.

    Raises WrongAnswer if any answer has another status, is cut off or does not come in a minute.
    """
    load, requests = Load(), map(request_of, count())
    begun = time.perf_counter()
    with DefaultSelector() as selector:
        asking = {_Client(port, selector, requests) for _ in range(clients)}
        try:
            _ask(load, asking, selector, status, begun + seconds)
        finally:
            for client in asking:
                client.close()
    load.seconds = time.perf_counter() - begun
    if not load.times:
        raise WrongAnswer("There was no answer in time.")
    return load


def _ask(
    load: Load, asking: set["_Client"], selector: DefaultSelector, status: int, end: float
) -> None:
    """Each client asks again as soon as it has its answer, until the end has come."""
    for client in asking:
        client.ask()
    waiting = len(asking)
    while waiting:
        ready = selector.select(_TIMEOUT_SECONDS)
        if not ready:
            raise WrongAnswer(f"The server does not answer within {_TIMEOUT_SECONDS} seconds.")
        for key, _events in ready:
            client = key.data
            if not client.has_answer():
                continue
            now = time.perf_counter()
            load.times.append(now - client.begun)
            if client.status != status:
                raise WrongAnswer(f"The server answers {client.status} and not {status}.")
            if now < end:
                client.ask()
            else:
                waiting -= 1


class _Client:
    """A connection that is kept open, and opened again where the server closes it."""

    def __init__(self, port: int, selector: DefaultSelector, requests: Iterator[bytes]) -> None:
        self._port, self._selector, self._requests = port, selector, requests
        self._socket: socket.socket | None = None
        self.begun = 0.0
        self._begin()

    def ask(self) -> None:
        """Send the next request."""
        self.begun = time.perf_counter()
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), _TIMEOUT_SECONDS)
            self._selector.register(self._socket, EVENT_READ, self)
        self._begin()
        self._socket.sendall(next(self._requests))

    def _begin(self) -> None:
        """What came last is kept until the head is whole, or where only the end of an answer tells
        that it is one; of others it is known how many bytes are missing."""
        self._last, self._closes, self.status = b"", False, 0
        self._missing: int | None = None

    def has_answer(self) -> bool:
        """Read what has come, and say whether the answer is whole; then `status` is its status."""
        assert self._socket is not None
        size = self._socket.recv_into(_BUFFER)
        if not size:
            raise WrongAnswer("The server closed the connection in the middle of an answer.")
        if not self.status:
            is_whole = self._read_head(bytes(_BUFFER[:size]))
        elif self._missing is None:  # in chunks, the last of which is empty
            self._last = self._last[-len(_LAST_CHUNK) :] + bytes(_BUFFER[:size])
            is_whole = self._last.endswith(_LAST_CHUNK)
        else:
            self._missing -= size
            is_whole = self._missing <= 0
        if is_whole and self._closes:
            self.close()
        return is_whole

    def _read_head(self, part: bytes) -> bool:
        head, end, body = (self._last + part).partition(b"\r\n\r\n")
        if not end:
            self._last += part
            return False
        self.status = int(head.split(b" ", 2)[1])
        self._closes = _CLOSE.search(head) is not None
        if self.status == 304:
            return True
        if length := _LENGTH.search(head):
            self._missing = int(length[1]) - len(body)
            return self._missing <= 0
        self._last = body
        return body.endswith(_LAST_CHUNK)

    def close(self) -> None:
        if self._socket is not None:
            self._selector.unregister(self._socket)
            self._socket.close()
            self._socket = None
