"""What stands around every page: title, languages, and the pages that only say what went wrong."""

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from django.utils.translation import override
from django.views import defaults
from lxml import html

from tests.factories import make_initiative

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CODE = "CI-2025-0001"


def read(client, address):
    return html.fromstring(client.get(address).content.decode())


@pytest.fixture
def record():
    return make_initiative(CODE, title_en="Dam", title_ru="Плотина")


def test_title_and_description_stand_once_in_plain_words(client):
    make_initiative(CODE, title_en='The "big" dam & road', summary_en="One\nline.")
    head = read(client, f"/en/initiatives/{CODE}/").cssselect("head")[0]
    title = f'The "big" dam & road ({CODE})'
    assert head.cssselect("title")[0].text == f"{title} – Cooperation tracker"
    assert head.cssselect("meta[property='og:title']")[0].get("content") == title
    description = head.cssselect("meta[name=description]")[0].get("content")
    assert description == "Planned. One line."


def test_the_page_names_itself_in_every_language(client, record):
    tree = read(client, f"/ru/initiatives/{CODE}/?x=1")
    links = {link.get("hreflang"): link.get("href") for link in tree.cssselect("[hreflang][rel]")}
    site = f"http://testserver/{{}}initiatives/{CODE}/"
    expected = {language: site.format(f"{language}/") for language in ("en", "ru", "uz", "kk")}
    assert links == expected | {"x-default": site.format("")}
    assert tree.cssselect("[rel=canonical]")[0].get("href") == expected["ru"]
    assert tree.get("lang") == "ru"


def test_the_switch_of_language_keeps_page_and_query(client, record):
    tree = read(client, f"/ru/initiatives/{CODE}/?q=a%20b&x=1")
    links = tree.cssselect(".languages a")
    assert [link.get("href") for link in links] == [
        f"/{language}/initiatives/{CODE}/?q=a%20b&x=1" for language in ("en", "ru", "uz", "kk")
    ]
    assert [link.get("lang") for link in links if link.get("aria-current")] == ["ru"]


def test_from_an_address_that_is_nowhere_a_language_leads_to_its_front_page(client):
    tree = read(client, "/ru/nowhere/")
    addresses = [link.get("href") for link in tree.cssselect(".languages a")]
    assert addresses == ["/en/", "/ru/nowhere/", "/uz/", "/kk/"]


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_a_server_error_has_a_page_that_needs_nothing_from_the_request(language):
    with override(language):
        tree = html.fromstring(get_template("500.html").render())
    assert tree.get("lang") == language
    assert tree.cssselect("h1")


def test_a_broken_request_has_a_page_though_django_gives_it_no_context():
    with override("kk"):
        response = defaults.bad_request(RequestFactory().get("/"), ValueError("secret"))
    tree = html.fromstring(response.content.decode())
    assert [link.get("href") for link in tree.cssselect(".way-back a")] == [
        "/kk/initiatives/",
        "/kk/",
    ]
    assert "secret" not in tree.text_content()


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500"])
def test_no_page_has_a_script_or_a_style_of_its_own(rf, name):
    tree = html.fromstring(get_template(f"{name}.html").render({}, rf.get("/en/")))
    assert tree.cssselect("style, [style], script:not([src])") == []
    assert not any(key.startswith("on") for part in tree.iter() for key in part.attrib)


def test_a_refused_page_says_so(rf):
    response = defaults.permission_denied(rf.get("/ru/"), PermissionError("secret"))
    assert response.status_code == 403
    assert "secret" not in response.content.decode()
