"""A form of a new record that is sent again makes no second record."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from initiatives.desk.admin.initiatives import InitiativeAdmin
from initiatives.models import Initiative, Organisation, Source
from tests.desk import address, edit, make_officer, signed_in, values_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return signed_in(make_officer())


FORMS = {
    "initiative": (Initiative, {"title_en": "A bridge"}),
    "organisation": (Organisation, {"name_en": "A bank", "slug": "a-bank", "kind": "bank"}),
    "source": (Source, {"title": "A text", "slug": "a-text", "kind": "official"}),
}


@pytest.mark.parametrize("name", FORMS)
def test_the_second_time_is_told_and_leads_to_the_record(desk, name):
    model, typed = FORMS[name]
    add = address(name, "add")
    values = {**values_of(desk.get(add)), **typed, "_save": ""}
    assert desk.post(add, values).status_code == 302
    # Somebody may have typed on before they sent it again.
    response = desk.post(add, {**values, "slug": "another", "title_en": "Another"}, follow=True)
    assert response.redirect_chain[-1][0] == edit(model.objects.get())
    assert "There is no second one." in response.content.decode()


def test_two_forms_make_two_records(desk):
    add = address("initiative", "add")
    for title in ("A bridge", "A road"):
        desk.post(add, {**values_of(desk.get(add)), "title_en": title, "_save": ""})
    assert Initiative.objects.count() == 2


def test_a_form_that_was_refused_may_be_sent_again(desk):
    add = address("initiative", "add")
    refused = desk.post(add, {**values_of(desk.get(add)), "_save": ""})
    desk.post(add, {**values_of(refused), "title_en": "A bridge", "_save": ""})
    assert Initiative.objects.count() == 1


@pytest.mark.parametrize("key", ["", "x" * 5000, "\ud7ff", "0" * 31])
def test_a_strange_key_is_no_key(desk, key):
    add = address("initiative", "add")
    for title in ("A bridge", "A road"):
        values = {**values_of(desk.get(add)), "title_en": title, "form_key": key, "_save": ""}
        assert desk.post(add, values).status_code == 302
    assert Initiative.objects.count() == 2


def test_two_clicks_at_once_make_one_record(desk, monkeypatch):
    add = address("initiative", "add")
    values = {**values_of(desk.get(add)), "title_en": "A bridge", "_save": ""}
    other, view, clicks = Client(), InitiativeAdmin.changeform_view, [1]
    other.cookies = desk.cookies

    def overtaken(self, request, *args, **kwargs):
        if request.method == "POST" and clicks:
            clicks.pop()
            other.post(add, values)
        return view(self, request, *args, **kwargs)

    monkeypatch.setattr(InitiativeAdmin, "changeform_view", overtaken)
    answer = desk.post(add, values)
    assert answer.headers["Location"] == edit(Initiative.objects.get())


def test_a_form_whose_save_was_undone_may_be_sent_again(desk, monkeypatch):
    add = address("initiative", "add")
    values = {**values_of(desk.get(add)), "title_en": "A bridge", "_save": ""}
    answer = InitiativeAdmin.response_add

    def refused(self, request, obj, post_url_continue=None):
        answer(self, request, obj, post_url_continue)
        raise ValidationError("Somebody was faster.")

    with monkeypatch.context() as patched:
        patched.setattr(InitiativeAdmin, "response_add", refused)
        assert "Somebody was faster." in desk.post(add, values).content.decode()
    assert not Initiative.objects.exists()
    desk.post(add, values)
    assert Initiative.objects.count() == 1
