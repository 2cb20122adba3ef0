"""Five thousand hostile requests to each database: none of them is answered with an error of the
server, whoever sends them."""

import json
import logging
import traceback
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client

from initiatives.choices import DeskRole
from initiatives.publication import issue_missing
from tests.desk import address, edit, make_officer, signed_in, values_of
from tests.factories import cite, make_initiative, make_status_change
from tests.hostile import Inventor
from tests.test_desk_matrix import records  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.no_editions]
SEEDS = range(10)
PUBLIC, DESK, FORMS = 330, 150, 20  # with each seed: 5,000 together


@pytest.fixture(autouse=True)
def _quiet():
    """Each refusal leaves a line, of which nobody reads thousands."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def known(records):  # noqa: F811
    """Values that are there, by the name of the argument of an address that takes them."""
    shown = make_initiative("CI-2025-0001", title_en="A road", summary_en="A road")
    cite(make_status_change(shown))
    issue_missing()
    keys = sorted({str(row.pk) for row in records.values()} | {str(shown.pk)})
    return {
        "object_id": tuple(keys),
        "key": (*keys, "kz", "energy", "bank", "secret"),
        "code": ("CI-2025-0001", records["initiative"].code),
        "iso2": ("kz", "uz", "KZ"),
        "slug": ("energy", "secret", "bank"),
        "number": ("1", "2"),
        "pair": ("kz-uz", "uz-kz"),
        "change_id": (str(records["change"].pk),),
        "content_type_id": ("1", "7"),
        "step": ("keep", "submit", "publish"),
        "file_format": ("csv", "xlsx", "json"),
        "app_label": ("initiatives", "auth"),
    }


def answered(client, method, path, **sent):
    """What went wrong, if an answer is an error of the server or cannot be read to its end."""
    try:
        with transaction.atomic():
            answer = client.generic(method, path, **sent)
            answer.getvalue() if hasattr(answer, "getvalue") else b"".join(answer)
            failed = answer.status_code >= 500
            transaction.set_rollback(failed)
    except Exception:
        return traceback.format_exc(limit=-4)
    if not failed:
        return ""
    error = getattr(answer, "exc_info", None)
    return "".join(traceback.format_exception(*error)[-6:]) if error else str(answer.status_code)


def sent_by(inventor, client, *, desk):
    made = inventor.request(desk=desk)
    headers = dict(made.headers)
    if desk and "HTTP_COOKIE" in headers:  # beside the session
        session = client.cookies["sessionid"].value
        headers["HTTP_COOKIE"] += f"; sessionid={session}"
    wrong = answered(
        client,
        made.method,
        made.path,
        data=made.body,
        content_type=made.content_type,
        **{"QUERY_STRING": made.query, **headers},
    )
    return [f"{made}\n{wrong}"] if wrong else []


@pytest.mark.parametrize("seed", SEEDS)
def test_the_public_site_answers_in_words(known, seed):
    client = Client(raise_request_exception=False)
    inventor, found = Inventor(seed, known), []
    for _ in range(PUBLIC):
        found += sent_by(inventor, client, desk=False)
    assert found == [], "\n\n".join(found)


def officer_of(records):  # noqa: F811
    """An editor of one desk: may open forms of what that covers, and decide nothing."""
    return make_officer("editor", DeskRole.EDITOR, records["desk"])


@pytest.mark.parametrize("seed", SEEDS)
def test_the_desk_answers_in_words(known, records, seed):  # noqa: F811
    officer = officer_of(records)
    client, inventor, found = _client(officer), Inventor(1000 + seed, known), []
    for _ in range(DESK):
        found += sent_by(inventor, client, desk=True)
        if "sessionid" not in client.cookies or not client.cookies["sessionid"].value:
            client = _client(officer)
    assert found == [], "\n\n".join(found)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_forms_of_the_desk_answer_in_words(known, records, seed):  # noqa: F811
    client, inventor, found = _client(officer_of(records)), Inventor(2000 + seed, known), []
    pages = forms_of(records)
    pages = [pages[(seed + number) % len(pages)] for number in range(3)]
    filled = [(page, values_of(client.get(page))) for page in pages]
    for number in range(FORMS):
        page, values = filled[number % len(filled)]
        typed = inventor.typed({**values, "_save": ""})
        body = urlencode(typed, doseq=True, errors="surrogateescape")
        form = "application/x-www-form-urlencoded"
        if wrong := answered(client, "POST", page, data=body, content_type=form):
            found.append(f"{page} {json.dumps(typed)[:3000]}\n{wrong}")
    assert found == [], "\n\n".join(found)


def _client(officer):
    client = signed_in(officer)
    client.raise_request_exception = False
    return client


def forms_of(records):  # noqa: F811
    kept = ("initiative", "event", "source", "organisation", "milestone", "funding", "citation")
    status = f"{address('initiative', 'status', records['initiative'].pk)}?to=cancelled"
    return [
        *(edit(records[name]) for name in kept),
        *(address(name, "add") for name in ("initiative", "event", "source")),
        address("event", "session"),
        status,
        address("importbatch", "send"),
    ]
