"""The document of a source at its form: attached, replaced, removed, refused with the cure."""

import hashlib

import pytest

from initiatives import actions, document_store
from initiatives.choices import DeskRole
from initiatives.models import Change, ChangeRequest, Source
from tests.desk import (
    address,
    edit,
    errors_in,
    make_chief,
    make_desk,
    make_officer,
    signed_in,
    values_of,
)
from tests.documents import ENCRYPTED_PDF, JPEG, PDF, attach, file, keep_in, mail, png, source_with
from tests.factories import cite, make_initiative, make_source
from tests.requesting import decide

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def sha256(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    keep_in(settings, tmp_path)


@pytest.fixture
def client():
    return signed_in(make_chief())


@pytest.fixture
def source():
    return make_source("protocol")


def texts_of(response):
    return " ".join(errors_in(response))


@pytest.mark.parametrize(
    ("content", "name", "media_type"),
    [
        (PDF, "Протокол № 3.pdf", "application/pdf"),
        (png(), "scan.png", "image/png"),
        (JPEG, "scan.jpg", "image/jpeg"),
        (mail(), "letter.eml", "message/rfc822"),
    ],
)
def test_a_source_carries_what_was_attached(client, source, content, name, media_type):
    assert attach(client, source, content, name=name).status_code == 302
    source.refresh_from_db()
    assert (source.document, source.document_name) == (sha256(content), name)
    assert (source.document_type, source.document_size) == (media_type, len(content))
    assert not source.document_is_public
    page = client.get(edit(source)).content.decode()
    assert sha256(content) in page
    assert name in page


def test_a_new_source_may_come_with_its_document(client):
    values = values_of(client.get(address("source", "add")))
    typed = {"title": "Protocol 3", "slug": "protocol-3", "kind": "protocol", "_save": ""}
    client.post(address("source", "add"), {**values, **typed, "document_file": file()})
    assert Source.objects.get(slug="protocol-3").document == sha256(PDF)


def test_the_history_tells_who_attached_what(client, source):
    attach(client, source, public=True)
    change = Change.objects.get(model="source")
    assert change.recorded_by.username == "chief"
    assert change.fields["document"] == [None, sha256(PDF)]
    assert change.fields["document_name"] == [None, "protocol.pdf"]
    assert change.fields["document_is_public"] == ["False", "True"]


def test_another_file_replaces_it_and_both_are_kept(client, source):
    attach(client, source)
    attach(client, source, png(), name="scan.png")
    source.refresh_from_db()
    assert source.document == sha256(png())
    assert document_store.has(sha256(PDF))


def test_a_document_is_removed_by_its_box(client, source):
    attach(client, source, public=True)
    values = values_of(client.get(edit(source)))
    client.post(edit(source), {**values, "document_removed": "on", "_save": ""})
    source.refresh_from_db()
    assert (source.document, source.document_name, source.document_size) == ("", "", None)
    assert not source.document_is_public


def test_the_box_that_removes_stands_only_beside_a_document(client, source):
    box = b"document_removed"
    assert box not in client.get(edit(source)).content
    assert attach(client, source, PDF).status_code == 302
    assert box in client.get(edit(source)).content


def test_a_replacement_is_taken_back(client, source):
    attach(client, source)
    attach(client, source, png(), name="scan.png")
    change = Change.objects.filter(model="source").first()
    client.post(address("source", "revert", source.pk, change.pk))
    source.refresh_from_db()
    assert (source.document, source.document_name) == (sha256(PDF), "protocol.pdf")


def test_saving_without_a_file_leaves_the_document(client, source):
    attach(client, source)
    values = values_of(client.get(edit(source)))
    client.post(edit(source), {**values, "publisher": "Ministry", "_save": ""})
    source.refresh_from_db()
    assert (source.publisher, source.document) == ("Ministry", sha256(PDF))


@pytest.mark.parametrize(
    ("content", "name", "cure"),
    [
        (b"", "protocol.pdf", "choose it again"),
        (b"<html><script>", "protocol.pdf", "print it as PDF"),
        (b"<svg/>", "scan.svg", "print it as PDF"),
        (b"PK\x03\x04" + bytes(40), "letter.docx", "print it as PDF"),
        (PDF, "page.html", "let its name end in .pdf"),
        (png(), "protocol.pdf", "let its name end in .png"),
        (PDF, f"{'x' * 300}.pdf", "Shorten it"),
    ],
)
def test_what_is_refused_is_told_beside_the_field_with_the_cure(
    client, source, content, name, cure
):
    response = attach(client, source, content, name=name, publisher="Ministry")
    assert response.status_code == 200
    assert cure in texts_of(response)
    assert "Ministry" in response.content.decode()
    source.refresh_from_db()
    assert source.document == ""
    assert not document_store.has(sha256(content))


def test_a_file_over_20_mb_is_refused_at_the_field(client, source):
    content = PDF + bytes(document_store.LARGEST)
    response = attach(client, source, content, publisher="Ministry")
    assert response.status_code == 200
    assert "more than 20.0" in texts_of(response).replace("\xa0", " ")
    assert not document_store.has(sha256(content))


def test_a_file_of_exactly_20_mb_is_taken(client, source):
    content = PDF + bytes(document_store.LARGEST - len(PDF))
    assert attach(client, source, content).status_code == 302


def test_an_encrypted_pdf_is_taken_and_told(client, source):
    response = attach(client, source, ENCRYPTED_PDF)
    source.refresh_from_db()
    assert source.document == sha256(ENCRYPTED_PDF)
    assert "asked for a password" in client.get(response.url).content.decode()


def test_a_form_refused_for_something_else_keeps_the_file(client, source):
    refused = attach(client, source, title="")
    assert "need not be chosen again" in refused.content.decode()
    again = {**values_of(refused), "title": "Protocol", "_save": ""}
    assert client.post(edit(source), again).status_code == 302
    source.refresh_from_db()
    assert (source.document, source.document_name) == (sha256(PDF), "protocol.pdf")


def test_a_kept_file_that_was_taken_down_meanwhile_is_refused(client, source):
    refused = attach(client, source, title="")
    source_with()
    actions.take_down_document(sha256(PDF), by=None, reason={"en": "It names a witness."})
    again = client.post(edit(source), {**values_of(refused), "title": "Protocol", "_save": ""})
    assert "It names a witness." in texts_of(again)
    assert "document_kept" not in {name for name, value in values_of(again).items() if value}
    source.refresh_from_db()
    assert source.document == ""


def test_a_kept_file_that_is_lost_is_asked_for_again(client, source):
    refused = attach(client, source, title="")
    document_store.remove(sha256(PDF))
    again = client.post(edit(source), {**values_of(refused), "title": "Protocol", "_save": ""})
    assert "is no longer kept. Attach it again." in texts_of(again)
    source.refresh_from_db()
    assert source.document == ""


def test_what_somebody_made_up_is_no_kept_file(client, source):
    values = {**values_of(client.get(edit(source))), "_save": "", "document_kept": "made:up:x"}
    client.post(edit(source), values)
    source.refresh_from_db()
    assert source.document == ""


def test_a_conflict_keeps_the_file_and_what_others_saved(client, source):
    mine = values_of(client.get(edit(source)))
    theirs = {**values_of(client.get(edit(source))), "publisher": "Ministry", "_save": ""}
    client.post(edit(source), theirs)
    refused = client.post(edit(source), {**mine, "_save": "", "document_file": file()})
    assert refused.status_code == 200
    again = {**values_of(refused), "_save": ""}
    again["overwrite"] = values_of(refused).get("merged", "")
    assert client.post(edit(source), again).status_code == 302
    source.refresh_from_db()
    assert (source.publisher, source.document) == ("Ministry", sha256(PDF))


def test_a_public_document_of_a_source_for_the_desk_is_refused(client, source):
    values = values_of(client.get(edit(source)))
    values.pop("is_public")
    typed = {**values, "_save": "", "document_is_public": "on", "document_file": file()}
    assert "The source is for the desk only" in texts_of(client.post(edit(source), typed))


def test_there_is_nothing_to_show_without_a_document(client, source):
    values = {**values_of(client.get(edit(source))), "_save": "", "document_is_public": "on"}
    assert "There is no document yet" in texts_of(client.post(edit(source), values))


def test_what_an_editor_attaches_to_a_public_source_waits_and_can_be_read(client):
    source = make_source("protocol")
    cite(make_initiative("CI-2025-0001"), source)
    editor = signed_in(make_officer("editor", DeskRole.EDITOR))
    attach(editor, source, public=True)
    source.refresh_from_db()
    assert source.document == ""
    request = ChangeRequest.objects.get()
    place = f"/admin/initiatives/source/document/{sha256(PDF)}/"
    assert b"".join(client.get(place).streaming_content) == PDF
    reviewer = make_officer("reviewer", DeskRole.REVIEWER)
    page = address("changerequest", "change", request.pk)
    assert place in signed_in(reviewer).get(page).content.decode()
    decide(reviewer, request, "approve")
    source.refresh_from_db()
    assert (source.document, source.document_is_public) == (sha256(PDF), True)


def test_a_new_version_that_waits_keeps_its_name_and_type(client):
    source = source_with(public=False)
    cite(make_initiative("CI-2025-0001"), source)
    attach(signed_in(make_officer("editor", DeskRole.EDITOR)), source, ENCRYPTED_PDF)
    answer = client.get(f"/admin/initiatives/source/document/{sha256(ENCRYPTED_PDF)}/")
    assert b"".join(answer.streaming_content) == ENCRYPTED_PDF
    assert answer["Content-Type"] == "application/pdf"
    assert 'filename="protocol.pdf"' in answer["Content-Disposition"]


def test_only_who_sees_the_source_gets_the_document_of_the_desk():
    source = source_with(public=False, is_public=False)
    cite(make_initiative("CI-2025-0001", publication="draft", parties=("UZ", "KZ")), source)
    place = f"/admin/initiatives/source/document/{source.document}/"
    here = signed_in(make_officer("here", DeskRole.VIEWER))
    answer = here.get(place)
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "no-store" in answer["Cache-Control"]
    elsewhere = make_officer("elsewhere", DeskRole.PUBLISHER, make_desk("Far", countries=["TM"]))
    assert signed_in(elsewhere).get(place).status_code == 404
    assert here.get(place.replace(source.document, "0" * 64)).status_code == 404


@pytest.mark.parametrize(("public", "status"), [(False, 404), (True, 200)])
def test_a_public_source_opens_its_document_for_the_desk_to_no_other_desk(public, status):
    source = source_with(public=public)
    cite(make_initiative("CI-2025-0001", parties=("UZ", "KZ")), source)
    elsewhere = make_officer("elsewhere", DeskRole.PUBLISHER, make_desk("Far", countries=["TM"]))
    desk, place = signed_in(elsewhere), f"/admin/initiatives/source/document/{source.document}/"
    answer = desk.get(place)
    b"".join(answer)  # to its end, else the file stays open
    assert answer.status_code == status
    page = desk.get(address("source", "change", source.pk))
    assert page.status_code == 200
    assert (place in page.content.decode()) is public


def test_who_recorded_a_source_reads_its_document_wherever_it_is_cited():
    writer = make_officer("writer", DeskRole.VIEWER, make_desk("Far", countries=["TM"]))
    source = source_with(public=False)
    cite(make_initiative("CI-2025-0001", parties=("UZ", "KZ")), source)
    type(source).objects.filter(pk=source.pk).update(created_by=writer)
    place = f"/admin/initiatives/source/document/{source.document}/"
    assert b"".join(signed_in(writer).get(place).streaming_content) == PDF
