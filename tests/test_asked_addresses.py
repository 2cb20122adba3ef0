"""Asking an address of the web, against a server of this machine with every kind of answer."""

import socket
import time

import pytest

from initiatives.web_addresses import Heard, HttpClient, archived_copy
from initiatives.web_addresses import places as places_module
from initiatives.web_addresses.http_client import MOST_READ
from initiatives.web_addresses.places import NotPublic, place_of
from tests.web_server import dripping_server, web_server

pytestmark = pytest.mark.once


def to(path, status=301):
    return (status, {"Location": path}, b"")


PAGES = {
    "/here": (200, {}, b"text"),
    "/sign-in": (403, {}, b""),
    "/gone": (410, {}, b""),
    "/broken": (500, {}, b""),
    "/moved": to("/here"),
    "/moved-by-308": to("{here}/here", 308),
    "/for-now": to("/here", 302),
    "/moved-then-for-now": to("/for-now"),
    "/moved-to-nothing": to("/nothing"),
    "/circle": to("/circle"),
    "/nowhere": (301, {}, b""),
    "/inside": to("http://10.0.0.1/secret"),
    "/busy": (429, {"Retry-After": "120"}, b""),
    "/busy-until": (503, {"Retry-After": "Wed, 21 Oct 2099 07:28:00 GMT"}, b""),
    "/busy-without-a-time": (503, {}, b""),
    "/busy-until-never": (503, {"Retry-After": f"Wed, 21 Oct 2099 07:28:00 +{'9' * 30}"}, b""),
    "/moved-to-no-address": to("http://["),
    "/moved-to-a-sign": to("/here\0"),
    "/here%00": (200, {}, b"text"),
    "/breaks-off": (None, {}, b""),
    "/endless": (200, {}, [b"x" * 1024] * 500),
}


@pytest.fixture(scope="module")
def web():
    with web_server(PAGES) as server:
        yield server


@pytest.fixture
def http_client():
    return HttpClient(
        user_agent="tracker (+https://t.example)", timeout=2, pause=0, allow_private=True
    )


@pytest.mark.parametrize(
    ("path", "heard", "moved_to"),
    [
        ("/here", Heard.HERE, ""),
        ("/sign-in", Heard.HERE, ""),
        ("/nothing", Heard.GONE, ""),
        ("/gone", Heard.GONE, ""),
        ("/broken", Heard.SILENT, ""),
        ("/moved", Heard.HERE, "/here"),
        ("/moved-by-308", Heard.HERE, "/here"),
        ("/for-now", Heard.HERE, ""),
        ("/moved-then-for-now", Heard.HERE, ""),
        ("/moved-to-nothing", Heard.GONE, ""),
        ("/circle", Heard.SILENT, ""),
        ("/nowhere", Heard.HERE, ""),
        ("/busy", Heard.LATER, ""),
        ("/busy-until", Heard.LATER, ""),
        ("/busy-without-a-time", Heard.SILENT, ""),
        ("/busy-until-never", Heard.SILENT, ""),
        ("/moved-to-no-address", Heard.SILENT, ""),
        ("/moved-to-a-sign", Heard.HERE, ""),
        ("/breaks-off", Heard.SILENT, ""),
        ("/endless", Heard.HERE, ""),
    ],
)
def test_what_an_address_says_is_understood(web, http_client, path, heard, moved_to):
    answer = http_client.ask(web.here + path)
    assert (answer.heard, answer.moved_to) == (heard, moved_to and web.here + moved_to)


def test_who_asks_says_so_and_asks_by_head_first(web, http_client):
    del web.asked[:]
    http_client.ask(f"{web.here}/here")
    assert web.asked == [("HEAD", "/here")]
    assert web.agents == {"tracker (+https://t.example)"}


def test_what_head_does_not_find_is_asked_by_get():
    def only_get(method, path):
        return (200 if method == "GET" else 405 if path == "/a" else 404, {}, b"x")

    with web_server(only_get) as server:
        http_client = HttpClient(user_agent="t", timeout=2, pause=0, allow_private=True)
        assert http_client.ask(f"{server.here}/b").heard is Heard.HERE
        assert server.asked == [("HEAD", "/b"), ("GET", "/b")]


def test_of_a_page_without_end_only_the_beginning_is_read(web, http_client):
    answer = http_client.ask(f"{web.here}/endless", wants_body=True)
    assert 0 < len(answer.body) <= MOST_READ


def test_a_server_that_says_nothing_is_not_waited_for_forever():
    with socket.create_server(("127.0.0.1", 0)) as server:
        http_client = HttpClient(user_agent="t", timeout=0.3, pause=0, allow_private=True)
        begun = time.monotonic()
        answer = http_client.ask(f"http://127.0.0.1:{server.getsockname()[1]}/")
        assert answer.heard is Heard.SILENT
        assert time.monotonic() - begun < 5


def test_a_closed_port_and_a_broken_certificate_are_silence(web, http_client):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert http_client.ask(f"http://127.0.0.1:{port}/").heard is Heard.SILENT
    assert http_client.ask(web.here.replace("http", "https") + "/here").heard is Heard.SILENT


def test_retry_after_is_told_in_seconds(web, http_client):
    assert http_client.ask(f"{web.here}/busy").later == 120
    assert http_client.ask(f"{web.here}/busy-until").later > 24 * 60 * 60


def test_a_host_is_asked_again_after_a_pause(web):
    waited = []
    http_client = HttpClient(user_agent="t", pause=30, allow_private=True, sleep=waited.append)
    http_client.ask(f"{web.here}/here")
    http_client.ask(f"{web.here}/here")
    assert len(waited) == 1
    assert 29 < waited[0] <= 30
    assert not http_client.is_due(f"{web.here}/x")
    assert http_client.is_due("http://other.example/")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0.0.0.0/",
        "http://10.1.2.3/",
        "http://172.16.0.1/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://224.0.0.1/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[fe80::1]/",
        "http://[fec0::1]/",
        "http://[::127.0.0.1]/",
        "http://168.63.129.16/",
        "http://[fd00::1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://localhost/",
        "http://user:pw@example.org/",
        "http://user@example.org/",
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org/",
        "javascript:alert(1)",
        "http://",
        "http://[",
        "http://a..b/",
        "http://example.org:99999/",
        f"http://{'a' * 70}.example/",
        "",
    ],
)
def test_what_is_no_open_address_of_the_web_is_never_asked(url):
    assert HttpClient(user_agent="t").ask(url).heard is Heard.REFUSED


def test_a_redirect_to_a_machine_of_ours_is_not_followed(web, monkeypatch):
    whole = places_module._is_public
    monkeypatch.setattr(
        places_module, "_is_public", lambda number: number == "127.0.0.1" or whole(number)
    )
    assert HttpClient(user_agent="t", pause=0).ask(f"{web.here}/inside").heard is Heard.REFUSED


def test_one_private_number_among_those_of_a_name_is_enough(monkeypatch):
    found = [(0, 0, 0, "", ("93.184.216.34", 80)), (0, 0, 0, "", ("192.168.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: found)
    with pytest.raises(NotPublic):
        place_of("http://example.org/")


def test_a_name_that_nobody_knows_is_gone_and_one_that_cannot_be_asked_is_silence(monkeypatch):
    def fails(number):
        def getaddrinfo(*given, **more):
            raise socket.gaierror(number, "")

        return getaddrinfo

    for number, heard in ((socket.EAI_NONAME, Heard.GONE), (socket.EAI_AGAIN, Heard.SILENT)):
        monkeypatch.setattr(socket, "getaddrinfo", fails(number))
        assert HttpClient(user_agent="t").ask("http://nobody.example/").heard is heard


def test_names_and_paths_in_other_scripts_are_asked_as_the_web_writes_them(monkeypatch):
    found = [(0, 0, 0, "", ("93.184.216.34", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *given, **more: found)
    place = place_of("https://президент.рф/новость 1?q=а&x=%20")
    assert place.host == "xn--d1abbgf6aiiy.xn--p1ai"
    assert place.target == "/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D1%8C%201?q=%D0%B0&x=%20"


@pytest.mark.parametrize(
    ("body", "copy"),
    [
        (
            b'{"archived_snapshots": {"closest": {"available": true, "status": "200", '
            b'"url": "http://web.archive.org/web/2025/http://a.example/"}}}',
            "https://web.archive.org/web/2025/http://a.example/",
        ),
        (b'{"archived_snapshots": {}}', ""),
        (
            b'{"archived_snapshots": {"closest": {"available": true, "status": "404", '
            b'"url": "http://web.archive.org/x"}}}',
            "",
        ),
        (
            b'{"archived_snapshots": {"closest": {"available": true, "status": "200", '
            b'"url": "javascript:alert(1)"}}}',
            "",
        ),
        (b"<html>", ""),
        (b"[" * 5000, ""),
        (b"null", ""),
    ],
)
def test_an_archive_tells_of_a_copy_or_of_none(http_client, body, copy):
    with web_server(lambda method, path: (200, {}, body)) as server:
        service = f"{server.here}/wayback/available"
        assert archived_copy(http_client, "http://a.example/?x=1&y", service=service) == copy
        assert server.asked == [
            ("GET", "/wayback/available?url=http%3A%2F%2Fa.example%2F%3Fx%3D1%26y")
        ]


def test_headers_that_come_in_drops_have_an_end():
    client = HttpClient(user_agent="tracker", timeout=0.1, pause=0, allow_private=True)
    begun = time.monotonic()
    with dripping_server() as url:
        assert client.ask(url).heard is Heard.SILENT
    assert time.monotonic() - begun < 5  # all letters would take ten seconds, and twice that


@pytest.mark.parametrize("port", [22, 25, 5432, 6379])
def test_only_ports_of_the_web_are_asked(port):
    with pytest.raises(NotPublic):
        place_of(f"http://192.0.43.8:{port}/")


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_the_usual_ports_of_the_web_are_asked(port):
    assert place_of(f"https://192.0.43.8:{port}/").port == port
