"""The public register as a chain: what each line shows, and that a stranger can check it."""

import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml import html

from initiatives.editions import chain, script
from initiatives.public.editions import register
from tests.editions import CODE, append, plain_record, redact, withdrawal
from tests.stories import HOSTILE

OTHER = "CI-2025-0002"
HOUR = timedelta(hours=1)
database = pytest.mark.django_db
pytestmark = pytest.mark.no_editions


def lines(client, address="/editions.jsonl"):
    answer = client.get(address)
    assert answer.status_code == 200
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


@database
def test_each_edition_is_a_line_with_its_text_and_all_that_its_digest_covers(client):
    first, second = append(plain_record(), plain_record(title="Мост"))
    shown = lines(client)
    assert [line["position"] for line in shown] == [1, 2]
    assert shown[1]["body"]["title"] == {"en": "Мост"}
    names = "position kind key number since state cause batch body_digest digest body"
    assert list(shown[0]) == names.split()
    parts = [shown[1][name] for name in ("kind", "key", "number", "since", "state", "body_digest")]
    assert chain.digest_of(chain.Line(first.digest, *parts)) == shown[1]["digest"] == second.digest


@database
@pytest.mark.parametrize("prefix", ["", "/en", "/ru", "/uz", "/kk"])
def test_the_register_is_the_same_under_every_prefix(client, prefix):
    append(plain_record(), plain_record(title="New"))
    answer = client.get(f"{prefix}/editions.jsonl")
    assert answer["Content-Type"] == "application/jsonl"
    assert lines(client, f"{prefix}/editions.jsonl") == lines(client)


@database
def test_lines_after_a_position_and_none_after_the_last(client):
    append(*(plain_record(title=f"T{number}") for number in range(5)))
    assert [line["position"] for line in lines(client, "/editions.jsonl?after=3")] == [4, 5]
    assert len(lines(client, "/editions.jsonl?after=0")) == 5
    for after in ("5", "2147483648", "9" * 18, "9" * 19, "9" * 70):
        assert lines(client, f"/editions.jsonl?after={after}") == []


@database
def test_an_empty_register_has_no_lines(client):
    assert lines(client) == []


@database
@pytest.mark.parametrize(
    "query",
    "after=-1 after=x after= after=1.0 after=1&after=2 after=%D9%A1 after=1e3 "
    "limit=5 aftr=1 from=1 page=1".split(),
)
def test_what_is_no_position_is_refused_with_the_reason(client, query):
    answer = client.get(f"/editions.jsonl?{query}")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    errors = json.loads(answer.content)["errors"]
    assert list(errors) == [query.partition("=")[0]]


@database
def test_what_is_not_public_yet_or_never_was_shows_position_and_digest_alone(client):
    append(plain_record(title="CANARY"), key=OTHER, since=timezone.now() + HOUR)
    append(plain_record(title="CANARY"), since=timezone.now() + HOUR)
    append(plain_record(title="New"), since=timezone.now() - HOUR)
    later, replaced, shown = lines(client)
    for line in (later, replaced):
        assert set(line) == {"position", "digest", "withheld"}
        assert line["withheld"] is True
    assert shown["body"]["title"] == {"en": "New"}


@database
def test_of_a_withdrawn_record_and_of_a_text_taken_out_all_is_shown_but_the_text(client):
    append(plain_record("CI-2025-0003"), withdrawal(en="CANARY"), key="CI-2025-0003")
    first, _second = append(plain_record(title="CANARY"), plain_record())
    redact(first)
    *gone, redacted, shown = lines(client)
    assert [line.get("withdrawn") for line in gone] == [True, True]
    assert redacted["redacted"] is True
    assert "body" in shown
    for line in (*gone, redacted):
        assert "body" not in line
        assert {"kind", "key", "number", "since", "state", "body_digest"} <= set(line)
    assert "CANARY" not in json.dumps([*gone, redacted])


@database
def test_a_record_that_is_public_again_shows_all_its_lines(client):
    append(plain_record(), withdrawal(en="Twice"), plain_record())
    assert ["body" in line for line in lines(client)] == [True, True, True]


@database
def test_each_chunk_is_one_query_and_is_read_when_it_is_sent(client, monkeypatch):
    monkeypatch.setattr(register, "_CHUNK", 5)
    append(*(plain_record(title=f"T{number}") for number in range(20)))
    with CaptureQueriesContext(connection) as captured:
        found = client.get("/editions.jsonl")
        before = len(captured)
        assert len(b"".join(found.streaming_content).splitlines()) == 20
    assert (before, len(captured)) == (3, 7)


@database
def test_the_page_shows_the_script_that_is_served(client):
    served = client.get(f"/{script.NAME}")
    assert served["Content-Type"] == "text/x-python; charset=utf-8"
    assert client.get(f"/{script.NAME}?x=1").status_code == 400
    for language in ("en", "ru", "uz", "kk"):
        page = html.fromstring(client.get(f"/{language}/about/data/").content.decode())
        assert page.cssselect("pre.script code")[0].text == served.content.decode()
        for address in page.cssselect("#data-editions ~ p a"):
            assert client.get(address.get("href")).status_code == 200


class Checked:
    """The script of the page, run against a site by a Python of its own."""

    def __init__(self, page, folder, register) -> None:
        program = folder / script.NAME
        program.write_text(html.fromstring(page).cssselect("pre.script code")[0].text)
        command = [sys.executable, "-I", program, register]
        self.done = subprocess.run(command, capture_output=True, text=True, timeout=120)

    @property
    def words(self):
        return self.done.stdout + self.done.stderr


@pytest.fixture
def check(client, live_server, tmp_path):
    page = client.get("/en/about/data/").content.decode()
    return lambda address="/editions.jsonl": Checked(page, tmp_path, live_server.url + address)


@pytest.mark.django_db(transaction=True)
def test_a_stranger_checks_the_register_with_the_script_of_the_page(check):
    texts = [HOSTILE.replace("\x0b", "\t"), 'ў қ " \\ / \x7f \x1f', "\u2028 \U0001f7e0 é é"]
    append(*(plain_record(title=text) for text in texts))
    append(plain_record(title="Later"), key=OTHER, since=timezone.now() + HOUR)
    append(plain_record("CI-2025-0003"), withdrawal(en="Twice"), key="CI-2025-0003")
    *_others, last = append(plain_record(title="Last"))
    found = check()
    assert found.done.returncode == 0, found.words
    assert f"holds up to position 7, whose digest is {last.digest}" in found.words
    assert "1 withheld lines, and the texts of 2 more" in found.words


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("body", {"title": {"en": "x"}}),
        ("body_digest", "0" * 64),
        ("digest", "0" * 64),
        ("since", "x"),
        ("key", "y"),
        ("number", 7),
        ("state", "withdrawn"),
        ("position", 3),
    ],
)
def test_the_script_names_the_position_that_was_tampered_with(check, monkeypatch, name, value):
    append(*(plain_record(title=f"T{number}") for number in range(3)))
    true = register._line
    monkeypatch.setattr(
        register,
        "_line",
        lambda row: true(row) | ({name: value} if row["position"] == 2 else {}),
    )
    found = check()
    assert found.done.returncode == 1
    assert "osition 2" in found.words
    assert CODE not in found.words
