"""What is guessed from a pasted address, and that nothing is invented."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from initiatives.desk.address_clues import LONGEST_SLUG, clues, normalised

pytestmark = pytest.mark.once
HOSTILE = (
    "",
    "not an address",
    "javascript:alert(1)",
    "data:text/html,x",
    "//president.uz/x",
    "http://",
    "http:///x",
    "http://[::1",
    "http://a:b/",
    "http://a:99999/",
    "https://president.uz/\x00",
    "https://president.uz/\n/x",
    "https://president.uz/a b",
    "https://president.uz/" + "x" * 70_000,
    "https://\u2100.example/",  # a letter that would become a slash
)


@pytest.mark.parametrize("address", HOSTILE)
def test_what_is_no_address_tells_nothing(address):
    assert clues(address) is None
    assert normalised(address) == ""


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://president.uz/ru/lists/view/1", "official"),
        ("https://www.akorda.kz/kz/x", "official"),
        ("https://lex.uz/docs/-1", "official"),
        ("https://adilet.zan.kz/rus/docs/P1", "official"),
        ("https://gov.kz/memleket", "official"),
        ("https://senat.gov.uz/x", "official"),
        ("https://senat.uz/x", "official"),
        ("https://uz.usembassy.gov/x", "official"),
        ("https://documents.worldbank.org/x", "bank"),
        ("https://www.adb.org/projects/1", "bank"),
        ("https://gov.uz.example.com/", ""),
        ("https://notgov.uz/", ""),
        ("https://fakeadb.org/", ""),
        ("https://gazeta.uz/x", ""),
        ("https://gov/", ""),
    ],
)
def test_the_kind_is_told_by_known_hosts_only(address, kind):
    assert clues(address).kind == kind


@pytest.mark.parametrize(
    ("address", "language"),
    [
        ("https://president.uz/ru/lists", "ru"),
        ("https://president.uz/UZ", "uz"),
        ("https://en.inform.kz/x", "en"),
        ("https://akorda.kz/kz/events", "kk"),
        ("https://adilet.zan.kz/kaz/docs", "kk"),
        ("https://example.org/kz/events", ""),
        ("https://ru.example.org/en/x", "en"),
        ("https://gazeta.uz/russia/", ""),
        ("https://kz/x", ""),
        ("https://uz/x", ""),
    ],
)
def test_the_language_is_a_part_of_the_path_or_of_the_host(address, language):
    assert clues(address).language == language


@pytest.mark.parametrize(
    ("path", "published"),
    [
        ("2025/11/14/", "2025-11-14"),
        ("2025/1/5", "2025-01-05"),
        ("news/2025/11/", "2025-11"),
        ("2025/11/summit-12", "2025-11"),
        ("visit-2025-11-14.html", "2025-11-14"),
        ("2024/02/29/", "2024-02-29"),
        ("2025/02/30/", ""),
        ("2025/13/", ""),
        ("2025/11/45/", ""),
        ("2025-13-45", ""),
        ("2025/", ""),
        ("12025/11/14/", ""),
        ("id-2025-11-145", ""),
        ("1025/11/14/", ""),
        ("٢٠٢٥/11/14/", ""),
    ],
)
def test_the_date_stands_in_the_path_or_is_left_open(path, published):
    assert clues(f"https://example.org/{path}").published == published


@pytest.mark.parametrize(
    ("address", "cleaned"),
    [
        ("https://a.org/x?utm_source=t&id=1&fbclid=2", "https://a.org/x?id=1"),
        ("https://a.org/x?GCLID=1#part", "https://a.org/x#part"),
        ("https://a.org/x?b=%zz&a=1&b=", "https://a.org/x?b=%zz&a=1&b="),
        (" https://a.org/x ", "https://a.org/x"),
    ],
)
def test_only_what_tracks_is_taken_from_the_address(address, cleaned):
    assert clues(address).url == cleaned


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://www.Gazeta.uz:8080/x", "gazeta.uz"),
        ("https://user:word@gazeta.uz/", "gazeta.uz"),
        ("https://жаңалық.қаз/x", "жаңалық.қаз"),
        ("http://[2001:db8::1]/x", ""),
        ("http://192.168.0.1/x", ""),
    ],
)
def test_the_publisher_is_the_name_of_the_host(address, publisher):
    assert clues(address).publisher == publisher


@pytest.mark.parametrize(
    ("address", "slug"),
    [
        ("https://www.gazeta.uz/ru/2025/11/14/Summit_In-Tashkent.html", "summit-in-tashkent"),
        ("https://gazeta.uz/docs/-123/", "123"),
        ("https://gazeta.uz/%D1%81%D0%B0%D0%BC%D0%BC%D0%B8%D1%82/index.php", None),
    ],
)
def test_the_short_name_is_made_of_host_and_last_words(address, slug):
    assert clues(address).slug == "-".join(filter(None, ("gazeta-uz", slug)))


def test_the_same_page_has_one_normal_address():
    forms = "https://www.a.org/x/ http://a.org/x https://A.org/x?utm_id=1 https://a.org/x#y".split()
    assert {normalised(form) for form in forms} == {"a.org/x"}
    assert normalised("https://a.org/x?id=1") != normalised("https://a.org/x?id=2")


@given(st.text() | st.builds("https://{}".format, st.text()))
@example("https://a/" + "%" * 900)
@example("https://xn--/x")
def test_nothing_that_is_pasted_makes_it_fail(address):
    told = clues(address)
    normalised(address)
    if told is not None:
        assert len(told.slug) <= LONGEST_SLUG
        assert told.slug == "" or set(told.slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
