"""A search of the register finds what its words say, on both databases alike."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives.editions import record as public
from initiatives.editions.index import index
from initiatives.editions.search import matching, search
from initiatives.editions.search.readings import readings
from initiatives.editions.search.searching import Search
from initiatives.models import Edition, Organisation
from initiatives.publication.searching import add_documents
from initiatives.text import folding
from initiatives.text.search_terms import stands_in
from tests.editions import append, plain_record, redact, withdrawal
from tests.factories import make_country, make_organisation, make_sector

pytestmark = [pytest.mark.django_db, pytest.mark.no_editions]
PIECES = [
    "bridge",
    "мост",
    "O‘zbekiston",
    "gaz",
    "газопровод",
    "中国的道路",
    "II",
    "5",
    "ж",
    "an-an",
]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=5).map(" ".join)


def issue(*texts, first=1, **fields):
    """An edition for each text, of a record of its own; their positions."""
    made = []
    for number, text in enumerate(texts, first):
        code = f"CI-2024-{number:04}"
        made += append(plain_record(code, title="", summary=text, **fields), key=code)
    add_documents(made)
    return [edition.position for edition in made]


def plainly(texts):
    """The same as `matching` by looking into each folded text; of records that name nobody."""
    found = set()
    for edition in Edition.objects.exclude(body="").filter(state="published"):
        record = public.decoded(edition.body, public.InitiativeRecord)
        column = folding.searchable(record.code, record.summary.en)
        for one in (one for text in texts for one in readings(text)):
            words = folding.words(one)
            if words and all(stands_in(word, column) for word in words):
                found.add(edition.position)
    return found


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(bodies=st.lists(TEXTS, max_size=4), queries=st.lists(TEXTS, max_size=3), data=st.data())
def test_it_finds_what_looking_into_each_text_finds(bodies, queries, data):
    with transaction.atomic():
        issue(*bodies)
        folded = " ".join(folding.fold(text) for text in bodies).split()
        for word in folded[:3]:
            start = data.draw(st.integers(0, len(word) - 1))
            queries = [*queries, word[start : data.draw(st.integers(start + 1, len(word)))]]
        for texts in (queries, *([one] for one in queries)):
            assert set(matching(texts)) == plainly(texts), texts
        issue("another bridge", *bodies[:1], first=50)
        for texts in (queries, *([one] for one in queries), ["bridge"]):
            assert set(matching(texts)) == plainly(texts), texts
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("bridge", [1, 3]),
        ("ridg", [1, 3]),
        ("BRIDGE gas", [3]),
        ("мост", [2]),
        ("Most", [2]),
        ("bri", [1, 3]),
        ("dge", []),
        ("ga", []),
        ("a", [1]),
        ("a bridge", [1, 3]),
        ("20", [1, 2, 3]),
        ("2024", [1, 2, 3]),
        ("CI-2024-0002", [2]),
        ("СІ-2024-0002", [2]),
        ("bridge nothing", []),
        ("", []),
        ("‘ ’", []),
        ("x" * 300, []),
        ('" OR bridge', []),
        ("bridge*", [1, 3]),
    ],
)
def test_all_words_of_a_text_are_found_wherever_they_stand(query, finds):
    issue("A bridge", "Мост", "Bridges for gas")
    assert list(matching([query])) == finds


def test_texts_are_alternatives():
    issue("A bridge", "Мост", "Bridges for gas")
    assert list(matching(["мост", "gas bridge", "", "zzz"])) == [2, 3]
    assert list(matching([])) == []


def test_a_word_of_any_length_is_found_by_its_parts():
    word = "".join(chr(0x4E00 + number) for number in range(900))
    issue(word, "short")
    for query in (word, word[300:600], word[1:899], word[-3:]):
        assert list(matching([query])) == [1]
    assert list(matching([word[::-1]])) == []


def test_names_of_those_who_take_part_or_pay_are_found_in_the_records_of_any_day():
    make_organisation("adb", name_en="Asian Development Bank", acronym="ADB")
    make_organisation("firm", name_en="Firm", name_ru="Фирма")
    make_country("KG")
    make_sector("energy")
    make_sector("gas", parent="energy", name_en="Natural gas")
    pays = public.Money(
        number=1,
        type="pledge",
        amount_kind="undisclosed",
        instrument="unknown",
        provider="adb",
        recorded_at="2025-01-01T00:00:00Z",
        updated_at="2025-01-01T00:00:00Z",
    )
    issue("one", funding=(pays,))
    issue("two", first=2, countries=(public.CountryRole(iso2="KG", role="observer"),))
    issue("three", first=3, sectors=(public.SectorShare(slug="gas"),))
    issue("four", first=4, organisations=(public.OrganisationRole(slug="firm", role="4"),))
    append(plain_record("CI-2024-0004", title="later"), key="CI-2024-0004")
    finds = {"development": [1], "adb one": [1], "kg": [2], "natural": [3], "фирм": [4]}
    assert {query: list(matching([query])) for query in finds} == finds


def test_a_name_that_changes_is_found_at_once_and_no_longer_by_the_old_one():
    make_organisation("firm", name_en="Firm")
    issue("one", organisations=(public.OrganisationRole(slug="firm", role="4"),))
    assert list(matching(["firm"])) == [1]
    renamed = Organisation.objects.get(slug="firm")
    renamed.name_en = "Company"
    renamed.save()
    assert list(matching(["firm"])) == []
    assert list(matching(["company"])) == [1]


def test_what_is_kept_follows_the_register_and_what_is_undone_is_forgotten():
    issue("A bridge")
    assert [len(search.rows(word)) for word in ("bridge", "tunnel", "tun")] == [1, 0, 0]
    with transaction.atomic():
        issue("A tunnel", "A bridge", first=2)
        assert [list(search.rows(word)) for word in ("bridge", "tunnel")] == [[1, 3], [2]]
        assert list(search.rows("tun")) == [2]
        transaction.set_rollback(True)
    assert [list(search.rows(word)) for word in ("bridge", "tunnel", "tun")] == [[1], [], []]
    issue("Another", first=2)
    assert [list(search.rows(word)) for word in ("bridge", "tunnel", "nother")] == [[1], [], [2]]


def test_what_is_given_out_may_be_changed_by_who_got_it():
    issue("A bridge")
    search.rows("bridge").clear()
    assert list(search.rows("bridge")) == [1]


def test_a_word_that_was_looked_for_costs_one_query_about_the_register(
    django_assert_num_queries,
):
    issue("A bridge")
    search.rows("bridge")
    with django_assert_num_queries(1):
        search.rows("bridge")
    with django_assert_num_queries(2):
        search.rows("ridge")


def test_only_so_many_words_are_kept(monkeypatch):
    monkeypatch.setattr("initiatives.editions.search.searching.KEPT", 2)
    issue("A bridge")
    one = Search()
    for word in ("brid", "ridg", "brid", "idge"):
        assert list(one.rows(word)) == [1]
    assert list(one._followed.of_request()._kept) == ["brid", "idge"]


def test_a_word_finds_all_that_have_it_however_many_came_since_it_was_looked_for(monkeypatch):
    monkeypatch.setattr("initiatives.editions.search.searching._FOLLOWED", 3)
    issue("A bridge")
    assert [len(search.rows(word)) for word in ("bridge", "ridg", "tunnel")] == [1, 1, 0]
    issue(*["Bridge"] * 3, first=2)  # as many as are followed one by one
    assert [len(search.rows(word)) for word in ("bridge", "ridg", "tunnel")] == [4, 4, 0]
    issue(*["Bridge"] * 4, "Tunnel", first=5)
    assert [len(search.rows(word)) for word in ("bridge", "ridg", "tunnel")] == [8, 8, 1]


def test_more_editions_than_keys_of_one_query_are_found():
    issue(*["A bridge"] * 450)
    assert len(matching(["bridge"])) == len(matching(["ridg"])) == len(matching(["bri"])) == 450


def test_each_database_that_is_read_from_is_followed_by_itself(monkeypatch):
    """A replica may be behind: that is no reason to forget what the primary has said."""
    issue("A bridge")
    one = Search()
    assert list(one.rows("bridge")) == [1]
    monkeypatch.setattr("django.db.router.db_for_read", lambda model, **hints: "replica")
    other = one._followed.of_request()
    monkeypatch.undo()
    assert other is not one._followed.of_request()
    assert list(one._followed.of_request()._kept) == ["bridge"]


def test_a_body_that_is_emptied_is_found_no_more():
    first, _second = (Edition.objects.get(position=one) for one in issue("Secret", "Open"))
    append(withdrawal(en="Wrong"), key=first.key)
    redact(first)
    assert list(Search().rows("secret")) == []
    with index.reading() as reading:
        assert matching(["secret"]) & reading.rows == matching([])
