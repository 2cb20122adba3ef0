"""What is done to the text of a cell can be undone."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from initiatives.exchange.cells import (
    escaped,
    harmless,
    instant,
    instant_text,
    join,
    original,
    split,
)
from initiatives.exchange.columns.column import exact
from initiatives.notation import exact_text

pytestmark = pytest.mark.once
SIGNS = "=+-@\t\r"
awkward = st.text(alphabet=st.sampled_from("'=+-@\t\r\n|\\a;,\""), max_size=8) | st.text()


@pytest.mark.parametrize("sign", SIGNS)
def test_what_begins_like_a_formula_gets_an_apostrophe(sign):
    assert harmless(f"{sign}1+1") == f"'{sign}1+1"


@pytest.mark.parametrize("text", ["", "1=1", "CI-2025-0001", "a@b.uz", "'quoted'", " =1"])
def test_other_text_stays_as_it_is(text):
    assert harmless(text) == original(text) == text


@given(awkward)
@example("'=1")
@example("''-x")
@example("-5.00")
@example("'-5.00")
@example("'")
def test_the_apostrophe_can_be_taken_away_again(text):
    assert original(harmless(text)) == text


@pytest.mark.parametrize("text", ["-5.00", "-5", "-5.00|3.00", "-5.00||-0.001", "3.00|-5.00"])
def test_amounts_below_zero_stay_numbers(text):
    assert harmless(text, amounts=True) == original(text) == text
    assert [float(value) for value in harmless(text, amounts=True).split("|") if value]


@pytest.mark.parametrize(
    "text",
    ["-5+1", "-5.00|3.00+1", "--5", "-", "-5.", "+5", "-5|cmd!A1", "-5\n=1", "-٥", "'-5.00"],
)
def test_what_only_begins_like_an_amount_is_made_harmless(text):
    assert harmless(text, amounts=True) == f"'{text}"
    assert original(harmless(text, amounts=True)) == text


@given(awkward)
@example("-5.00")
@example("'-5.00")
def test_amounts_can_be_read_again(text):
    assert original(harmless(text, amounts=True)) == text


@given(awkward)
def test_no_cell_begins_like_a_formula(text):
    assert not harmless(text).startswith(tuple(SIGNS))


def test_values_are_joined_by_bars():
    assert join(["UZ", "KZ"]) == "UZ|KZ"
    assert join(["a|b", "c\\"]) == r"a\|b|c\\"


@given(st.lists(awkward, max_size=5).filter(lambda values: values != [""]))
def test_joined_values_can_be_told_apart_again(values):
    assert split(original(harmless(join(values)))) == values


@given(awkward)
def test_any_cell_can_be_split(text):
    assert "".join(split(text)).count("|") <= text.count("|")


@given(awkward)
def test_one_value_alone_is_escaped_as_in_a_list(value):
    assert escaped(value) == join([value])


@given(st.datetimes(timezones=st.just(UTC)))
@example(datetime(2025, 6, 30, 12, tzinfo=UTC))
@example(datetime(2025, 6, 30, 12, 0, 0, 120, tzinfo=UTC))
def test_an_instant_of_the_register_is_written_as_any_other(moment):
    stored = moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
    assert instant_text(stored) == instant_text(moment.isoformat()) == instant(moment)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.integers().map(Decimal))
@example(Decimal("1.250"))
@example(Decimal("-5.00"))
def test_a_number_of_the_register_is_written_as_any_other(number):
    assert exact(f"{number:f}") == exact_text(number)
