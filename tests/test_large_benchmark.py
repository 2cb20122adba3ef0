"""What `make bench-large` measures with: its figures are right, its peers do the same work."""

import csv
import io
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from benchmarks import results as kept
from benchmarks.large import __main__ as large
from benchmarks.large import (
    cases,
    csv_peer,
    datasette_peer,
    load,
    measure,
    peers,
    ready,
    report,
    timing,
)
from benchmarks.large.filling import fill
from benchmarks.large.statistics import median, percentile
from initiatives.editions.index import Selection, index

pytestmark = pytest.mark.slow

ROWS = 40
KEYS = {"name", "database", "rows", "median_ms", "p95_ms", "cpu_ms", "queries"}


@pytest.fixture(autouse=True)
def one_connection(monkeypatch):
    """What a test has written would be lost with its connection."""
    monkeypatch.setattr(timing, "close_old_connections", lambda: None)
    monkeypatch.setattr(timing, "connection", Untouched())


class Untouched:
    vendor, connection = "", None

    def close(self):
        """It is the test's."""


@pytest.fixture
def filled(db, settings):
    settings.ROOT_URLCONF = "benchmarks.large.urls"
    fill(ROWS)
    index.forget()
    cases.forget_answers()
    yield
    index.forget()
    cases.forget_answers()


def a_result(name="list", **more):
    return {
        "name": name,
        "database": "sqlite",
        "rows": ROWS,
        "median_ms": 1234.5,
        "p95_ms": 9.126,
        "cpu_ms": 8.0,
        "queries": 4,
    } | more


@pytest.mark.parametrize(
    ("values", "middle", "high"),
    [([5.0], 5.0, 5.0), ([3.0, 1.0], 2.0, 2.9), ([float(n) for n in range(101)], 50.0, 95.0)],
)
def test_median_and_percentile_are_those_of_spreadsheets(values, middle, high):
    assert (median(values), percentile(values, 95)) == (middle, pytest.approx(high))


def test_cases_run_in_turn_and_the_first_round_is_not_counted():
    order = []
    actions = {name: lambda name=name: order.append(name) for name in ("one", "other")}
    found = timing.in_turn(actions, rounds=2, limit=60)
    assert order == ["one", "other"] * 3
    assert [len(found[name].wall) for name in actions] == [2, 2]
    assert not found["one"].figures()["over_limit"]


def test_a_case_over_its_limit_is_stopped_and_leaves_a_figure():
    runs = []

    def slow():
        runs.append(1)
        time.sleep(30)

    found = timing.in_turn({"slow": slow}, rounds=3, limit=0.05)["slow"].figures()
    assert len(runs) == found["runs"] == 1
    assert found["over_limit"]
    assert 50 <= found["median_ms"] < 5_000


def test_a_case_that_fails_is_no_case_that_is_slow():
    with pytest.raises(ZeroDivisionError):
        timing.timed(lambda: 1 / 0, 60)


@pytest.mark.usefixtures("filled")
def test_each_result_has_its_figures_and_the_list_is_compared_to_its_peers(monkeypatch):
    monkeypatch.setattr(cases, "pages", lambda site: {"list": cases.LIST})
    results = {one["name"]: one for one in measure.measured(ROWS, rounds=1, limit=60)}
    assert all(set(one) >= KEYS for one in results.values())
    assert {"list", "304", "csv, 40 rows", "list, raw SQL", "healthz"} <= set(results)
    assert {"ready objects", "raw SQL", "django-filter"} <= set(results["list"]["ratios"])
    assert set(results["csv, 40 rows"]["ratios"]) == {"stored editions", "ready cells"}


@pytest.mark.usefixtures("filled")
def test_every_measured_page_is_there():
    pages = cases.pages(cases.Site.known())
    assert {"home", "list", "list, filters", "list, search", "detail", "pair", "json"} <= set(pages)
    assert all(cases.visit(address) for address in pages.values())


@pytest.mark.usefixtures("filled")
def test_peers_count_what_the_list_counts():
    counts = peers.raw_sql()
    with index.reading() as reading:
        total = reading.find(Selection()).total
    assert counts[0] == [(total,)]
    assert sum(number for _status, number in counts[1]) == total
    assert f"<p>{total}</p>".encode() in cases.visit("/en/bench/stock/")


@pytest.mark.usefixtures("filled")
def test_a_page_of_ready_objects_shows_what_the_page_shows():
    page = cases.visit(cases.LIST)
    again = cases.visit(ready.prepare("list", cases.LIST)).decode()
    codes = [part.split('"')[0] for part in page.decode().split('data-code="')[1:]]
    assert codes
    assert all(f'data-code="{code}"' in again for code in codes)


@pytest.mark.usefixtures("filled")
def test_a_rare_word_is_in_few_records_and_a_frequent_one_in_more():
    site = cases.Site.known()
    assert site.total == ROWS
    found = [cases.visit(f"{cases.LIST}?q={word}") for word in (site.frequent, site.rare)]
    often, seldom = (page.count(b'data-code="') for page in found)
    assert often >= seldom >= 1


@pytest.mark.usefixtures("filled")
def test_so_many_lines_of_the_file_are_read_and_no_more():
    assert cases.first_rows("/initiatives.csv", 10) == 11


@pytest.mark.usefixtures("filled")
def test_the_peers_of_the_file_write_the_same_rows():
    site = b"".join(Client().get(measure.CSV, secure=True).streaming_content).decode("utf-8-sig")
    peer = b"".join(csv_peer.ReadyCells(measure.CSV, ROWS).parts()).decode()
    own, copied = (list(csv.reader(io.StringIO(text, newline=""))) for text in (site, peer))
    assert len(own) == ROWS + 1
    assert (copied[0], sorted(copied[1:])) == (own[0], sorted(own[1:]))  # a table has no order
    stored = b"".join(csv_peer.StoredEditions(measure.CSV, ROWS).parts()).decode()
    names, *editions = csv.reader(io.StringIO(stored, newline=""))
    bodies = [json.loads(edition[names.index("body")]) for edition in editions]
    assert sorted(body["code"] for body in bodies) == sorted(row[0] for row in own[1:])


@pytest.mark.django_db
def test_datasette_says_why_it_is_left_out():
    reason = datasette_peer.why_not()
    assert connection.vendor == "sqlite" or "SQLite" in reason


def test_a_run_takes_the_place_of_its_last_one_with_the_same_database_and_size(tmp_path):
    file = tmp_path / "results" / "latest.json"
    kept.keep([a_result("import")], "bench", file=file)
    kept.keep([a_result("list"), a_result("home", rows=50)], "bench-large", file=file)
    kept.keep([a_result("pair"), a_result("json")], "bench-large", file=file)
    found = [(one["run"], one["name"], one["rows"]) for one in json.loads(file.read_text())]
    assert found == [
        ("bench", "import", ROWS),
        ("bench-large", "pair", ROWS),
        ("bench-large", "json", ROWS),
        ("bench-large", "home", 50),
    ]


def test_the_table_tells_limits_ratios_memory_and_rate():
    slow = a_result(over_limit=True, ratios={"raw SQL": 0.02}, memory_mib=1200)
    served = a_result("requests", queries=None, cpu_ms=None, per_second=1905.5)
    lines = report.table([slow, served]).splitlines()
    assert lines[0] == f"### sqlite, {ROWS} records"
    assert lines[-2] == (
        "| list | > 1,234.5 | > 9.13 | 8.00 | 4 | stopped at the limit; 0.02 × raw SQL; 1,200 MiB |"
    )
    assert lines[-1] == "| requests | 1,234.5 | 9.13 |  |  | 1,905.5 a second |"


def test_the_tables_of_the_document_are_those_of_the_kept_results():
    text = report.DOCUMENT.read_text(encoding="utf-8")
    results = report.of_large_run(kept.read())
    assert results
    assert all(set(one) >= KEYS for one in results)
    assert report.document(text, results) == text


def test_clients_read_whole_answers_and_count_them(server):
    got = load.put_on(server, a_request, status=200, clients=3, seconds=0)
    assert len(got.times) == 3  # each asks once, however little time there is
    got = load.put_on(server, a_request, status=200, clients=3, seconds=0.3)
    assert len(got.times) >= 3
    assert got.per_second == pytest.approx(len(got.times) / got.seconds)


def test_an_answer_with_another_status_is_not_counted_as_one(server):
    with pytest.raises(load.WrongAnswer, match="answers 200 and not 304"):
        load.put_on(server, a_request, status=304, clients=1, seconds=0.3)


def a_request(number):
    return f"GET /{number} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


@pytest.fixture
def server():
    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            body = b"x" * 200_000
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            """Nobody reads it."""

    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    Thread(target=running.serve_forever, daemon=True).start()
    yield running.server_port
    running.shutdown()
    running.server_close()


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rows", "few"],
        ["--rows", "99"],
        ["--databases", "oracle"],
        ["--rows", "1000,2000", "--postgresql", "postgres://a:b@c/d"],
    ],
)
def test_wrong_options_are_refused(arguments, capsys):
    with pytest.raises(SystemExit):
        large.main(arguments)
    assert "error: " in capsys.readouterr().err
