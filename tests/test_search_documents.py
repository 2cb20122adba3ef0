"""What a search looks into follows from the editions, and so does the text index."""

import io

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from initiatives.editions import record as public
from initiatives.editions.search.documents import terms_of
from initiatives.models import Edition, SearchDocument, SearchTerm
from initiatives.publication.searching import add_documents
from initiatives.text.search_terms import LONGEST, windows
from tests.editions import append, plain_record, redact, withdrawal
from tests.factories import make_initiative
from tests.registering import CODE, make_shown, save, withdraw
from tests.test_verify import verify

pytestmark = pytest.mark.django_db
OTHER = "CI-2025-0002"


def found(*terms):
    """The positions that the text index of the database gives for one whole term."""
    sql = {
        "sqlite": "SELECT rowid FROM initiatives_search WHERE initiatives_search MATCH '\"%s\"'",
        "postgresql": "SELECT edition_id FROM initiatives_searchdocument "
        "WHERE string_to_array(terms COLLATE \"C\", ' ') @> ARRAY['%s']",
    }[connection.vendor]
    with connection.cursor() as cursor:
        rows = [(cursor.execute(sql % term) and None) or cursor.fetchall() for term in terms]
    return [sorted(position for (position,) in some) for some in rows]


def issue(*records, **fields):
    editions = [append(one, key=getattr(one, "code", CODE), **fields)[0] for one in records]
    add_documents(editions)
    return editions


def vocabulary():
    return set(SearchTerm.objects.values_list("term", flat=True))


def test_a_record_is_found_by_its_code_its_texts_and_its_identifiers_elsewhere():
    record = plain_record(
        title=public.Text(ru="Мост"),
        outcome="Traffic",
        external_ids=(public.ExternalId(scheme="iati", value="XM-DAC-46004-99"),),
    )
    assert {"2025", "0001", "most", "traffic", "dac", "46004", "99"} <= terms_of(record)


def test_short_queries_have_whole_words_and_the_digits_of_a_number():
    terms = terms_of(plain_record(title="Gas to power 2024"))
    assert {"gas", "power", "to", "20", "4"} <= terms
    assert terms.isdisjoint(["g", "ga", "as", "po", "sp"])


def test_the_countries_that_a_text_names_are_found_in_every_language():
    assert {"kitai", "china", "kitoi"} <= terms_of(plain_record(summary="Railway to China"))


@pytest.mark.parametrize("length", [1, 2, 199, 200, 201, 399, 400, 401, 1000, 1001])
def test_each_part_of_a_word_of_any_length_is_in_a_term(length):
    letters = "".join(chr(0x4E00 + number) for number in range(length))
    terms = terms_of(plain_record(description=letters))
    assert max(map(len, terms)) <= 2 * LONGEST
    for start in range(0, length, 7):
        part = letters[start : start + LONGEST]
        assert any(part in term for term in terms)
        assert windows(part) == {part}
    assert all(any(one in term for term in terms) for one in windows(letters))


def test_an_action_writes_what_its_edition_is_found_by():
    shown = make_shown(title_en="Bridge")
    save(shown, title_en="Tunnel")
    assert found("bridge", "tunnel") == [[1], [2]]
    assert {"bridge", "tunnel"} <= vocabulary()


def test_what_is_rolled_back_is_not_found():
    with transaction.atomic():
        make_shown(title_en="Bridge")
        transaction.set_rollback(True)
    assert found("bridge") == [[]]
    assert vocabulary() == set()


def test_events_and_reasons_of_withdrawal_are_not_what_a_search_looks_into():
    shown = make_shown()
    withdraw(shown)
    assert Edition.objects.count() == 2
    assert list(SearchDocument.objects.values_list("edition", flat=True)) == [1]


def test_a_body_that_is_emptied_takes_its_words_along():
    first, _other = issue(
        plain_record(title="Secret bridge"), plain_record(OTHER, title="Open bridge")
    )
    append(withdrawal(en="Wrong"))
    redact(first)
    assert found("secret", "bridge") == [[], [2]]
    assert {"bridge", "open"} <= vocabulary()
    assert "secret" not in vocabulary()
    assert verify_search() == ""


def verify_search():
    """What verify says of the search."""
    return "\n".join(line for line in verify()[1].splitlines() if line.startswith("Search: p"))


def test_editions_that_came_by_sql_are_found_once_editions_are_issued():
    append(plain_record(title="Bridge"))
    assert "position 1: a search finds it by something else" in verify_search()
    call_command("issue_editions", stdout=io.StringIO())
    assert found("bridge") == [[1]]
    assert verify_search() == ""


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE initiatives_searchdocument SET terms = 'another few words'",
        "DELETE FROM initiatives_searchdocument",
        "DELETE FROM initiatives_searchterm WHERE term = 'bridge'",
        "INSERT INTO initiatives_searchterm (term, position) VALUES ('bridgehead', 1)",
    ],
)
def test_what_was_damaged_is_named_by_verify_and_mended_by_refold(damage):
    make_shown(title_en="Bridge")
    whole, words = SearchDocument.objects.get().terms, vocabulary()
    assert verify() == (0, verify()[1])
    with connection.cursor() as cursor:
        cursor.execute(damage)
    code, written = verify()
    assert code == 1
    assert "Search: " in written
    assert "Run manage.py refold." in written
    call_command("refold", stdout=io.StringIO())
    assert verify()[0] == 0
    assert found("bridge", "another") == [[1], []]
    assert (SearchDocument.objects.get().terms, vocabulary()) == (whole, words)


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_text_index_of_sqlite_that_lost_its_rows_is_named_and_mended():
    make_shown(title_en="Bridge")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO initiatives_search(initiatives_search, rowid, terms) "
            "SELECT 'delete', edition_id, terms FROM initiatives_searchdocument"
        )
    assert found("bridge") == [[]]
    assert "the text index is not what the editions say" in verify()[1]
    call_command("refold", stdout=io.StringIO())
    assert found("bridge") == [[1]]
    assert verify()[0] == 0


@pytest.mark.django_db(transaction=True)
def test_flush_empties_what_a_search_looks_into():
    make_initiative(title_en="Bridge")
    call_command("issue_editions", stdout=io.StringIO())
    assert found("bridge") == [[1]]
    call_command("flush", interactive=False, verbosity=0)
    assert found("bridge") == [[]]
    assert vocabulary() == set()
