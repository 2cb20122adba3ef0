"""Lines of a list are found again by what they say, never by their place."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.imports.planning.lines import Line, match

pytestmark = pytest.mark.once

NAMES = ("type", "date", "amount", "currency", "sides")
ENOUGH, CORRECTED = NAMES[:4], ("amount", "currency", "sides", "date")


def line(text, reference="", number=None):
    """`text` as “commitment 2021 100 USD adb”."""
    values = (*text.split(), "", "", "", "")[: len(NAMES)]
    return Line(tuple(zip(NAMES, values, strict=True)), reference, number)


def found(stored, mine):
    return match(stored, mine, enough=ENOUGH, corrected=CORRECTED)


PAID, PLEDGED, LATER = line("paid 2021 100 USD"), line("pledge 2020 9 USD"), line("paid 2022 5 USD")
texts = st.builds(
    "{} {} {} USD".format,
    st.sampled_from(["paid", "pledge"]),
    st.sampled_from(["2020", "2021"]),
    st.integers(1, 5),
)
books = st.lists(texts.map(line), max_size=8)


def test_a_line_that_was_put_before_the_others_moves_none_of_them():
    assert found([PAID, LATER], [PLEDGED, PAID, LATER]) == [None, 0, 1]


def test_a_line_with_a_reference_is_found_by_it_whatever_it_says_now():
    before = [line("paid 2021 100 USD", "T1"), line("paid 2021 200 USD", "T2")]
    assert found(before, [line("paid 2023 7 EUR", "T2"), line("paid 2021 200 USD", "T1")]) == [1, 0]


def test_two_references_that_differ_name_two_lines():
    before = [line("paid 2021 100 USD", "T1")]
    assert found(before, [line("paid 2021 101 USD", "T2")]) == [None]


def test_books_that_were_numbered_anew_are_the_same_books():
    before = [line("paid 2021 100 USD", "T1"), line("paid 2021 200 USD", "T2")]
    after = [line("paid 2021 200 USD", "X2"), line("paid 2021 100 USD", "X1")]
    assert found(before, after) == [1, 0]


def test_a_line_that_had_no_reference_yet_is_found_by_what_it_says():
    assert found([LATER, PAID], [line("paid 2021 100 USD", "T1")]) == [1]


def test_equal_lines_are_taken_in_their_order():
    assert found([PAID, LATER, PAID], [PAID, PAID, PAID]) == [0, 2, None]


def test_of_equal_lines_the_one_with_the_number_is_meant():
    before = [line("paid 2021 1 USD", number=1), line("paid 2021 1 USD", number=2)]
    assert found(before, [line("paid 2021 1 USD", number=2)]) == [1]


def test_numbers_that_follow_the_place_do_not_mislead():
    before = [line("paid 2021 100 USD", number=1), line("paid 2022 5 USD", number=2)]
    after = [
        line("pledge 2020 9 USD", number=1),
        line("paid 2021 101 USD", number=2),
        line("paid 2022 5 USD", number=3),
    ]
    assert found(before, after) == [None, 0, 1]


def test_a_number_names_a_line_whatever_was_changed_of_it():
    before = [line("paid 2021 100 USD", number=1), line("paid 2022 5 USD", number=2)]
    after = [line("pledge 2020 7 EUR", number=1), line("paid 2022 5 USD", number=2)]
    assert found(before, after) == [0, 1]


def test_a_corrected_amount_is_a_change_of_its_line():
    assert found([PLEDGED, PAID], [line("paid 2021 101 USD"), PLEDGED]) == [1, 0]


def test_an_amount_that_two_lines_may_have_had_is_a_new_line():
    assert found([line("paid 2021 1 USD"), line("paid 2021 2 USD")], [line("paid 2021 3 USD")]) == [
        None
    ]


def test_a_pledge_is_never_corrected_to_a_payment():
    assert found([line("pledge 2021 100 USD")], [PAID]) == [None]


def test_what_differs_in_two_facts_is_another_line():
    assert found([PAID], [line("paid 2022 101 USD")]) == [None]


@given(books, st.data())
def test_any_order_and_any_new_lines_leave_each_line_what_it_is(stored, data):
    new = [line(f"paid 1999 {place} EUR") for place in range(data.draw(st.integers(0, 3)))]
    given = data.draw(st.permutations(stored + new))
    places = found(stored, given)
    for mine, place in zip(given, places, strict=True):
        assert (mine in new) == (place is None)
        assert place is None or stored[place] == mine
    assert Counter(place for place in places if place is not None) == Counter(range(len(stored)))


@given(books, books)
def test_no_line_is_found_twice(stored, mine):
    places = [place for place in found(stored, mine) if place is not None]
    assert len(places) == len(set(places))
