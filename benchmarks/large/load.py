"""A few clients that ask one server for one page again and again, as fast as it answers."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Thread

_TOGETHER = 65_536  # bytes read at once


class WrongAnswer(Exception):
    """The server did not answer what was measured."""


@dataclass
class Load:
    """Seconds that each answer took, of all clients; `seconds` is how long they asked."""

    times: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.times) / self.seconds


def put_on(
    port: int, request_of: Callable[[int], bytes], *, status: int, clients: int, seconds: float
) -> Load:
    """`request_of` gives the bytes of a request by its number, which no other one has.

    Raises WrongAnswer if any answer has another status.
    """
    load = Load()
    begun = time.perf_counter()
    threads = [
        Thread(
            target=_client,
            args=(load, port, request_of, status, range(number, 1 << 60, clients), begun + seconds),
        )
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    load.seconds = time.perf_counter() - begun
    if load.errors or not load.times:
        raise WrongAnswer(load.errors[0] if load.errors else "There was no answer in time.")
    return load


def _client(load: Load, port, request_of, status, numbers, end) -> None:
    connection = Connection(port)
    try:
        for number in numbers:
            begun = time.perf_counter()
            if begun >= end:
                break
            got = connection.ask(request_of(number))
            load.times.append(time.perf_counter() - begun)
            if got != status:
                load.errors.append(f"The server answers {got} and not {status}.")
                break
    except OSError as error:
        load.errors.append(str(error))
    finally:
        connection.close()


class Connection:
    """One that is kept open, and opened again where the server closes it."""

    def __init__(self, port: int) -> None:
        self._port, self._socket = port, None

    def ask(self, request: bytes) -> int:
        """The status of the answer, which is read to its end."""
        if self._socket is None:
            self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        self._socket.sendall(request)
        head, _, body = self._read_head().partition(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        status = int(first.split()[1])
        headers = {name.lower(): value for name, _, value in (one.partition(": ") for one in lines)}
        self._read_body(headers, status, body)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return status

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _read_head(self) -> bytes:
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._receive()
        return got

    def _read_body(self, headers: dict[str, str], status: int, body: bytes) -> None:
        if status == 304:
            return
        if "content-length" not in headers:  # in chunks, the last of which is empty
            while not body.endswith(b"0\r\n\r\n"):
                body += self._receive()
            return
        missing = int(headers["content-length"]) - len(body)
        while missing > 0:
            missing -= len(self._receive())

    def _receive(self) -> bytes:
        part = self._socket.recv(_TOGETHER)
        if not part:
            raise OSError("The server closed the connection in the middle of an answer.")
        return part
