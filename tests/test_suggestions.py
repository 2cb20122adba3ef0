"""“Did you mean” suggests what finds something that the reader may see, and nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from initiatives.editions import record as public
from initiatives.editions.search import matching, suggestions
from initiatives.publication.searching import add_documents
from tests.editions import append, plain_record, withdrawal
from tests.factories import make_country, make_organisation

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]


def issue(code, *texts, **fields):
    """Editions of one record, a day after the other, with these titles (in English, if texts)."""
    bodies = [
        text if isinstance(text, public.Withdrawal) else plain_record(code, title=text)
        for text in texts
    ]
    made = append(*bodies, key=code, **fields)
    add_documents(made)
    return made


def suggested(text, language="en", **more):
    return suggestions(text, language=language, **more)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Brigde", ["Bridge"]),
        ("brige", ["Bridge"]),
        ("railwy brigde", ["railway Bridge"]),
        ("energy brigde", []),
        ("Brigde railway", ["Bridge railway"]),
        ("brigde, railwy!", ["Bridge railway"]),
        ("Bridge", []),
        ("bri", []),
        ("bxi", []),
        ("zzzzzzzz", []),
        ("", []),
        ("‘ ’", []),
        ("CI-2025-0002", []),
    ],
)
def test_words_that_nothing_has_are_put_right(text, meant):
    issue("CI-2025-0001", "Bridge of the railway")
    assert suggested(text) == meant
    assert all(matching([one]) for one in meant)


def test_a_word_is_spelled_in_the_language_of_the_reader():
    title = public.Text(en="Energetika", ru="Энергетика", uz="Energetika", kk="Энергетика")
    issue("CI-2025-0001", title)
    assert suggested("энергитика", "ru") == ["Энергетика"]
    assert suggested("энергитика", "en") == ["Energetika"]


def test_names_are_suggested_as_they_are_written():
    make_country("KZ")
    make_organisation("adb", name_en="Taraqqiyot banki", name_uz="Taraqqiyot banki")
    record = plain_record(
        countries=(public.CountryRole(iso2="KZ", role="party"),),
        organisations=(public.OrganisationRole(slug="adb", role="4"),),
    )
    add_documents(append(record))
    assert suggested("Kazahkstan") == ["Kazakhstan"]
    assert suggested("Qozogʻsiton", "uz") == ["Qozogʻiston"]
    assert suggested("taraqiyott") == ["Taraqqiyot"]


def test_the_most_alike_come_first_and_then_the_most_frequent():
    issue("CI-2025-0001", "Harvest")
    issue("CI-2025-0002", "Harbest")
    issue("CI-2025-0003", "Harbest again")
    issue("CI-2025-0004", "Carvests")
    assert suggested("harfest") == ["Harbest", "Harvest"]
    assert suggested("harfest", limit=1) == ["Harbest"]
    assert suggested("carfests")[0] == "Carvests"


def test_no_more_is_suggested_than_was_wanted_and_the_best_of_it():
    titles = ["Harbest", "Harcest", "Hardest", "Hargest", "Hargest"]
    for number, title in enumerate(titles):
        issue(f"CI-2025-000{number}", title)
    assert suggested("harfest") == ["Hargest", "Harbest", "Harcest"]
    assert suggested("harfest", limit=1) == ["Hargest"]
    assert suggested("harfest", limit=9) == ["Hargest", "Harbest", "Harcest", "Hardest"]


def test_nothing_is_suggested_of_what_the_reader_may_not_see():
    make_organisation("secret", name_en="Confidential Holding")
    issue("CI-2025-0001", "Submarine", withdrawal(en="Wrong"))
    issue("CI-2025-0002", "Embargoed", since=timezone.now() + timedelta(1))
    issue("CI-2025-0003", "Replaced", "Bridge")
    for word in ("Submarien", "Embargeod", "Repalced", "Confidentail"):
        assert suggested(word) == [], word
    assert suggested("Brigde") == ["Bridge"]


def test_on_a_day_of_the_past_what_was_known_then_is_suggested():
    first, later = issue("CI-2025-0003", "Replaced", "Bridge")
    assert suggested("Repalced", at=first.since) == ["Replaced"]
    assert suggested("Brigde", at=first.since) == []
    assert suggested("Brigde", at=later.since) == ["Bridge"]


@pytest.mark.parametrize("number", [1, 30])
def test_the_queries_do_not_grow_with_the_register(number, django_assert_max_num_queries):
    for one in range(number):
        issue(f"CI-2025-{one:04}", f"Bridge {'abcdefghijklmnopqrstuvwxyzабвгд'[one]}ridge")
    suggested("zzzz")
    with django_assert_max_num_queries(20):
        assert "Bridge" in suggested("Brigde", limit=1)


def test_forms_of_one_word_are_suggested_once():
    issue("CI-2025-0001", {"en": "Logistics hub", "ru": "Логистика и логистики логистику"})
    assert suggested("логстика", language="ru") == ["Логистика"]
