"""deploy/Caddyfile, run: a real Caddy with the site of production behind it.

The last test stops the site.
"""

import gzip
import json
import os
import re
import subprocess
import time
from contextlib import ExitStack

import pytest

from tests import proxy as proxies
from tests.caddy import CADDYFILE, Caddy, caddy
from tests.observatory import score
from tests.proxy import (
    GUARDS,
    NAME,
    TOO_LARGE,
    answered,
    chunks_are_refused,
    files_come_as_far_as_the_site,
    half_sent,
    running,
    told_too_large,
)

pytestmark = [
    pytest.mark.once,
    pytest.mark.server,
    pytest.mark.xdist_group("proxy"),
]
_database = proxies.database


@pytest.fixture(scope="module")
def proxy(_database):
    with running(Caddy) as made:
        yield made


def test_the_file_as_it_is_shipped_is_understood_without_a_warning(tmp_path):
    places = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"), str(tmp_path))
    done = subprocess.run(
        [caddy(), "validate", "--adapter", "caddyfile", "--config", CADDYFILE],
        env=os.environ | places | {"SITE_NAME": NAME},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    told = [line for line in done.stderr.splitlines() if '"level":"warn"' in line]
    assert [line for line in told if "not formatted" not in line] == []


@pytest.mark.parametrize("page", ["/en/", "/admin/login/", "/initiatives.json"])
def test_each_header_that_guards_is_there_once(proxy, page):
    status, headers, _body = proxy.ask(page)
    names = [name.lower() for name, _value in headers]
    expected = GUARDS if page.endswith("/") else [name for name in GUARDS if name in names]
    assert status == 200
    assert {name: names.count(name) for name in expected} == dict.fromkeys(expected, 1)
    assert "server" not in names


def test_the_observatory_would_give_an_a_plus(proxy):
    status, headers, _body = proxy.ask("/en/", secure=False)
    redirect = (status, dict(headers)["Location"])
    assert redirect == (308, f"https://{NAME}/en/")
    assert score(proxy.ask("/en/")[1], redirect=redirect) >= 125


def test_another_name_gets_no_page(proxy):
    assert proxy.ask("/en/", host="elsewhere.example")[2] == b""


def test_what_a_client_claims_of_itself_does_not_come_through(proxy):
    forged = {"X_Forwarded_Proto": "http", "X_Forwarded_For": "203.0.113.9"}
    forged |= {"X_Forwarded_Host": "elsewhere.example", "Forwarded": "for=203.0.113.9"}
    status, headers, page = proxy.ask("/admin/login/", **forged, X_Request_ID="forged-number")
    assert status == 200  # no redirect to itself
    assert b"elsewhere.example" not in page
    assert re.fullmatch("[0-9a-f-]{36}", dict(headers)["X-Request-Id"])


def test_numbers_of_the_site_need_their_token(proxy):
    assert proxy.ask("/metrics")[0] in (401, 403, 404)


@TOO_LARGE
def test_what_is_too_large_is_refused_unsent_in_words(proxy, path, length):
    told_too_large(proxy, path, length)


def test_chunks_without_end_are_refused(proxy):
    chunks_are_refused(proxy)


def test_files_come_as_far_as_the_site_which_knows_officers(proxy):
    files_come_as_far_as_the_site(proxy)


def test_a_long_header_is_refused(proxy):
    assert proxy.ask("/en/", X_Long="x" * 64 * 1024)[0] in (400, 431)


def test_slow_clients_are_cut_off_and_hold_nobody(proxy):
    with ExitStack() as open_ones:
        halves = [open_ones.enter_context(half_sent(proxy, number)) for number in range(60)]
        begun = time.monotonic()
        assert proxy.ask("/en/")[0] == 200
        assert time.monotonic() - begun < 1
        # Caddy 2.6 says 200 of its own to whom it cuts off, with nothing behind it.
        assert {b"<" in answered(connection) for connection in halves} == {False}


def test_the_log_has_no_addresses(proxy):
    for path in ("/en/preview/KEYKEYKEY/", "/en/?q=KEYKEYKEY"):
        proxy.ask(path, Referer=f"https://{NAME}/KEYKEYKEY")
    time.sleep(0.2)
    log = (proxy.folder / "caddy.log").read_text()
    assert "handled request" in log
    assert "KEYKEYKEY" not in log


def test_text_is_compressed_and_asked_about_again(proxy):
    status, headers, body = proxy.ask("/api/v1/schema/", Accept_Encoding="gzip")
    named = dict(headers)
    assert (status, named["Content-Encoding"]) == (200, "gzip")
    assert json.loads(gzip.decompress(body))
    assert proxy.ask("/api/v1/schema/", If_None_Match=named["Etag"])[0] == 304


def test_static_files_come_whole(proxy):
    status, headers, body = proxy.ask("/static/css/site.css")
    assert (status, dict(headers)["Content-Type"].split(";")[0]) == (200, "text/css")
    assert len(body) > 1000


def test_while_the_site_is_away_that_is_said(proxy):
    proxy.site.shut()
    status, headers, page = proxy.ask("/ru/")
    named = dict(headers)
    assert (status, named["Retry-After"], named["Cache-Control"]) == (503, "60", "no-store")
    assert named["Content-Security-Policy"].startswith("default-src 'none'")
    assert len(re.findall(r'lang="(en|ru|uz|kk)"', page.decode())) == 4
