"""The desk finds by words what looking into each folded text would find, drafts too."""

import pytest
from django.contrib import admin
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from initiatives import actions
from initiatives.actions.search import refold
from initiatives.models import DeskDocument, DeskTerm, Funding, Initiative, StatusChange
from initiatives.publication import desk_rows
from initiatives.text import folding
from initiatives.text.search_terms import stands_in
from tests import factories as make
from tests.test_search import TEXTS

pytestmark = pytest.mark.django_db


def found(text):
    return set(Initiative.objects.search(text).values_list("code", flat=True))


def plainly(text):
    """The same by looking into each text; of records that name nobody."""
    words = folding.words(text)
    rows = Initiative.objects.values_list("code", "search_text")
    return {code for code, told in rows if words and all(stands_in(word, told) for word in words)}


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(texts=st.lists(TEXTS, max_size=4), queries=st.lists(TEXTS, max_size=3))
def test_it_finds_what_looking_into_each_text_finds(texts, queries):
    with transaction.atomic():
        for number, text in enumerate(texts, 1):
            code = f"CI-2024-{number:04}"
            make.make_initiative(code, parties=(), main_sector="", summary_en=text, title_en="x")
        for query in (*queries, *texts, "ci 2024 1", "a" * 500):
            assert found(query) == plainly(query)
        transaction.set_rollback(True)


def test_a_word_of_any_length_is_found():
    long = "ab" * 400 + "c" + "ab" * 200
    made = make.make_initiative(summary_en=f"the {long} of")
    assert found(long[300:900]) == {made.code}
    assert found("d" + long[300:900]) == set()


def test_names_of_those_who_take_part_or_pay_are_found_at_once():
    bank = make.make_organisation("bank", name_en="Sunrise")
    made = make.make_initiative(parties=["KZ"])
    make.make_funding(made, provider=bank)
    assert found("sunrise") == found("kazakhstan sunrise") == {made.code}
    bank.name_en = "Sunset"
    bank.save()
    assert (found("sunrise"), found("sunset")) == (set(), {made.code})


@pytest.mark.no_editions
def test_a_save_lets_the_desk_find_the_new_words_and_no_more_the_old_ones(django_user_model):
    officer = django_user_model.objects.create_user("officer")
    made = actions.save(Initiative(title_en="Copper"), by=officer)
    assert found("oppe") == {made.code}
    made.title_en = "Nickel"
    actions.save(made, by=officer)
    assert (found("copper"), found("nickel")) == (set(), {made.code})
    actions.erase_draft(made, by=officer)
    assert found("nickel") == set()
    refold()
    assert not DeskTerm.objects.exists()


@pytest.mark.no_editions
def test_folding_anew_makes_up_for_what_was_lost():
    made = make.make_initiative(summary_en="Nickel")
    desk_rows.follow_all()
    DeskTerm.objects.all().delete()
    DeskDocument.objects.update(terms="other words")
    assert found("nickel") == set()
    refold()
    assert found("nickel") == {made.code}


def test_a_search_asks_the_same_queries_for_one_record_and_for_ten(django_assert_num_queries):
    for number in (1, 10):
        make.make_initiatives(number, summary_en="solar power")
        assert found("solar")
        with django_assert_num_queries(3):  # the vocabulary, the names, and the records
            assert len(found("solar pow")) >= number


def test_names_are_looked_through_once_for_the_number_the_keys_and_the_rows(
    django_assert_num_queries,
):
    bank = make.make_organisation("bank", name_en="Sunrise")
    made = [make.make_initiative(organisations=[bank.slug]) for _ in range(3)]
    make.make_initiative(summary_en="sunrises and more")
    with django_assert_num_queries(2):
        rows = Initiative.objects.search("sunrise")
    with django_assert_num_queries(2):
        assert rows.count() == 4
        assert set(rows.order_by("code")[:3]) == set(made)


def codes_in(model, text):
    page = admin.site.get_model_admin(model)
    found, _ = page.get_search_results(None, model.objects.all(), text)
    return sorted(found.values_list("initiative__code", flat=True))


def test_a_word_finds_parts_by_the_texts_of_their_record_or_their_own_names():
    bank = make.make_organisation("bank", name_en="Sunrise")
    copper = make.make_initiative(summary_en="copper")
    other = make.make_initiative(summary_en="nickel", organisations=["bank"])
    make.make_funding(copper, provider=bank)
    make.make_funding(other)
    make.make_funding(other)
    desk_rows.follow_all()
    assert codes_in(Funding, "oppe") == codes_in(Funding, "sunrise") == [copper.code]
    assert codes_in(Funding, "copper sunr") == [copper.code]
    assert codes_in(Funding, "nickel") == [other.code] * 2
    assert codes_in(Funding, "nickel sunrise") == codes_in(Funding, "-") == []


def test_a_word_finds_the_histories_of_a_record():
    copper, other = make.make_initiative(summary_en="copper"), make.make_initiative()
    for made in (copper, other):
        make.make_status_change(made)
    desk_rows.follow_all()
    assert set(codes_in(StatusChange, "copp")) == {copper.code}
    assert codes_in(StatusChange, "tin") == []
