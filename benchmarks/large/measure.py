"""Measures one database at one size: `python -m benchmarks.large.measure --rows N FILE`.

In a process of its own, since the settings are read once. DATABASE_URL names a database that is
empty, or that was filled before with as many records. The results are written to FILE as JSON.
"""

import argparse
import gc
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.large.memory import in_mebibytes, most_since
from benchmarks.large.timing import Measured, OverLimit, at_most, in_turn
from benchmarks.measure import start_django

CSV, CSV_ROWS = "/initiatives.csv", 5_000
# Which page is compared with which peers; a ratio is that of the medians.
LIST_PEERS = ("raw SQL", "django-filter", "Datasette")
# Pages whose figures the index finds once for all readers until the register changes.
AFTER_CHANGE = ("home", "list", "pair", "country", "organisation")
_ANEW, _ROWS_ANEW = ", after a change", ", rows anew"
READY = ("list", "home", "detail", "pair", "organisation")


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.large.measure")
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--limit", type=float, default=20.0, help="seconds for each case")
    parser.add_argument("--filled", type=Path, help="what filling it took, if that is done")
    parser.add_argument("file", type=Path)
    options = parser.parse_args(arguments)
    os.environ["API_RATE"] = "off"
    if not options.filled:
        fill = [sys.executable, "-m", "benchmarks.large.fill", "--rows", str(options.rows)]
        subprocess.run([*fill, str(options.file)], check=True)
    start_django()
    from django.conf import settings

    settings.ROOT_URLCONF = "benchmarks.large.urls"
    found = json.loads((options.filled or options.file).read_text()) + started(options.rows)
    found += measured(options.rows, rounds=options.rounds, limit=options.limit)
    options.file.write_text(json.dumps(found))


def started(rows: int) -> list[dict]:
    """How long a process takes to read the register, and how much it grows by it."""
    from initiatives.editions.index import index

    index.forget()
    before, start = in_mebibytes("VmRSS"), Measured()
    with most_since() as memory:
        wall, cpu = time.perf_counter(), time.process_time()
        index.prepare()
        start.wall.append(time.perf_counter() - wall)
        start.cpu.append(time.process_time() - cpu)
    print(f"  the index is read: {start.wall[0]:,.1f} s", flush=True)
    grown = {"memory_mib": max(0, memory.mebibytes - before), "queries": None}
    return [_of("index, start", rows) | start.figures() | grown]


def _of(name: str, rows: int) -> dict:
    return {"name": name, "database": connection.vendor, "rows": rows}


def measured(rows: int, *, rounds: int, limit: float) -> list[dict]:
    """All pages and their peers, in turn."""
    from benchmarks.large import cases

    actions, peers = _actions(limit)
    # As a server does before it forks, see tracker.start: else the index is searched for garbage
    # while pages are made.
    gc.collect()
    gc.freeze()
    print(f"  {len(actions)} cases, {rounds} rounds on {connection.vendor}", flush=True)
    times = in_turn(actions, rounds=rounds, limit=limit, before=cases.forget_answers)
    # By themselves, since the others are to find what the index knows already.
    anew = _after_change() | _with_new_rows()
    times |= in_turn(anew, rounds=rounds, limit=limit, before=cases.forget_answers)
    actions |= anew
    peers |= {name: peers[name.removesuffix(_ANEW).removesuffix(_ROWS_ANEW)] for name in anew}
    results = []
    for name, action in actions.items():
        figures = times[name].figures()
        if name.startswith("csv") and name in peers:
            figures |= _memory_of(action, limit)
        queries = None if times[name].is_over_limit else _queries(action, limit)
        ratios = _ratios(name, times, peers)
        results.append(_of(name, rows) | figures | {"queries": queries, "ratios": ratios})
    return results


def _actions(limit: float) -> tuple[dict[str, Callable], dict[str, dict[str, str]]]:
    """What to run by name; and by the name of a page those of its peers, by what they are."""
    from benchmarks.large import cases, csv_peer, datasette_peer, peers, ready

    pages = cases.pages(cases.Site.known())
    actions = {name: _visit(address) for name, address in pages.items()}
    of: dict[str, dict[str, str]] = {name: {} for name in pages}
    for name in filter(pages.__contains__, READY):
        if address := _prepared(ready.prepare, name, pages[name], limit):
            actions[f"{name}, ready objects"] = _visit(address)
            of[name] = {"ready objects": f"{name}, ready objects"}
        else:
            print(
                f"  left out: {name} from ready objects, since they can be read only once",
                flush=True,
            )
    actions["list, raw SQL"] = peers.raw_sql
    actions["list, django-filter"] = _visit("/en/bench/stock/")
    if reason := datasette_peer.why_not():
        print(f"  left out: Datasette, {reason}", flush=True)
    else:
        actions["list, Datasette"] = datasette_peer.facets(limit)
    of.setdefault("list", {}).update(
        {one: f"list, {one}" for one in LIST_PEERS if f"list, {one}" in actions}
    )
    lines = min(CSV_ROWS, cases.Site.known().total)
    name = f"csv, {lines:,} rows"
    actions[name] = lambda: cases.first_rows(CSV, lines)
    actions[f"{name}, stored editions"] = csv_peer.StoredEditions(CSV, lines).copied
    actions[f"{name}, ready cells"] = csv_peer.ReadyCells(CSV, lines).copied
    of[name] = {what: f"{name}, {what}" for what in ("stored editions", "ready cells")}
    for name in filter(pages.__contains__, ("list", "detail")):
        _put(actions, f"304, {name}" if name != "list" else "304", pages[name], limit)
    actions["healthz"] = _visit("/healthz")
    return actions, of


def _after_change() -> dict[str, Callable]:
    from benchmarks.large import cases

    pages = cases.pages(cases.Site.known())
    return {
        f"{name}{_ANEW}": partial(cases.visit_after_change, pages[name])
        for name in filter(pages.__contains__, AFTER_CHANGE)
    }


def _with_new_rows() -> dict[str, Callable]:
    from benchmarks.large import cases

    address = cases.pages(cases.Site.known())["list"]
    return {f"list{_ROWS_ANEW}": partial(cases.visit_with_new_rows, address)}


def _visit(address: str) -> Callable[[], object]:
    from benchmarks.large.cases import visit

    return lambda: visit(address)


def _prepared(prepare, name: str, page: str, limit: float) -> str:
    """The page is read three times for it, the first time in this process."""
    try:
        with at_most(3 * limit):
            return prepare(name, page)
    except OverLimit:
        connection.close()
        return ""


def _put(actions, name: str, page: str, limit: float) -> None:
    """What asks again for a page that was sent before, if it was sent in time."""
    from benchmarks.large.cases import unchanged

    try:
        with at_most(limit):
            actions[name] = unchanged(page)
    except OverLimit:
        connection.close()
        print(f"  left out: {name}, since the page takes too long", flush=True)


def _queries(action: Callable[[], object], limit: float) -> int | None:
    """Counted apart from the measurement, since counting costs time."""
    from benchmarks.large.cases import forget_answers

    forget_answers()
    try:
        with at_most(limit), CaptureQueriesContext(connection) as queries:
            action()
    except OverLimit:
        connection.close()
        return None
    return len(queries)


def _memory_of(action: Callable[[], object], limit: float) -> dict:
    """How much more memory the process took at most than before."""
    try:
        before = in_mebibytes("VmRSS")
        with at_most(limit), most_since() as memory:
            action()
    except OverLimit:
        connection.close()
        return {}
    return {"memory_mib": max(0, memory.mebibytes - before)}


def _ratios(name: str, times: dict[str, Measured], peers) -> dict[str, float]:
    own = times[name].figures()["median_ms"]
    others = (
        (what, times[peer].figures()["median_ms"]) for what, peer in peers.get(name, {}).items()
    )
    return {what: float(f"{own / max(other, 0.001):.3g}") for what, other in others}


if __name__ == "__main__":
    main(sys.argv[1:])
