"""A site that does nothing but wait, for tests of the server in front of it."""

import time
from collections.abc import Callable, Iterable


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    """/sleep answers after three seconds, /long with ten megabytes, all else with what was sent."""
    path, body = environ["PATH_INFO"], environ["wsgi.input"].read()
    if path == "/sleep":
        time.sleep(3)
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"x" * 10_000_000] if path == "/long" else [b"got %d" % len(body)]
