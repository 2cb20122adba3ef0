"""How the API answers: refusals, validators, other sites, and clients that ask too often."""

import subprocess
import sys

import pytest

from initiatives.http import throttle
from initiatives.http.clients import client_of
from initiatives.middleware import api
from tests import factories as make

pytestmark = [pytest.mark.django_db, pytest.mark.once]
ROOT = "/api/v1/"
LIST = f"{ROOT}initiatives/"
ADDRESSES = [ROOT, LIST, f"{LIST}CI-2025-0001/", f"{ROOT}countries/UZ/", f"{ROOT}schema/"]
ADDRESSES += [f"{ROOT}{name}/" for name in ("sectors", "organisations", "events", "changes")]


@pytest.fixture
def made():
    return make.make_initiative("CI-2025-0001")


def problem_of(response, status):
    """The problem that was told, which must have all that RFC 9457 knows."""
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    told = response.json()
    assert told["status"] == status
    assert all(told[name] for name in ("type", "title", "detail", "instance"))
    return told


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"{ROOT}nothing/", 404),
        (f"{LIST}CI-2025-9999/", 404),
        (f"{LIST}nonsense/", 404),
        (f"{ROOT}countries/ZZ/", 404),
        (f"{ROOT}sectors/{'x' * 3000}/", 404),
        (f"{ROOT}events/%FF/", 404),
        (f"{ROOT}organisations/%00/", 400),
        (f"{LIST}?status=zzz", 400),
        (f"{LIST}?q=%00", 400),
        (f"{LIST}?q=%FF", 400),
        (f"{LIST}?q={'x' * 70_000}", 400),
        (f"{LIST}?year=9223372036854775808", 400),
        (f"{LIST}?page_size=9223372036854775808", 400),
        (f"{LIST}?sort=country__password", 400),
        (f"{LIST}?lang=xx", 400),
        (f"{LIST}CI-2025-0001/?as_of=never", 400),
        (f"{ROOT}changes/?from=9999-99-99", 400),
        (f"{LIST}?{'&'.join(f'x{number}=1' for number in range(10_000))}", 400),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_cannot_be_answered_is_a_problem(client, made, address, status):
    problem_of(client.get(address), status)


def test_of_one_parameter_given_often_the_values_are_an_or(client, made):
    make.make_initiative(status="agreed")
    query = "&".join(["status=planned"] * 900 + ["status=agreed"])
    assert client.get(f"{LIST}?{query}").json()["count"] == 2


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("address", [LIST, f"{ROOT}schema/"])
def test_nothing_can_be_written(client, address, method):
    response = getattr(client, method)(address)
    problem_of(response, 405)
    assert response["Allow"] == "GET, HEAD, OPTIONS"


def test_a_format_that_is_not_offered_is_refused(client):
    problem_of(client.get(LIST, headers={"Accept": "application/xml"}), 406)
    for accepted in ("*/*", "application/json", "text/html, */*;q=0.1"):
        assert client.get(LIST, headers={"Accept": accepted}).status_code == 200


def test_a_withdrawn_record_is_gone_with_its_reason(client):
    words = {"withdrawn_reason_en": "Entered twice.", "withdrawn_reason_ru": "Дважды."}
    make.make_initiative("CI-2025-0001", publication="withdrawn", **words)
    address = f"{LIST}CI-2025-0001/"
    assert problem_of(client.get(address), 410)["detail"] == "Entered twice."
    assert problem_of(client.get(f"{address}?lang=ru"), 410)["detail"] == "Дважды."


@pytest.mark.parametrize(
    ("address", "right"),
    [
        ("initiatives/ci-2025-0001/", "initiatives/CI-2025-0001/"),
        ("countries/uz/", "countries/UZ/"),
        ("initiatives", "initiatives/"),
    ],
)
def test_an_address_that_is_written_otherwise_leads_to_the_right_one(client, made, address, right):
    response = client.get(f"{ROOT}{address}")
    assert (response.status_code, response["Location"]) == (301, f"{ROOT}{right}")


@pytest.mark.parametrize("address", ADDRESSES)
def test_who_has_it_already_gets_304(client, made, address):
    first = client.get(address)
    for condition in (
        {"If-None-Match": first["ETag"]},
        {"If-Modified-Since": first["Last-Modified"]},
    ):
        again = client.get(address, headers=condition)
        assert (again.status_code, again.content) == (304, b"")
        assert again["Vary"] == first["Vary"] == "Accept, Accept-Language"
        assert again["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_has_the_headers_of_get_and_options_tells_the_methods(client, made, address):
    head, get = client.head(address), client.get(address)
    assert (head.status_code, head["ETag"], head.content) == (200, get["ETag"], b"")
    assert client.options(address)["Allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", [*ADDRESSES, f"{ROOT}nothing/", f"{LIST}?status=zzz"])
def test_other_sites_may_read_every_answer_without_cookies(client, made, address):
    response = client.get(address, headers={"Origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "ETag" in response["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response
    assert not response.cookies


def test_a_browser_that_asks_first_is_told_what_it_may(client):
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    response = client.options(LIST, headers=asked)
    assert response.status_code == 204
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert "If-None-Match" in response["Access-Control-Allow-Headers"]


def test_a_cookie_changes_no_answer(client, made):
    client.cookies["django_language"] = "ru"
    assert client.get(f"{ROOT}changes/")["Content-Language"] == "en"


def test_what_fails_is_a_problem_and_tells_nothing_of_the_inside(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("initiatives.public.api.root.document", lambda: 1 / 0)
    told = problem_of(client.get(f"{ROOT}schema/"), 500)
    assert "division" not in str(told)


@pytest.fixture
def rate(settings, monkeypatch):
    """Three requests in a minute, of which none was sent yet."""
    settings.API_RATE = (3, 60)
    monkeypatch.setattr(api, "COUNTS", throttle.Counts())


def test_who_asks_too_often_is_told_when_to_come_again(client, rate):
    answers = [client.get(ROOT) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer["RateLimit"].split(";")[1] for answer in answers] == ["r=2", "r=1", "r=0", "r=0"]
    assert answers[0]["RateLimit-Policy"] == '"default";q=3;w=60'
    problem_of(answers[-1], 429)
    assert 0 < int(answers[-1]["Retry-After"]) <= 60
    assert answers[-1]["Access-Control-Allow-Origin"] == "*"


def test_pages_and_other_clients_are_not_held_up(client, rate):
    for _ in range(4):
        client.get(ROOT)
    assert client.get("/initiatives.json").status_code == 200
    assert client.get(ROOT, REMOTE_ADDR="10.0.0.2").status_code == 200


def test_a_client_may_ask_again_when_its_period_is_over():
    counts = throttle.Counts()
    asked = [counts.ask("a", 1, 60, now).allowed for now in (1000, 1059, 1060, 1061, 1121)]
    assert asked == [True, False, True, False, True]


def test_more_clients_than_there_is_room_for_are_still_counted():
    counts = throttle.Counts()
    for number in range(100_000):
        counts.ask(str(number), 1, 60, 1000 + number / 1e6)
    assert not counts.ask("99999", 1, 60, 1001).allowed


def test_processes_of_one_server_count_together():
    """As gunicorn does it: imported once, then forked."""
    program = """if True:
        import os
        from initiatives.http.throttle import COUNTS
        for _ in range(4):
            child = os.fork()
            if not child:
                for _ in range(500):
                    COUNTS.ask("client", 9999, 60, 1000.0)
                os._exit(0)
        for _ in range(4):
            os.wait()
        print(COUNTS.ask("client", 9999, 60, 1000.0).remaining)
    """
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == (f"{9999 - 2001}\n", "")


@pytest.mark.parametrize(
    ("forwarded", "proxies", "client"),
    [
        ("", 0, "10.0.0.1"),
        ("1.1.1.1", 0, "10.0.0.1"),
        ("6.6.6.6, 1.1.1.1", 1, "1.1.1.1"),
        ("6.6.6.6, 1.1.1.1, 10.0.0.9", 2, "1.1.1.1"),
        ("1.1.1.1", 2, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", 1, "2001:db8:1:2::/64"),
        ("::ffff:1.1.1.1", 1, "1.1.1.1"),
        ("<script>", 1, "unknown"),
    ],
)
def test_a_client_is_known_by_what_our_proxies_saw(forwarded, proxies, client):
    meta = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_of(meta, proxies) == client
