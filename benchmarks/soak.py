"""Readers at a steady rate while an editor saves, for as long as is asked: `make soak`.

    python -m benchmarks.soak [--minutes 5] [--rate 100] [--rows 20000] [--saves 1]

The server is that of production with two workers, on a SQLite of its own or on the empty database
that DATABASE_URL names. A request has its instant, and is late where the server is: its time counts
from that instant on. The exit code is 0 if no answer failed, nothing was lost of the rate, and
memory did not grow.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from io import StringIO
from pathlib import Path
from threading import Event, Thread

from benchmarks.large.statistics import percentile
from benchmarks.measure import start_django
from benchmarks.processor import spent
from tests.site_server import SiteServer

CLIENTS, LOOK_SECONDS = 24, 5
MOST_GROWTH = 1.10  # of memory, from the end of the first quarter on …
LEAST_LOOKS = 24  # … in a run of two minutes or more: what comes first fills caches
LEAST_RATE = 0.95
HEADERS = {"Host": "testserver", "X-Forwarded-Proto": "https"}
WORDS = ("solar", "road", "water", "railway", "school")
# Of a hundred requests so many are for …
MIX: tuple[tuple[int, Callable[[random.Random, list[str]], str]], ...] = (
    (45, lambda dice, codes: f"/{_language(dice)}/initiatives/{dice.choice(codes)}/"),
    (15, lambda dice, codes: f"/{_language(dice)}/initiatives/?page={_page(dice, codes)}"),
    (10, lambda dice, codes: f"/en/initiatives/?q={dice.choice(WORDS)}"),
    (10, lambda dice, codes: f"/{_language(dice)}/"),
    (10, lambda dice, codes: f"/initiatives/{dice.choice(codes)}.json"),
    (5, lambda dice, codes: "/api/v1/initiatives/"),
    (5, lambda dice, codes: "/en/initiatives.atom"),
)


def _language(dice: random.Random) -> str:
    return dice.choice(("en", "ru", "uz", "kk"))


def _page(dice: random.Random, codes: list[str]) -> int:
    return dice.randrange(1, max(2, min(5, len(codes) // 20)))


class Server(SiteServer):
    """It goes by the one name that production lets in."""

    def page(self, path: str) -> str:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("GET", path, headers=HEADERS)
            return connection.getresponse().read().decode()
        finally:
            connection.close()


class Readers:
    """CLIENTS threads that ask in turn; `times` in seconds, `errors` as path and what came."""

    def __init__(self, port: int, codes: list[str], rate: float, seconds: float) -> None:
        self.port, self.codes, self.rate = port, codes, rate
        self.number = int(rate * seconds)
        self.times: list[float] = []
        self.errors: list[str] = []

    def run(self) -> float:
        """Seconds until the last answer."""
        begun = time.monotonic()
        threads = [Thread(target=self._ask, args=(begun, one)) for one in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return time.monotonic() - begun

    def _ask(self, begun: float, first: int) -> None:
        dice = random.Random(first)
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        weights, kinds = zip(*MIX, strict=True)
        for number in range(first, self.number, CLIENTS):
            due = begun + number / self.rate
            time.sleep(max(0, due - time.monotonic()))
            path = dice.choices(kinds, weights)[0](dice, self.codes)
            try:
                connection.request("GET", path, headers=HEADERS)
                answer = connection.getresponse()
                answer.read()
            except (OSError, HTTPException) as error:
                self.errors.append(f"{path}: {error!r}")
                connection.close()
                continue
            self.times.append(time.monotonic() - due)
            if answer.status != 200:
                self.errors.append(f"{path}: {answer.status}")
        connection.close()


def edit(codes: list[str], every: float, ended: Event, saved: list[str]) -> None:
    """Save one record after the other until it is `ended`."""
    from django.db import connections

    from initiatives import actions
    from initiatives.models import Initiative

    dice = random.Random(0)
    while not ended.wait(every):
        record = Initiative.objects.get(code=dice.choice(codes))
        record.summary_en = f"Seen again, {len(saved)}"
        actions.save(record, by=None)
        saved.append(record.code)
    connections.close_all()


def look_at_memory(server: SiteServer, ended: Event, found: list[int]) -> None:
    """Bytes of all processes of the server, each shared page counted once."""
    while not ended.wait(LOOK_SECONDS):
        processes = [str(server.process.pid), *server.workers()]
        texts = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in processes]
        found.append(sum(int(t.partition("\nPss:")[2].split()[0]) * 1024 for t in texts))


def filled(rows: int) -> list[str]:
    """Codes of the public records of a database that is filled now."""
    from django.core.management import call_command

    from benchmarks.generate import fill
    from initiatives.models import Initiative

    call_command("migrate", verbosity=0)
    fill(rows)
    call_command("issue_editions", stdout=StringIO())
    published = Initiative.objects.filter(publication="published")
    return list(published.values_list("code", flat=True))


def soak(options: argparse.Namespace, folder: Path) -> int:
    start_django()
    codes = filled(options.rows)
    ended, saved, memory = Event(), [], []
    server = Server(folder, workers=2, DJANGO_SETTINGS_MODULE="benchmarks.settings", API_RATE="off")
    try:
        server.wait()
        readers = Readers(server.port, codes, options.rate, options.minutes * 60)
        beside = [
            Thread(target=edit, args=(codes, 1 / options.saves, ended, saved)),
            Thread(target=look_at_memory, args=(server, ended, memory)),
        ]
        for thread in beside:
            thread.start()
        begun = spent(server.process.pid, server.workers())
        seconds = readers.run()
        ended.set()
        took = spent(server.process.pid, server.workers()).since(begun)
        print(took.told(len(readers.times)))
        for thread in beside:
            thread.join()
    finally:
        server.close()
    return told(readers, seconds, len(saved), memory)


def told(readers: Readers, seconds: float, saves: int, memory: list[int]) -> int:
    times, rate = sorted(readers.times), len(readers.times) / seconds
    middle, high, highest = (percentile(times, n) * 1000 for n in (50, 95, 99))
    print(
        f"{len(times):,} answers, {rate:.1f} a second, {len(readers.errors)} failed; {saves} saves"
    )
    print(f"half of them within {middle:.0f} ms, p95 {high:.0f} ms, p99 {highest:.0f} ms")
    for error in readers.errors[:10]:
        print(f"failed: {error}")
    quarter = len(memory) // 4
    grown = len(memory) >= LEAST_LOOKS and memory[-1] > MOST_GROWTH * memory[quarter]
    if quarter:
        first, last = memory[quarter] / 1e6, memory[-1] / 1e6
        print(f"memory: {first:.0f} MB after a quarter, {last:.0f} MB at the end")
    return int(bool(readers.errors) or rate < LEAST_RATE * readers.rate or grown)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.soak")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--rate", type=float, default=100, help="requests a second")
    parser.add_argument("--rows", type=int, default=20_000, help="initiatives")
    parser.add_argument("--saves", type=float, default=1, help="a second")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="tracker-soak-") as directory:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{directory}/soak.sqlite3")
        os.environ["MEDIA_ROOT"] = directory
        return soak(options, Path(directory))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
