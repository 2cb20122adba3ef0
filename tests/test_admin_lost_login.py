"""What was typed comes back after a lost login or with an old token, and only to who typed it."""

import pytest
from django.test import Client
from lxml import html

from initiatives.models import Source
from tests.desk import address, edit, make_officer, send, values_of
from tests.documents import file as document
from tests.factories import make_initiative, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.once]
HERE = {"Origin": "http://testserver"}
TYPED = {"title": '"><b>Typed</b>', "many": ["1", "2"], "password1": "s3cret", "_save": ""}


@pytest.fixture
def source():
    return make_source()


@pytest.fixture
def careful():
    """A signed-in officer whose browser checks tokens."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_officer())
    client.get(address("source", "add"))
    return client


def carried(answer):
    """The hidden fields of the page, as (name, value), without the token."""
    inputs = html.fromstring(answer.content.decode()).xpath("//main//input[@type='hidden']")
    pairs = [(field.get("name"), field.get("value")) for field in inputs]
    return [pair for pair in pairs if pair[0] != "csrfmiddlewaretoken"]


def test_a_signed_out_officer_gets_every_field_back_but_no_password(client, source):
    answer = client.post(edit(source) + "?a=1&b=2", TYPED)
    assert answer.status_code == 403
    assert carried(answer) == [
        ("title", TYPED["title"]),
        ("many", "1"),
        ("many", "2"),
        ("_save", ""),
    ]
    assert "s3cret" not in answer.content.decode()
    form = html.fromstring(answer.content.decode()).xpath("//main//form")[0]
    assert form.get("action") == edit(source) + "?a=1&b=2"


def test_the_page_is_kept_by_nobody(client, source):
    answer = client.post(edit(source), TYPED)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_signing_in_again_and_sending_saves_what_was_typed(client, source):
    officer = make_officer()
    client.force_login(officer)
    form = {**values_of(client.get(edit(source))), "title": "Typed before", "_save": ""}
    client.logout()
    lost = client.post(edit(source), form)
    client.force_login(officer)
    assert client.post(edit(source), values_of(lost)).status_code == 302
    assert Source.objects.get().title == "Typed before"


def test_the_login_page_takes_its_post_itself(client):
    make_officer()
    typed = {"username": "aziza", "password": "pw", "next": "/admin/"}
    assert client.post("/admin/login/", typed).status_code == 302


def test_of_a_form_with_a_file_all_but_the_file_comes_back(client, source):
    lost = client.post(edit(source), {**TYPED, "document_file": document("minutes.pdf")})
    assert lost.status_code == 403
    assert ("title", TYPED["title"]) in carried(lost)
    text = " ".join(lost.content.decode().split())
    assert "“minutes.pdf” has to be chosen once more" in text


def test_more_fields_than_a_form_has_are_not_read(client, source, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    assert client.post(edit(source), dict.fromkeys("abcde", "x")).status_code == 400


@pytest.mark.parametrize("headers", [HERE, {"Referer": "http://testserver/admin/x"}])
def test_an_old_token_from_our_own_page_gets_the_form_back(careful, source, headers):
    answer = careful.post(edit(source), {**TYPED, "csrfmiddlewaretoken": "o" * 64}, headers=headers)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (403, "no-store")
    assert ("title", TYPED["title"]) in carried(answer)


def test_the_token_that_comes_with_it_is_good(careful, source):
    form = {**values_of(careful.get(edit(source))), "title": "Sent twice", "_save": ""}
    again = careful.post(edit(source), {**form, "csrfmiddlewaretoken": "o" * 64}, headers=HERE)
    assert careful.post(edit(source), values_of(again)).status_code == 302
    assert Source.objects.get().title == "Sent twice"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver.evil.example"},
        {"Origin": "http://evil.example", "Referer": "http://testserver/"},
        {"Referer": "http://testserver.evil.example/"},
        {"Referer": "http://testserver@evil.example/"},
        {"Referer": "http://[evil"},
    ],
)
def test_a_form_from_elsewhere_is_refused_and_nothing_of_it_is_shown(careful, source, headers):
    answer = careful.post(edit(source), TYPED, headers=headers)
    assert answer.status_code == 403
    assert "Typed" not in answer.content.decode()
    assert "could not be checked" in answer.content.decode()


def test_elsewhere_means_the_same_to_who_is_signed_out(source):
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(edit(source), TYPED, headers={"Origin": "http://evil.example"})
    assert (answer.status_code, "Typed" in answer.content.decode()) == (403, False)


@pytest.mark.parametrize("url", ["/admin/login/", "/i18n/setlang/"])
def test_forms_beside_the_desk_are_refused_as_before(careful, url):
    answer = careful.post(url, TYPED, headers=HERE)
    assert (answer.status_code, "Typed" in answer.content.decode()) == (403, False)


def test_a_button_that_only_posts_its_token_can_be_pressed_again(careful):
    url = address("initiative", "checked", make_initiative().pk)
    again = careful.post(url, headers=HERE)
    assert careful.post(url, values_of(again)).status_code == 302


def test_nothing_on_the_page_leads_away(client, source):
    page = html.fromstring(client.post(edit(source), TYPED).content.decode())
    links = [link for link in page.xpath("//a") if not link.get("href").startswith("#")]
    assert [link.get("target") for link in links] == ["_blank"]
    assert len(page.xpath("//form")) == 1


def test_an_edit_by_somebody_else_is_still_noticed(client, source):
    officer = make_officer()
    client.force_login(officer)
    form = {**values_of(client.get(edit(source))), "title": "Mine", "_save": ""}
    client.logout()
    lost = values_of(client.post(edit(source), form))
    client.force_login(officer)
    send(client, edit(source), title="Theirs")
    assert "Nothing that you typed is lost" in client.post(edit(source), lost).content.decode()
