"""Ends with 0 where the site answers: python deploy/healthcheck.py /run/tracker/site.sock

It asks at the socket, as the proxy does, and by a name that the site goes by. Only whether the
process answers is asked: a database that is away is no reason to start the site anew.
"""

import os
import socket
import sys

SECONDS = 4


def name_of_site(allowed: str) -> str:
    """A name that ALLOWED_HOSTS lets in."""
    first = allowed.split(",")[0].strip().removeprefix(".")
    return first if first not in ("", "*") else "localhost"


def status_of(path: str) -> int:
    """The status of the answer. Raises OSError where nothing answers in time."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(SECONDS)
        connection.connect(path)
        host = name_of_site(os.environ.get("ALLOWED_HOSTS", ""))
        connection.sendall(f"GET /healthz HTTP/1.0\r\nHost: {host}\r\n\r\n".encode())
        line = connection.makefile("rb").readline(100).split()
    return int(line[1]) if len(line) > 1 and line[1].isdigit() else 0


if __name__ == "__main__":
    try:
        found = status_of(sys.argv[1])
    except OSError as error:
        sys.exit(f"{sys.argv[1]}: {error}")
    sys.exit(0 if found == 200 else f"{sys.argv[1]}: status {found}")
