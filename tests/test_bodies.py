"""What is too large is refused in words before it is read."""

import json
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from django.test import Client, RequestFactory
from lxml import html

from initiatives.desk.forms.sending import LARGEST
from initiatives.document_store import LARGEST as DOCUMENT
from initiatives.middleware.request_bodies import Whole
from initiatives.models import ImportBatch
from tests.desk import address, edit, errors_in, make_officer, signed_in
from tests.factories import make_event, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MIB = 1024 * 1024
SEND = "/admin/initiatives/importbatch/send/"
LONG = b"a=" + b"x" * MIB
PAGES = ["/admin/login/", "/admin/", "/en/", "/kk/initiatives/", "/nowhere", "/i18n/setlang/", SEND]


class Unread(BytesIO):
    """A body that nobody may read."""

    def read(self, *size):
        raise AssertionError("it was read")

    readline = read


def asked(method, path, body=b"", **headers):
    """The answer to a request whose body is the stream or the bytes `body`."""
    client = headers.pop("client", None) or Client()
    source = body if isinstance(body, BytesIO) else BytesIO(body)
    meta = {"wsgi.input": source, "REQUEST_METHOD": method, "PATH_INFO": path}
    return client.request(**meta | {"CONTENT_TYPE": "application/x-www-form-urlencoded"} | headers)


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "GET"])
@pytest.mark.parametrize("path", PAGES)
def test_a_body_over_its_bound_is_refused_unread(method, path):
    answer = asked(method, path, Unread(), CONTENT_LENGTH=str(300 * MIB))
    assert answer.status_code == 413
    main = html.fromstring(answer.content.decode()).cssselect("main")[0]
    assert "1.0" in main.text_content().replace(",", ".")
    assert answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/api/v1/", "/api/v1/initiatives/", "/initiatives.csv", "/x.ics"])
def test_machines_are_told_so_as_a_problem(path):
    answer = asked("POST", path, Unread(), CONTENT_LENGTH=str(MIB + 1))
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    told = json.loads(answer.content)
    assert told["status"] == 413
    assert "was not read" in told["detail"]


@pytest.mark.parametrize(
    ("language", "word"),
    [("ru", "Слишком большой"), ("uz", "katta"), ("kk", "үлкен"), ("en", "too large")],
)
def test_it_is_said_in_the_language_of_the_reader(language, word):
    for path, headers in [
        (f"/{language}/", {}),
        ("/admin/login/", {"HTTP_ACCEPT_LANGUAGE": language}),
    ]:
        answer = asked("POST", path, Unread(), CONTENT_LENGTH="99999999", **headers)
        tree = html.fromstring(answer.content.decode())
        assert tree.get("lang") == language
        assert word in tree.cssselect("h1")[0].text_content()


def test_what_is_just_short_enough_goes_on():
    body = b"a=" + b"x" * (MIB - 2)
    assert asked("POST", "/admin/login/", body, CONTENT_LENGTH=str(len(body))).status_code == 200
    assert asked("POST", "/en/", body, CONTENT_LENGTH=str(len(body))).status_code == 405


@pytest.mark.parametrize("length", ["x", "-1", "²", "0x10", "1 1", "9" * 5000])
def test_a_length_that_is_none_is_refused(length):
    answer = asked("POST", "/admin/login/", Unread(), CONTENT_LENGTH=length)
    assert answer.status_code in (400, 413)


def test_a_form_without_a_length_is_empty():
    assert asked("POST", "/admin/login/", b"ignored", CONTENT_LENGTH="").status_code == 200


def upload(client, size):
    file = SimpleUploadedFile("table.csv", b"code\n" + b"x" * (size - 5))
    return client.post(SEND, {"file": file})


def test_an_officer_sends_a_file_and_a_stranger_does_not(client):
    assert upload(client, 2 * MIB).status_code == 413
    assert asked("POST", SEND, Unread(), CONTENT_LENGTH=str(2 * MIB)).status_code == 413
    assert upload(signed_in(make_officer()), 2 * MIB).status_code in (200, 302)


def test_who_is_no_officer_is_a_stranger(django_user_model):
    reader = signed_in(django_user_model.objects.create_user("reader"))
    answer = upload(reader, 2 * MIB)
    assert answer.status_code == 413
    assert "Only officers" in answer.content.decode()


def test_an_officer_sends_large_files_nowhere_else():
    desk = signed_in(make_officer())
    length = {"CONTENT_LENGTH": str(2 * MIB)}
    assert asked("POST", edit(make_event()), Unread(), client=desk, **length).status_code == 413


def test_a_source_takes_a_document_and_no_more_than_that():
    form = edit(make_source())
    just, over = str(DOCUMENT + MIB), str(DOCUMENT + MIB + 1)
    desk = signed_in(make_officer())
    answer = asked("POST", form, Unread(), client=desk, CONTENT_LENGTH=over)
    assert answer.status_code == 413
    assert "20.0" in answer.content.decode()
    assert "Choose a smaller file" in answer.content.decode()
    multipart = {"CONTENT_TYPE": "multipart/form-data; boundary=x"}
    with pytest.raises(AssertionError, match="it was read"):
        asked("POST", form, Unread(), client=desk, CONTENT_LENGTH=just, **multipart)
    stranger = asked("POST", form, Unread(), CONTENT_LENGTH=str(2 * MIB))
    assert stranger.status_code == 413
    assert "Only officers" in stranger.content.decode()


def test_a_file_that_is_a_little_too_large_is_refused_beside_its_field():
    answer = upload(signed_in(make_officer()), LARGEST + 1)
    (error,) = errors_in(answer)
    assert "larger than 10" in error
    assert not ImportBatch.objects.exists()


def test_a_file_that_is_far_too_large_is_not_read_and_the_cure_is_told():
    desk = signed_in(make_officer())
    answer = asked("POST", SEND, Unread(), client=desk, CONTENT_LENGTH=str(300 * MIB))
    assert answer.status_code == 413
    page = answer.content.decode()
    assert "import_initiatives" in page
    assert "larger than 10.0" in page.replace("\xa0", " ")


def test_the_form_says_how_large_a_file_may_be():
    page = html.fromstring(signed_in(make_officer()).get(SEND).content.decode())
    field = page.cssselect("input[type=file]")[0]
    told = page.get_element_by_id(field.get("aria-describedby"))
    assert told.text_content().replace("\xa0", " ") == "At most 10.0 MB."


CHUNKS = {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}


def test_what_comes_in_chunks_is_read_up_to_the_bound_and_no_further():
    body = BytesIO(b"x" * 50 * MIB)
    assert asked("POST", "/admin/login/", body, **CHUNKS).status_code == 413
    assert body.tell() < 1.1 * MIB
    body = BytesIO(b"x" * 50 * MIB)
    assert asked("POST", SEND, body, **CHUNKS).status_code == 413
    assert body.tell() < 1.1 * MIB
    desk = signed_in(make_officer())
    assert asked("POST", SEND, body, client=desk, **CHUNKS).status_code == 413
    assert body.tell() < 13 * MIB


def test_a_form_that_comes_in_chunks_is_not_taken_for_an_empty_one():
    make_officer()
    typed = b"username=aziza&password=pw&next=/admin/"
    assert asked("POST", "/admin/login/", typed, **CHUNKS).status_code == 302


def test_chunks_that_are_none_are_refused():
    class Broken(BytesIO):
        def read(self, *size):
            raise ValueError("no chunk")

    assert asked("POST", "/admin/login/", Broken(), **CHUNKS).status_code == 400


def test_half_a_form_is_not_saved_as_a_whole_one():
    source = make_source(title="Whole")
    desk = signed_in(make_officer())
    answer = asked("POST", edit(source), b"title=Ha", client=desk, CONTENT_LENGTH="5000")
    assert answer.status_code == 400
    source.refresh_from_db()
    assert source.title == "Whole"


def test_half_a_file_is_not_taken_as_a_whole_one():
    file = RequestFactory().post(SEND, {"file": SimpleUploadedFile("a.csv", b"x" * 5000)})
    sent = {"CONTENT_TYPE": file.META["CONTENT_TYPE"], "CONTENT_LENGTH": "5200"}
    desk = signed_in(make_officer())
    answer = asked("POST", SEND, file.body[:3000], client=desk, **sent)
    assert answer.status_code == 400
    assert not ImportBatch.objects.exists()


def test_a_stream_that_ends_early_is_an_error_however_it_is_read():
    for read in (
        lambda body: body.read(),
        lambda body: [body.read(4) for _ in range(3)],
        lambda body: [body.readline() for _ in range(3)],
    ):
        with pytest.raises(OSError, match="ended before its length"):
            read(Whole(BytesIO(b"ab\ncd"), 9))
    assert Whole(BytesIO(b"abcd"), 4).read() == b"abcd"
    assert issubclass(UnreadablePostError, OSError)


def test_no_address_of_the_desk_is_named_twice():
    assert address("importbatch", "send") == SEND
