"""Every address of the desk, with every role: who gets in, and that nothing leaks by name."""

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from initiatives import models
from initiatives.choices import DeskRole
from tests.desk import make_chief, make_desk, make_officer, signed_in
from tests.factories import (
    add_organisation,
    cite,
    link_event,
    make_event,
    make_funding,
    make_initiative,
    make_milestone,
    make_organisation,
    make_source,
    make_status_change,
)
from tests.stories import revise

pytestmark = pytest.mark.django_db
VIEWER, EDITOR, REVIEWER, PUBLISHER = DeskRole.values
CHIEF, NOBODY = 5, 9
SECRET = "Zarafshon"  # in every name of what the desk covers

# Page → the least role that may read it, and that may post to it.
_EDITED = {
    "changelist": (VIEWER, VIEWER),
    "add": (EDITOR, EDITOR),
    "change": (VIEWER, EDITOR),
    "revert": (EDITOR, EDITOR),
    "presence": (EDITOR, EDITOR),
}
_SHARED = {**_EDITED, "delete": (CHIEF, CHIEF)}
_PART = {**_EDITED, "delete": (EDITOR, EDITOR)}
_LIST = {
    "changelist": (VIEWER, VIEWER),
    "add": (CHIEF, CHIEF),
    "change": (VIEWER, CHIEF),
    "revert": (CHIEF, CHIEF),
    "presence": (CHIEF, CHIEF),
    "delete": (CHIEF, CHIEF),
}
_READ = {
    "changelist": (VIEWER, VIEWER),
    "add": (NOBODY, NOBODY),
    "change": (VIEWER, NOBODY),
    "delete": (NOBODY, NOBODY),
}
_ASKED = {**_READ, "change": (VIEWER, REVIEWER)}
_FILES = {**_READ, "change": (CHIEF, NOBODY), "history": (CHIEF, NOBODY)}
MATRIX = {
    "initiative": {
        **_EDITED,
        "delete": (PUBLISHER, PUBLISHER),
        "submit": (EDITOR, EDITOR),
        "return": (EDITOR, EDITOR),
        "publish": (PUBLISHER, PUBLISHER),
        "checked": (EDITOR, EDITOR),
        "status": (EDITOR, EDITOR),
        "withdraw": (PUBLISHER, PUBLISHER),
        "bulk": (VIEWER, VIEWER),  # each act asks for a role of its own, see test_bulk_pages
        "export": (VIEWER, VIEWER),  # of what the officer sees
        "keep": (VIEWER, VIEWER),
        "forget": (VIEWER, VIEWER),  # one's own filters
    },
    "milestone": _PART,
    "funding": _PART,
    "citation": _PART,
    "event": {**_SHARED, "session": (EDITOR, EDITOR), "points": (EDITOR, EDITOR)},
    "source": {
        **_SHARED,
        "clues": (EDITOR, EDITOR),
        "address": (EDITOR, EDITOR),
        "take_down": (CHIEF, CHIEF),
    },
    "organisation": _SHARED,
    "country": _LIST,
    "sector": _LIST,
    "desk": {**_LIST, "revert": (NOBODY, NOBODY)},  # a role is given with a password
    "change": _READ,
    "accountevent": {
        **_READ,
        "changelist": (CHIEF, CHIEF),
        "change": (CHIEF, NOBODY),
        "history": (CHIEF, NOBODY),
    },
    "statuschange": _READ,
    "daterevision": _READ,
    "changerequest": {**_ASKED, "mend": (NOBODY, NOBODY)},  # only who asked, see below
    "errorreport": {**_READ, "change": (VIEWER, EDITOR)},
    "changeset": {**_READ, "change": (VIEWER, EDITOR)},  # each row by its own rights
    "importbatch": {
        **_FILES,
        "send": (EDITOR, EDITOR),
        "apply": (CHIEF, CHIEF),  # one's own or all: see test_import_pages
        "undo": (CHIEF, CHIEF),
        "failed": (CHIEF, CHIEF),
    },
    "importrow": _FILES,
}
_OF_EVERY_RECORD = {"history": (VIEWER, NOBODY)}
# Pages that no record is needed for, and steps that only a POST takes.
_WITHOUT_KEY = {"changelist", "add", "clues", "bulk", "session"}
_READ_ONLY = {"history", "clues"}  # a POST changes nothing there, whoever sends it
_POST_ONLY = {"submit", "return", "publish", "checked", "revert", "presence"}
_WITHOUT_KEY |= {"export", "keep", "forget"}
_POST_ONLY |= {"keep", "forget", "address"}
# What an address names beside the record.
_FURTHER = {"export": ["csv"], "forget": ["1"], "address": ["keep"]}
# A document is asked for by its digest, see test_source_documents.
_BY_DIGEST = {("document", "")}
# What everybody at the desk may see: it is in no desk's hands.
_COMMON = {"country", "sector"}
# Steps of an import.
_WITHOUT_KEY |= {"send"}
_READ_ONLY |= {"failed"}
_POST_ONLY |= {"apply", "undo"}


def addresses_of_the_desk():
    """(model, page) of every address that the admin has for our models."""
    for pattern in _named(admin.site.urls[0]):
        _app, _, rest = pattern.partition("initiatives_")
        model, _, page = rest.partition("_")
        if rest:
            yield model, page


def _named(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _named(pattern.url_patterns)
        elif pattern.name and pattern.name.startswith("initiatives_"):
            yield pattern.name


def test_no_address_is_missing_in_the_matrix():
    known = {
        (model, page) for model, pages in MATRIX.items() for page in {**_OF_EVERY_RECORD, **pages}
    }
    assert set(addresses_of_the_desk()) == known | _BY_DIGEST


@pytest.fixture
def records():
    """One row of every kind, all of them known to nobody but the desk."""
    made = make_initiative(title_en=f"{SECRET} bridge", publication="draft", summary_en=SECRET)
    event = make_event("secret", title_en=f"{SECRET} summit")
    link_event(made, event)
    add_organisation(made, make_organisation("secret", name_en=f"{SECRET} bank").slug)
    source = make_source("secret", title=f"{SECRET} treaty")
    rows = [make_milestone(made, SECRET), make_funding(made), cite(made, source), event, source]
    rows += [make_status_change(made, reason_en=SECRET), revise(made), made]
    asked = {"model": "initiative", "key": [made.code], "kind": "edit"}
    rows += [made.change_requests.create(**asked), made.changes.create(action="changed", **_change)]
    rows += [made.error_reports.create(number=1, wrong=SECRET, language="en")]
    rows += [models.ChangeSet.objects.create(kind="session", event=event)]
    made.changes.create(action="changed", change_set=rows[-1], **_change)
    batch = models.ImportBatch.objects.create(file_name=SECRET, sha256="0")
    rows += [batch, batch.rows.create(number=1, action="create", key=SECRET)]
    rows += [models.Organisation.objects.get(), models.Country.objects.first()]
    rows += [models.AccountEvent.objects.create(act="desk", detail=SECRET)]
    rows += [models.Sector.objects.first(), make_desk("Ours", countries=["UZ"])]
    return {row._meta.model_name: row for row in rows}


_change = {"model": "initiative", "key": ["x"], "fields": {"title_en": [None, SECRET]}}


def all_pages(records):
    """(model, page, address, least role to read, least role to post)."""
    for model, pages in MATRIX.items():
        for page, (read, post) in {**_OF_EVERY_RECORD, **pages}.items():
            key = [] if page in _WITHOUT_KEY else [records[model].pk]
            key += [records["change"].pk] if page == "revert" else _FURTHER.get(page, [])
            yield model, page, reverse(f"admin:initiatives_{model}_{page}", args=key), read, post


def refused(client, method, address, page):
    """Whether the desk says no; what a POST did is undone."""
    if method == "get" and page in _POST_ONLY:
        return client.get(address).status_code != 405
    with transaction.atomic():
        status = getattr(client, method)(address, {"post": "yes"}).status_code
        transaction.set_rollback(True)
    assert status < 500
    return status == 403


def officer_of(role, records):
    if role == CHIEF:
        return make_chief()
    return make_officer(f"officer-{role}", role, records["desk"])


@pytest.mark.slow
@pytest.mark.parametrize("role", [*DeskRole.values, CHIEF])
def test_a_member_of_the_desk_gets_in_where_the_role_allows(records, role):
    client = signed_in(officer_of(role, records))
    wrong = []
    for model, page, address, read, post in all_pages(records):
        for method, least in (("get", read), ("post", post)):
            if page in _READ_ONLY and method == "post":
                continue
            if page in _POST_ONLY and method == "get":
                least = VIEWER  # answered with 405, whoever asks
            if refused(client, method, address, page) != (role < least):
                wrong.append((model, page, method))
    assert wrong == []


@pytest.mark.parametrize("kind", ["stranger", "elsewhere"])
def test_an_officer_of_no_or_another_desk_is_kept_out_of_every_record(records, kind):
    client = signed_in(officer_outside(kind))
    let_in = [
        (model, page)
        for model, page, address, _read, _post in all_pages(records)
        if page not in _WITHOUT_KEY | _POST_ONLY and not refused(client, "get", address, page)
    ]
    common = {model for model, _page in let_in}
    assert common <= (_COMMON if kind == "elsewhere" else set())


def officer_outside(kind):
    """Somebody without a desk, or a publisher of a desk that covers something else."""
    officer = make_officer(kind, PUBLISHER, make_desk("Theirs", countries=["KG"]))
    if kind == "stranger":
        officer.desks.all().delete()
    return officer


@pytest.mark.parametrize("kind", ["stranger", "elsewhere"])
def test_an_officer_of_no_or_another_desk_changes_nothing(records, kind):
    client = signed_in(officer_outside(kind))
    for model, page, address, _read, _post in all_pages(records):
        if page not in _WITHOUT_KEY | _READ_ONLY:
            assert refused(client, "post", address, page), (model, page)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["stranger", "elsewhere"])
def test_nothing_leaks_by_name_to_an_officer_outside(records, kind):
    client = signed_in(officer_outside(kind))
    pages = [address for _model, _page, address, _read, _post in all_pages(records)]
    lists = [reverse(f"admin:initiatives_{model}_changelist") for model in MATRIX]
    searches = [f"{address}?q={SECRET}" for address in lists]
    for address in [reverse("admin:index"), *pages, *searches, *completions()]:
        answer = client.get(address, follow=True)
        shown = answer.getvalue().decode()
        for asked in (f'value="{SECRET}"', f"q={SECRET}", f"q%3D{SECRET}", f"term={SECRET}"):
            shown = shown.replace(asked, "")
        assert SECRET not in shown, address


def completions():
    """Every field of the desk that completes what is typed."""
    for model_admin in admin.site._registry.values():
        inlines = [(inline.model, inline.autocomplete_fields) for inline in model_admin.inlines]
        for model, fields in [(model_admin.model, model_admin.autocomplete_fields), *inlines]:
            for field in fields:
                label, name = model._meta.app_label, model._meta.model_name
                query = f"?app_label={label}&model_name={name}&field_name={field}&term={SECRET}"
                yield reverse("admin:autocomplete") + query


def test_the_search_for_leaks_would_find_one(records):
    client = signed_in(officer_of(VIEWER, records))
    found = [address for address in completions() if SECRET in client.get(address).content.decode()]
    assert found
    assert SECRET in client.get(reverse("admin:initiatives_initiative_changelist")).content.decode()


def test_a_visitor_is_asked_to_sign_in_at_every_address(client, records):
    for _model, _page, address, _read, _post in all_pages(records):
        assert client.get(address).headers["Location"].startswith("/admin/login/")
        answer = client.post(address, {"title_en": "Typed"})
        assert answer.status_code == 403
        assert "signed out" in answer.content.decode()
