"""Lines of the log: whole, of one request, in one line, and without what tells of persons."""

import json
import logging
import re
import sys

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation

from tests.desk import make_chief
from tests.factories import make_initiative
from tracker.logs import logging_of, request_ids
from tracker.logs.cleaning import clean
from tracker.logs.lines import JsonLine, PlainLine

NUMBER = "0f8fad5b-d9cb-469f-a165-70867728950e"
FORMS = [PlainLine, JsonLine]


class Lines(logging.Handler):
    """Keeps what a handler with this formatter would write."""

    def __init__(self, form):
        super().__init__()
        self.setFormatter(form())
        self.texts = []

    def emit(self, record):
        self.texts.append(self.format(record))


@pytest.fixture
def lines(request):
    handler = Lines(getattr(request, "param", JsonLine))
    logger = logging.getLogger("tracker.access")
    before = logger.level
    logger.setLevel("INFO")
    logging.getLogger().addHandler(handler)
    yield handler.texts
    logging.getLogger().removeHandler(handler)
    logger.setLevel(before)


def of_access(texts):
    return [one for one in map(json.loads, texts) if one["logger"] == "tracker.access"]


def record_of(message="It failed", *, error=None, **extra):
    try:
        if error:
            raise error
        told = None
    except Exception:
        told = sys.exc_info()
    logger = logging.getLogger("tracker.test")
    return logger.makeRecord("tracker.test", 40, "x.py", 1, message, (), told, extra=extra)


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("no mail to aziza.k+1@example.uz today", "no mail to …@… today"),
        ("at postgres://tracker:s3cret@db.example/x", "at postgres://…@db.example/x"),
        ("Not Found: /en/initiatives/?q=Aziza&page=2", "Not Found: /en/initiatives/?…"),
        ("Cookie: sessionid=abc; csrftoken=def", "Cookie: …"),
        ("'Authorization': 'Bearer abc def'", "'Authorization': …"),
        ("password=hunter2 was wrong", "password=… was wrong"),
        ("/admin/reset/MQ/cq2w2x-" + "8f" * 16 + "/", "/admin/reset/MQ/…/"),
        ("/en/preview/eyJhIjoxfQ:1tQx2p:" + "kZ3-_" * 8 + "/", "/en/preview/…/"),
        ("session q1w2e3r4t5y6u7i8o9p0a1s2d3f4g5h6", "session …"),
        ("token Zm9vYmFyQmF6MTIzNDU2Nzg5", "token …"),
        # What is no secret stays.
        ("the body of CI-2025-0001 at position 2 does not verify",) * 2,
        ("sha256 " + "ab12" * 16,) * 2,
        ("initiatives/editions/index/content.py in catch_up_with_all_lines_2",) * 2,
        ("Was it so? Yes.",) * 2,
        (NUMBER,) * 2,
    ],
)
def test_what_tells_of_persons_or_lets_in_is_taken_out(text, instead):
    assert clean(text) == instead


@pytest.mark.once
@pytest.mark.parametrize("form", FORMS)
def test_a_line_says_when_with_the_zone_where_and_of_which_request(form):
    record = record_of("Queue of mails")
    record.created = 1_767_225_600.25
    request_ids.begin(NUMBER)
    try:
        text = form().format(record)
    finally:
        request_ids.begin(request_ids.NONE)
    told = ["2026-01-01T00:00:00.250+00:00", "ERROR", "tracker.test", "Queue of mails", NUMBER]
    assert [one for one in told if one not in text] == []


@pytest.mark.once
def test_a_line_of_json_has_what_the_caller_adds_and_not_the_request():
    record = record_of(event="signed_in", account=7, mails=["a@b.uz"], request=object())
    told = json.loads(JsonLine().format(record))
    del told["time"]
    assert told == {
        "level": "ERROR",
        "logger": "tracker.test",
        "message": "It failed",
        "request_id": "-",
        "event": "signed_in",
        "account": 7,
        "mails": ["…@…"],
    }


@pytest.mark.once
@pytest.mark.parametrize("form", FORMS)
def test_nobody_can_write_a_line_of_their_own(form):
    text = form().format(record_of("Not Found: /x\r\n2026-01-01 INFO forged\x1b[2J\u2028y"))
    assert len(text.splitlines()) == 1
    assert "\x1b" not in text


@pytest.mark.once
@pytest.mark.parametrize("form", FORMS)
def test_what_failed_has_its_traceback_without_persons(form):
    text = form().format(record_of(error=ValueError("aziza@example.uz is there twice")))
    assert "Traceback" in text
    assert "is there twice" in text
    assert "aziza" not in text


@pytest.mark.once
@pytest.mark.parametrize("form", FORMS)
def test_what_a_stranger_sent_is_one_line_and_whole_for_mails(form):
    record = record_of("Invalid Host", error=SuspiciousOperation("Invalid Host"))
    assert "Traceback" not in form().format(record)
    assert record.exc_info is not None
    assert record.exc_text is None


@pytest.mark.once
def test_a_form_or_level_that_is_none_stops_the_start():
    for values in (("yaml", "INFO"), ("json", "LOUD")):
        with pytest.raises(ImproperlyConfigured, match="it must be one of"):
            logging_of(*values, access=True)


@pytest.mark.once
def test_the_lines_of_the_server_are_json_as_well():
    assert "gunicorn.error" in logging_of("json", "INFO", access=True)["loggers"]
    assert "gunicorn.error" not in logging_of("plain", "INFO", access=True)["loggers"]


@pytest.mark.once
@pytest.mark.parametrize(
    ("given", "proxies", "taken"),
    [
        (NUMBER, 1, True),
        ("a1b2c3d4", 2, True),
        (NUMBER, 0, False),  # a client's own word
        ("short", 1, False),
        ("a" * 65, 1, False),
        ("a1b2c3d4\r\nX: y", 1, False),
        ("a@example.uz", 1, False),
        ("", 1, False),
    ],
)
def test_a_number_is_taken_from_a_proxy_of_ours_where_it_can_be_one(given, proxies, taken):
    number = request_ids.number_of({"HTTP_X_REQUEST_ID": given}, proxies)
    assert (number == given) is taken
    assert taken or re.fullmatch("[0-9a-f]{32}", number)


@pytest.mark.django_db
def test_each_answer_bears_its_number_and_each_request_has_one_line(client, settings, lines):
    settings.PROXIES = 1
    for path in ("/healthz?q=Aziza", "/en/nothing/?q=Aziza", "/robots.txt"):
        answer = client.get(path, headers={"X-Request-ID": NUMBER})
        assert answer["X-Request-ID"] == NUMBER
    told = of_access(lines)
    assert [one["path"] for one in told] == ["/healthz", "/en/nothing/", "/robots.txt"]
    assert {one["request_id"] for one in told} == {NUMBER}
    assert [one["status"] for one in told] == [400, 404, 200]
    assert "Aziza" not in "".join(lines)
    assert client.get("/healthz")["X-Request-ID"] != NUMBER
    assert request_ids.request_id() == "-"


@pytest.mark.django_db
def test_the_line_names_the_account_by_its_key_and_asks_nothing_for_it(
    client, lines, django_assert_num_queries
):
    chief = make_chief()
    client.force_login(chief)
    client.get("/admin/")
    with django_assert_num_queries(0):
        client.get("/healthz")
    assert [one["account"] for one in of_access(lines)] == [str(chief.pk), None]
    assert chief.username not in "".join(lines)


@pytest.mark.django_db
def test_an_officer_who_asks_for_more_than_their_rights_is_told_of(client, lines):
    user = User.objects.create_user("reader", is_staff=True)
    client.force_login(user)
    assert client.get("/admin/auth/user/").status_code == 403
    told = [one for one in map(json.loads, lines) if one["logger"] == "tracker.audit"]
    assert [(one["event"], one["account"], one["path"]) for one in told] == [
        ("refused", str(user.pk), "/admin/auth/user/")
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("lines", FORMS, indirect=True)
@pytest.mark.parametrize(
    "address", ["/en/", "/admin/initiatives/initiative/?created_by__password=x"]
)
def test_a_wrong_host_and_an_unknown_filter_are_one_line(client, lines, address):
    client.force_login(make_chief())
    host = "evil.example" if address == "/en/" else "testserver"
    answer = client.get(address, headers={"Host": host})
    assert answer.status_code == (400 if address == "/en/" else 302) or answer.status_code == 400
    told = [one for one in lines if "tracker.access" not in one]
    assert len(told) == 1
    assert len(told[0].splitlines()) == 1
    assert "Traceback" not in told[0]


@pytest.mark.django_db
def test_what_lets_in_is_no_part_of_the_path(rf, client, lines):
    initiative = make_initiative(publication="draft")
    secret = "eyJhIjoxfQ:1tQx2p:kZ3-_kZ3-_kZ3-_kZ3-_kZ3-_"
    assert client.get(f"/en/preview/{secret}/").status_code in (404, 410)
    assert of_access(lines)[0]["path"] == "/en/preview/…/"
    client.get(f"/admin/reset/MQ/cq2w2x-{'8f' * 16}/")
    assert "8f8f" not in "".join(lines)
    client.get(f"/en/initiatives/{initiative.code}/")
    assert of_access(lines)[-1]["path"] == f"/en/initiatives/{initiative.code}/"
