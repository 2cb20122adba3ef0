"""Officers are chosen by their names, with what they sign in with beside them."""

import pytest

from initiatives.choices import DeskRole
from initiatives.models import Desk
from tests.desk import edit, make_chief, make_officer, signed_in
from tests.factories import make_initiative

pytestmark = pytest.mark.django_db
SEARCH = {"app_label": "initiatives", "model_name": "deskmember", "field_name": "user", "term": "z"}


@pytest.fixture
def zarina():
    return make_officer("zarina", DeskRole.EDITOR, first_name="Zarina", last_name="Karimova")


@pytest.fixture
def desk():
    return signed_in(make_chief())


def test_the_form_of_a_record_offers_them_by_name(desk, zarina):
    page = desk.get(edit(make_initiative()))
    options = dict(page.context["adminform"].form.fields["owner"].choices)
    assert "Zarina Karimova (zarina)" in options.values()
    assert "chief" in options.values()  # who has no other name


def test_the_members_of_a_desk_are_named(desk, zarina):
    page = desk.get(edit(Desk.objects.get()))
    assert "Zarina Karimova (zarina)" in page.content.decode()


def test_so_they_are_found(desk, zarina):
    (found,) = desk.get("/admin/autocomplete/", SEARCH).json()["results"]
    assert found == {"id": str(zarina.pk), "text": "Zarina Karimova (zarina)"}
