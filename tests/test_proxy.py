"""deploy/nginx.conf, run: a real nginx with the site of production behind it.

The last test stops the site.
"""

import gzip
import json
import re
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest
from axes.models import AccessAttempt
from lxml import html

from deploy import healthcheck
from tests import proxy as proxies
from tests.observatory import score
from tests.proxy import (
    GUARDS,
    MIB,
    NAME,
    TOO_LARGE,
    Proxy,
    answered,
    chunks_are_refused,
    files_come_as_far_as_the_site,
    half_sent,
    head,
    running,
    told_too_large,
)

pytestmark = [
    pytest.mark.once,
    pytest.mark.server,
    pytest.mark.xdist_group("proxy"),
    pytest.mark.no_editions,
    pytest.mark.django_db(transaction=True),
]
_database = proxies.database
PAGES = ("/en/", "/kk/initiatives/", "/admin/login/", "/initiatives.json", "/static/css/site.css")


@pytest.fixture(scope="module")
def proxy(_database):
    with running(Proxy) as made:
        yield made


@pytest.mark.parametrize("page", PAGES)
def test_each_header_that_guards_is_there_once(proxy, page):
    status, headers, _body = proxy.ask(page)
    names = [name.lower() for name, _value in headers]
    assert status == 200
    # nginx says by a line of its own that what it compresses varies.
    assert {name for name in names if names.count(name) > 1} <= {"vary", "set-cookie"}
    page_itself = page.endswith("/")
    expected = GUARDS if page_itself else [n for n in GUARDS if n in names]
    assert {name: names.count(name) for name in expected} == dict.fromkeys(expected, 1)
    assert dict(headers)["Server"] == "nginx"  # and no version


@pytest.mark.parametrize("page", ["/en/", "/admin/login/"])
def test_the_observatory_would_give_an_a_plus(proxy, page):
    status, headers, _body = proxy.ask(page, secure=False)
    redirect = (status, dict(headers)["Location"])
    assert redirect == (301, f"https://{NAME}{page}")
    found = score(proxy.ask(page)[1], redirect=redirect)
    assert found >= 125, found


def test_another_name_is_nobodys(proxy):
    plain = proxy.connect(secure=False)
    plain.sendall(b"GET / HTTP/1.1\r\nHost: elsewhere.example\r\n\r\n")
    assert answered(plain) == b""
    with pytest.raises(ssl.SSLError, match=r"unrecognized name|UNRECOGNIZED_NAME"):
        proxy.connect(name="elsewhere.example")


def test_what_a_client_claims_of_itself_does_not_come_through(proxy):
    forged = {"X_Forwarded_Proto": "http", "X_Forwarded_For": "203.0.113.9"}
    forged |= {"X_Forwarded_Host": "elsewhere.example", "Forwarded": "for=203.0.113.9"}
    status, headers, page = proxy.ask("/admin/login/", **forged)
    assert status == 200  # no redirect to itself
    token = html.fromstring(page.decode()).xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    cookie = dict(headers)["Set-Cookie"].split(";")[0]
    typed = f"csrfmiddlewaretoken={token}&username=nobody&password=wrong"
    form = {"Content_Type": "application/x-www-form-urlencoded", "Referer": f"https://{NAME}/"}
    assert proxy.ask("/admin/login/", "POST", typed, Cookie=cookie, **form, **forged)[0] == 200
    assert AccessAttempt.objects.get().ip_address == "127.0.0.1"


@TOO_LARGE
def test_what_is_too_large_is_refused_unsent_in_words(proxy, path, length):
    answer = told_too_large(proxy, path, length)
    assert answer.lower().count(b"content-security-policy:") == 1


def test_chunks_without_end_are_refused(proxy):
    chunks_are_refused(proxy)


def test_files_come_as_far_as_the_site_which_knows_officers(proxy):
    files_come_as_far_as_the_site(proxy)


def test_a_refused_body_is_no_further_request(proxy):
    hidden = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
    for _ in range(5):
        refused = head(proxy, "/en/", f"Content-Length: {2 * MIB}")
        refused.sendall(hidden * 3)
        assert answered(refused).count(b"HTTP/1.1 ") == 1
        assert proxy.ask("/healthz")[2] == b"ok\n"
    assert "hidden" not in (proxy.folder / "tracker.log").read_text()


def test_slow_clients_are_cut_off_and_hold_nobody(proxy):
    with ExitStack() as open_ones:
        halves = [open_ones.enter_context(half_sent(proxy, number)) for number in range(60)]
        begun = time.monotonic()
        assert proxy.ask("/en/")[0] == 200
        assert time.monotonic() - begun < 1
        for connection in halves:  # each has 20 seconds
            with suppress(ConnectionResetError):
                assert connection.recv(13) in (b"", b"HTTP/1.1 408 ")


def test_the_log_has_neither_keys_nor_parameters(proxy):
    for path in ("/en/preview/KEYKEYKEY/", "/admin/password/KEYKEYKEY/again/", "/en/?q=KEYKEYKEY"):
        proxy.ask(path, Referer=f"https://{NAME}/KEYKEYKEY")
    time.sleep(0.2)
    log = (proxy.folder / "tracker.log").read_text()
    assert "KEYKEYKEY" not in log
    lines = [json.loads(line) for line in log.splitlines()]
    assert {"/en/preview/…", "/admin/password/…", "/en/"} <= {line["path"] for line in lines}
    assert {line["client"] for line in lines} == {"127.0.0.1"}


def test_text_is_compressed_and_asked_about_again(proxy):
    status, headers, body = proxy.ask("/api/v1/schema/", Accept_Encoding="gzip")
    named = dict(headers)
    assert (status, named["Content-Encoding"]) == (200, "gzip")
    assert json.loads(gzip.decompress(body))
    assert proxy.ask("/api/v1/schema/", If_None_Match=named["ETag"])[0] == 304


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
@pytest.mark.parametrize("version", ["TLSv1_1", "TLSv1_2", "TLSv1_3"])
def test_only_tls_1_2_and_1_3_are_spoken(proxy, version):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    with socket.create_connection(("127.0.0.1", proxy.secure)) as plain:
        if version == "TLSv1_1":
            with pytest.raises(OSError, match=r"(?i)protocol|reset"):
                context.wrap_socket(plain, server_hostname=NAME)
        else:
            with context.wrap_socket(plain, server_hostname=NAME) as spoken:
                assert spoken.version() == version.replace("_", ".")


def test_a_container_finds_the_site_well(proxy, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", f"{NAME},other.example")
    assert healthcheck.status_of(f"{proxy.folder}/site.sock") == 200


def test_readers_wait_while_the_site_starts_anew(proxy):
    proxy.site.stop()
    with ThreadPoolExecutor(1) as other:
        waiting = other.submit(proxy.ask, "/en/")
        proxy.site.start()
        assert waiting.result()[0] == 200


def test_while_the_site_is_away_that_is_said_and_files_stay(proxy):
    address = "/static/css/site.css"
    before = proxy.ask(address)
    proxy.site.shut()
    assert proxy.ask(address)[2] == before[2]
    status, headers, page = proxy.ask("/ru/")
    named = dict(headers)
    assert (status, named["Retry-After"], named["Cache-Control"]) == (503, "60", "no-store")
    assert named["Content-Security-Policy"].startswith("default-src 'none'")
    assert len(re.findall(r'lang="(en|ru|uz|kk)"', page.decode())) == 4
