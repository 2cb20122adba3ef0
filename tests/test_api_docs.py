"""The page about the API: all of it is there, and its forms ask what they say."""

import pytest
from lxml import html

from initiatives.public.api import schema
from tests.factories import make_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def page(client):
    return html.fromstring(client.get("/en/api/v1/docs/").content)


def test_the_address_without_a_language_leads_to_the_readers(client):
    for header, query, language in (("ru", "", "ru"), ("ru", "?lang=kk", "kk"), ("xx", "", "en")):
        response = client.get(f"/api/v1/docs/{query}", headers={"Accept-Language": header})
        assert response["Location"] == f"/{language}/api/v1/docs/"


def test_every_address_and_object_has_its_part(page):
    document = schema.document()
    for part in document["paths"].values():
        assert page.cssselect(f"section[aria-labelledby={part['get']['operationId']}]")
    for name in document["components"]["schemas"]:
        assert page.cssselect(f"#object-{name}")


def test_its_forms_ask_with_nothing_filled_in(client, page):
    make_initiative("CI-2025-0009")
    for form in page.cssselect(".api-operation form"):
        query = "&".join(f"{one.name}=" for one in form.cssselect("input, select"))
        answer = client.get(f"{form.action}?{query}")
        assert answer.status_code in (200, 404), answer.content
        if "initiatives" in form.action:
            assert answer.status_code == 200


def test_it_is_sent_once(client):
    etag = client.get("/en/api/v1/docs/")["ETag"]
    assert client.get("/en/api/v1/docs/", headers={"If-None-Match": etag}).status_code == 304


def test_the_page_about_the_data_names_it(client):
    about = client.get("/en/about/data/").content.decode()
    assert "/api/v1/" in about
    assert "/en/api/v1/docs/" in about
