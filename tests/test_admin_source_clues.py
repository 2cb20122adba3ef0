"""The answer beside the form of a source: what its address tells, and whether it is stored."""

import pytest
from django.utils.timezone import localdate
from django.utils.translation import override

from tests.desk import edit, make_desk, make_officer, make_viewer, signed_in
from tests.factories import cite, make_initiative, make_source

pytestmark = [pytest.mark.django_db, pytest.mark.once]
CLUES = "/admin/initiatives/source/clues/"
ADDRESS = "https://president.uz/ru/2025/11/14/visit?utm_source=t"


@pytest.fixture
def desk():
    return signed_in(make_officer())


def ask(client, url, **headers):
    return client.get(CLUES, {"url": url}, headers=headers)


def test_it_tells_what_stands_in_the_address(desk):
    answer = ask(desk, ADDRESS)
    assert answer.json()["fields"] == {
        "url": "https://president.uz/ru/2025/11/14/visit",
        "publisher": "president.uz",
        "kind": "official",
        "language": "ru",
        "published": "2025-11-14",
        "slug": "president-uz-visit",
        "accessed_on": localdate().isoformat(),
    }
    assert "no-store" in answer.headers["Cache-Control"]


def test_today_is_written_as_the_form_writes_it(desk):
    with override("ru"):
        expected = f"{localdate():%d.%m.%Y}"
    desk.cookies["django_language"] = "ru"
    assert ask(desk, ADDRESS).json()["fields"]["accessed_on"] == expected


@pytest.mark.parametrize("url", ["", "x", "javascript:alert(1)", "https://[", "х" * 5_000])
def test_what_is_no_address_is_answered_with_nothing(desk, url):
    assert ask(desk, url).json() == {"fields": {}, "stored": []}


def test_a_stored_source_is_named_whatever_form_its_address_has(desk):
    source = make_source(title="The visit", url="http://www.president.uz/ru/2025/11/14/visit/")
    make_source("other", title="Longer", url="https://president.uz/ru/2025/11/14/visit/2")
    assert ask(desk, ADDRESS).json()["stored"] == [{"title": "The visit", "address": edit(source)}]


def test_a_short_name_that_is_taken_is_not_proposed(desk):
    make_source("president-uz-visit")
    assert ask(desk, ADDRESS).json()["fields"]["slug"] == ""


def test_a_source_of_another_desk_is_answered_like_one_that_is_not_there():
    desk = signed_in(make_officer(desk=make_desk("KZ", countries=["KZ"])))
    absent = ask(desk, ADDRESS).json()
    hidden = make_source("president-uz-visit", url=ADDRESS)
    cite(make_initiative(parties=["KG"], publication="draft"), hidden)
    assert desk.get(edit(hidden)).status_code == 403
    assert ask(desk, ADDRESS).json() == absent


def test_who_may_not_write_a_source_is_not_answered(client):
    assert ask(signed_in(make_viewer()), ADDRESS).status_code == 403
    assert ask(client, ADDRESS).headers["Location"].startswith("/admin/login/")


def test_it_only_answers_questions(desk):
    assert desk.post(CLUES, {"url": ADDRESS}).status_code == 405
