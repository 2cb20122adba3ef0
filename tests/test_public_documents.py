"""The document of a public source: on the record, in its files, at its own address."""

import hashlib
import json

import pytest
from django.core.management import call_command

from initiatives import actions, document_store
from initiatives.choices import EventPublication
from initiatives.models import Change, Edition, EditionFile, Source
from tests.desk import edit, make_chief, signed_in, values_of
from tests.documents import PDF, attach, keep_in, png, source_with
from tests.factories import cite, make_event, make_initiative, make_source

pytestmark = pytest.mark.django_db
CODE = "CI-2025-0001"
SHA256 = hashlib.sha256(PDF).hexdigest()
PLACE = f"/documents/{SHA256}/"
NOWHERE = (
    f"/en/initiatives/{CODE}/",
    f"/initiatives/{CODE}.json",
    "/initiatives.json",
    "/initiatives.csv",
    f"/initiatives/{CODE}.iati.xml",
    f"/api/v1/initiatives/{CODE}/",
    f"/en/initiatives/{CODE}/editions/1/",
    "/editions.jsonl",
    f"/initiatives/{CODE}.atom",
    "/sitemap.xml",
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    return keep_in(settings, tmp_path)


@pytest.fixture
def record():
    return make_initiative(CODE)


def body_of(answer):
    return b"".join(answer.streaming_content)


def status_of(client, address):
    answer = client.get(address)
    text = b"".join(answer) if answer.streaming else answer.content  # which closes the file
    assert text
    return answer.status_code


def text_of(answer):
    return (b"".join(answer) if answer.streaming else answer.content).decode()


def test_the_public_downloads_what_a_public_source_carries(client, record):
    cite(record, source_with(name="Протокол № 3.pdf"))
    answer = client.get(PLACE)
    assert (answer.status_code, body_of(answer)) == (200, PDF)
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["ETag"] == f'"{SHA256}"'
    assert answer["Cache-Control"] == "public, no-cache"


def test_who_has_it_is_told_so(client, record):
    cite(record, source_with())
    answer = client.get(PLACE, headers={"If-None-Match": f'"{SHA256}"'})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["ETag"] == f'"{SHA256}"'
    other = client.get(PLACE, headers={"If-None-Match": '"other"'})
    assert (other.status_code, body_of(other)) == (200, PDF)


def test_head_tells_the_same_without_the_file(client, record):
    cite(record, source_with())
    answer = client.head(PLACE)
    assert answer["Content-Length"] == str(len(PDF))
    assert body_of(answer) == b""
    for close in answer._resource_closers:  # as a server does
        close()
    assert client.post(PLACE).status_code == 405


def test_the_record_names_it_with_type_size_and_digest(client, record):
    cite(record, source_with())
    for address in (f"/en/initiatives/{CODE}/", f"/en/initiatives/{CODE}/editions/1/"):
        page = text_of(client.get(address))
        assert f'href="{PLACE}"' in page
        assert "protocol.pdf" in page
        assert SHA256 in page
        assert f"{len(PDF)}\xa0bytes" in page


@pytest.mark.once
def test_machines_are_told_of_it(client, record):
    cite(record, source_with())
    told = {"media_type": "application/pdf", "name": "protocol.pdf", "sha256": SHA256}
    for address in (f"/initiatives/{CODE}.json", f"/api/v1/initiatives/{CODE}/"):
        (cited,) = json.loads(text_of(client.get(address)))["sources"]
        assert cited["document"] == {**told, "size": len(PDF)}


def test_a_source_without_a_document_says_so(client, record):
    cite(record, make_source("plain"))
    (cited,) = client.get(f"/initiatives/{CODE}.json").json()["sources"]
    assert cited["document"] is None
    assert "document" not in Edition.objects.get().body


@pytest.mark.parametrize("address", NOWHERE)
def test_nothing_hints_at_a_document_of_the_desk(client, record, address):
    cite(record, source_with(public=False, name="only-for-us.pdf"))
    answer = text_of(client.get(address))
    assert SHA256 not in answer
    assert "only-for-us" not in answer
    assert status_of(client, PLACE) == 404
    assert not EditionFile.objects.exists()


def test_neither_digest_nor_draft_nor_hidden_source_opens_it(client):
    draft = make_initiative("CI-2025-0002", publication="draft")
    cite(draft, source_with(slug="of-draft"))
    cite(make_initiative("CI-2025-0003"), source_with(png(), slug="hidden", is_public=False))
    assert status_of(client, PLACE) == 404
    assert status_of(client, f"/documents/{hashlib.sha256(png()).hexdigest()}/") == 404


@pytest.mark.once
@pytest.mark.parametrize("digest", ["x", "..", SHA256.upper(), SHA256[:-1], "%00", "é" * 64])
def test_what_is_no_digest_is_not_there(client, digest):
    assert status_of(client, f"/documents/{digest}/") in (400, 404)


@pytest.mark.once
def test_parameters_are_refused(client, record):
    cite(record, source_with())
    assert client.get(f"{PLACE}?inline=1").status_code == 400


def test_the_document_of_a_public_event_is_public(client):
    event = make_event("session", publication=EventPublication.PUBLISHED)
    cite(event, source_with())
    assert status_of(client, PLACE) == 200
    assert PLACE in text_of(client.get("/en/events/session/"))


def test_what_is_no_more_public_is_gone(client, record):
    source = source_with()
    cite(record, source)
    assert status_of(client, PLACE) == 200
    desk = signed_in(make_chief())
    values = values_of(desk.get(edit(source)))
    values.pop("document_is_public")
    desk.post(edit(source), {**values, "_save": ""})
    answer = client.get(PLACE)
    assert answer.status_code == 410
    assert "No source that is public now carries it" in text_of(answer)
    assert SHA256 not in text_of(client.get(f"/en/initiatives/{CODE}/"))
    assert Edition.objects.count() == 2


def test_a_withdrawal_takes_the_document_along(client, record):
    cite(record, source_with())
    assert status_of(client, PLACE) == 200
    actions.withdraw(record, by=make_chief(), reason={"en": "Wrong."})
    assert status_of(client, PLACE) == 410


def test_what_another_public_record_names_stays(client, record):
    source = source_with()
    cite(record, source)
    cite(make_initiative("CI-2025-0002"), source)
    assert status_of(client, PLACE) == 200
    actions.withdraw(record, by=make_chief(), reason={"en": "Wrong."})
    assert status_of(client, PLACE) == 200


def test_a_document_that_was_taken_down_tells_the_reason(
    client, record, django_capture_on_commit_callbacks
):
    source = source_with()
    cite(record, source)
    assert status_of(client, PLACE) == 200
    desk = signed_in(make_chief())
    page = f"/admin/initiatives/source/{source.pk}/take-down/"
    assert "Say in one language at least why" in text_of(desk.post(page, {}))
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(page, {"reason_en": "It names a witness."}).status_code == 302
    answer = client.get(PLACE)
    assert answer.status_code == 410
    assert "It names a witness." in text_of(answer)
    assert not document_store.has(SHA256)
    assert SHA256 not in text_of(client.get(f"/en/initiatives/{CODE}/"))


def test_what_was_taken_down_may_not_come_back(django_capture_on_commit_callbacks):
    source, chief = source_with(), make_chief()
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_down_document(SHA256, by=chief, reason={"ru": "Личные данные."})
    assert "was taken down and may not come back" in text_of(attach(signed_in(chief), source))
    change = Change.objects.get(model="source", fields__has_key="document")
    with pytest.raises(actions.Refused, match="was taken down"):
        actions.revert(change, by=chief)
    assert Source.objects.get().document == ""


def test_what_was_never_public_tells_no_reason(client, django_capture_on_commit_callbacks):
    source_with(public=False)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_down_document(SHA256, by=make_chief(), reason={"en": "Secret."})
    answer = client.get(PLACE)
    assert answer.status_code == 404
    assert "Secret" not in text_of(answer)


def test_a_file_that_is_not_at_its_place_is_no_error_of_the_server(client, record):
    cite(record, source_with())
    document_store.remove(SHA256)
    assert status_of(client, PLACE) == 404
    assert client.get(f"/en/initiatives/{CODE}/").status_code == 200


def test_asking_for_it_costs_the_same_however_many_records_cite_it(
    client, record, django_assert_num_queries
):
    source = source_with()
    cite(record, source)
    assert status_of(client, PLACE) == 200
    with django_assert_num_queries(2):
        status_of(client, PLACE)
    for number in range(2, 12):
        cite(make_initiative(f"CI-2025-{number:04}"), source)
    client.get("/en/")
    with django_assert_num_queries(2):
        status_of(client, PLACE)


def test_verify_names_a_file_that_is_missing_or_another_one(folder, capsys):
    source_with()
    call_command("verify")
    (kept,) = (path for path in folder.rglob("*") if path.is_file())
    kept.write_bytes(PDF[:-1])
    for word in ("is another one by now", "is missing"):
        with pytest.raises(SystemExit):
            call_command("verify")
        assert word in "".join(capsys.readouterr())
        kept.unlink(missing_ok=True)


@pytest.mark.once
def test_dumped_and_loaded_a_document_is_as_public_as_before(client, record, tmp_path):
    source = source_with()
    cite(record, source)
    assert status_of(client, PLACE) == 200
    dump = tmp_path / "all.json"
    call_command("dumpdata", "initiatives", natural_foreign=True, output=str(dump))
    call_command("flush", interactive=False, verbosity=0)
    call_command("loaddata", str(dump), verbosity=0)
    assert Source.objects.get().document == SHA256
    assert {row.sha256 for row in EditionFile.objects.all()} == {SHA256}
    assert status_of(client, PLACE) == 200


def test_editions_that_came_by_other_ways_open_their_documents(client, record):
    cite(record, source_with())
    assert status_of(client, PLACE) == 200
    EditionFile.objects.all()._raw_delete("default")
    call_command("issue_editions", verbosity=0)
    assert EditionFile.objects.get().sha256 == SHA256
