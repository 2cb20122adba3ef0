"""Headers that keep a page to itself, on pages, formats and static files."""

from contextlib import closing

import pytest

ADDRESSES = ("/en/", "/initiatives.json", "/admin/login/", "/static/css/site.css", "/healthz")
EXPECTED = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
}

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_answer_keeps_to_itself(client, address):
    with closing(client.get(address)) as answer:  # a static file stays open until then
        assert {name: answer.headers.get(name) for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize("address", ["/en/", "/en/initiatives/", "/admin/login/"])
def test_pages_run_only_what_we_serve(client, address):
    policy = client.get(address).headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == "'self'"
    assert rules["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("address", ["/robots.txt", "/sitemap.xml", "/.well-known/security.txt"])
def test_small_files_are_not_sent_twice(client, address):
    said = client.get(address).headers
    for name, value in (("ETag", "if-none-match"), ("Last-Modified", "if-modified-since")):
        assert client.get(address, headers={value: said[name]}).status_code == 304
        assert client.head(address).headers[name] == said[name]
