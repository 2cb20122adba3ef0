"""Requests a second of the server that `make run` starts, with the first data."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from benchmarks.large.load import Load, put_on
from benchmarks.large.statistics import in_milliseconds, median, percentile

ROOT = Path(__file__).resolve().parents[2]
CLIENTS, WARM_UP, SECONDS = 8, 1.0, 4.0
START_SECONDS = 60
PAGES = {
    "list": "/en/initiatives/",
    "home": "/en/",
    "pair": "/en/pairs/kz-uz/",
    "json": "/initiatives.json",
    "healthz": "/healthz",
}


def measure_requests(directory: Path) -> list[dict]:
    """Each page with addresses that are new each time, and with the same one again and again."""
    with running(directory) as port:
        rows, code = _first_data(port)
        pages = PAGES | {"detail": f"/en/initiatives/{code}/"}
        results = []
        for name, path in pages.items():
            if name != "healthz":
                results.append(_result(f"requests, {name}, new address", rows, port, _new(path)))
            results.append(_result(f"requests, {name}, same address", rows, port, _same(path)))
        known = _same(PAGES["list"], _etag(port, PAGES["list"]))
        results.append(_result("requests, 304", rows, port, known, status=304))
    return results


def _result(name: str, rows: int, port: int, request_of, *, status: int = 200) -> dict:
    for seconds in (WARM_UP, SECONDS):
        load = put_on(port, request_of, status=status, clients=CLIENTS, seconds=seconds)
    print(f"  {name}: {load.per_second:,.0f} a second", flush=True)
    return {"name": name, "database": "sqlite", "rows": rows, **_figures(load)}


def _figures(load: Load) -> dict:
    return {
        "median_ms": in_milliseconds(median(load.times)),
        "p95_ms": in_milliseconds(percentile(load.times, 95)),
        "cpu_ms": None,
        "queries": None,
        "runs": len(load.times),
        "per_second": round(load.per_second, 1),
    }


def _same(path: str, etag: str = "") -> Callable[[int], bytes]:
    request = _request(path, "127.0.0.1", etag)
    return lambda number: request


def _new(path: str) -> Callable[[int], bytes]:
    """The port of the Host is part of an address, so each of these is another one."""
    begun = time.time_ns() % 10**9
    return lambda number: _request(path, f"127.0.0.1:{begun + number}")


def _request(path: str, host: str, etag: str = "") -> bytes:
    condition = f"If-None-Match: {etag}\r\n" if etag else ""
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{condition}\r\n".encode()


@contextmanager
def running(directory: Path) -> Iterator[int]:
    """The port of the server, which has a database of its own with the first data."""
    port = _free_port()
    environment = os.environ | {
        "ENVIRONMENT": "local",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATABASE_URL": f"sqlite:///{directory.resolve() / 'first.sqlite3'}",
        "API_RATE": "off",
    }
    for command in (["migrate", "--verbosity=0"], ["prepare_local"]):
        _run([sys.executable, "manage.py", *command], environment)
    if not (ROOT / "staticfiles" / "staticfiles.json").exists():
        collect = ["collectstatic", "--no-input", "--verbosity=0"]
        _run([sys.executable, "manage.py", *collect], environment)
    command = [sys.executable, "-m", "tracker.serve", str(port)]
    server = subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _wait_for(server, port)
        yield port
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _wait_for(server: subprocess.Popen, port: int) -> None:
    end = time.monotonic() + START_SECONDS
    while server.poll() is None and time.monotonic() < end:
        try:
            _get(port, "/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("The server does not start.")


def _get(port: int, path: str) -> tuple[bytes, dict[str, str]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers={"Host": "127.0.0.1"})
        answer = connection.getresponse()
        return answer.read(), dict(answer.headers)
    finally:
        connection.close()


def _first_data(port: int) -> tuple[int, str]:
    """How many records are public, and the code of the first of them."""
    found = json.loads(_get(port, "/initiatives.json")[0])
    return found["count"], found["results"][0]["code"]


def _etag(port: int, path: str) -> str:
    return _get(port, path)[1]["ETag"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
