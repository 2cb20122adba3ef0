"""What is shown in any language, typed back, gives the same value."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from initiatives.exchange.columns import COLUMNS
from initiatives.fields.money import plain
from initiatives.models import Funding, Initiative
from initiatives.notation import (
    AMOUNT,
    PERCENT,
    RATE,
    NotRead,
    exact_text,
    read_date,
    read_number,
    stands_for_none,
)
from initiatives.partial_dates import PartialDate, Precision
from initiatives.templatetags import reading
from initiatives.timeline import amount_in_words, date_in_words
from initiatives.timeline.words import number_in_words

pytestmark = pytest.mark.once
LANGUAGES = st.sampled_from(["en", "ru", "uz", "kk"])
AMOUNTS = st.decimals(-(10**12), 10**12, places=3) | st.integers(-(10**15), 10**15).map(Decimal)
SMALL = st.decimals(0, 2000, places=3) | st.integers(0, 10**6).map(Decimal)


@st.composite
def any_dates(draw):
    precision = draw(st.sampled_from(list(Precision)))
    day = date(1000, 1, 1) + timedelta(draw(st.integers(0, 3_287_181)))
    if precision is Precision.DAY:
        return PartialDate(day)
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[precision.value]
    return PartialDate(date(day.year, (day.month - 1) // months * months + 1, 1), precision)


def partial_dates():
    """Those that mean a date."""
    return any_dates().filter(lambda when: not stands_for_none(when))


@given(AMOUNTS | SMALL, LANGUAGES, st.sampled_from(["USD", "UZS", "KZT", "EUR", "KWD", ""]))
def test_an_amount_that_is_shown_is_read_as_that_amount(amount, language, currency):
    with translation.override(language):
        shown = amount_in_words(plain(amount), currency)
        found = read_number(shown, AMOUNT)
    assert (found.value, found.note) == (amount, "")
    assert found.currencies == ((currency,) if currency else ())


@given(SMALL | AMOUNTS, LANGUAGES)
def test_a_number_of_a_history_is_read_as_that_number(number, language):
    with translation.override(language):
        assert read_number(number_in_words(number), AMOUNT).value == number


@given(st.decimals(0, 100, places=2), LANGUAGES)
def test_a_percentage_that_is_shown_is_read_as_that_percentage(share, language):
    with translation.override(language):
        assert read_number(reading.percent(share), PERCENT).value == share


@given(st.decimals(Decimal("0.000000001"), 10**6, places=9), LANGUAGES)
def test_a_rate_that_is_shown_is_read_as_that_rate(rate, language):
    with translation.override(language):
        assert read_number(number_in_words(rate), RATE).value == rate


@given(AMOUNTS | SMALL)
def test_an_amount_of_a_box_or_a_table_has_one_reading(amount):
    assert read_number(exact_text(plain(amount)), AMOUNT).value == amount


@given(partial_dates(), LANGUAGES)
def test_a_date_that_is_shown_is_read_as_that_date(when, language):
    with translation.override(language):
        shown = {date_in_words(when), strip_tags(reading.partial_date(when)), str(when)}
    assert {str(read_date(text)) for text in shown} == {str(when)}


@given(partial_dates(), LANGUAGES)
def test_letters_of_any_case_and_spaces_of_any_kind_say_the_same(when, language):
    with translation.override(language):
        shown = date_in_words(when)
    for text in (shown.upper(), shown.replace(" ", "\u00a0"), f"  {shown}\t"):
        assert read_date(text) == when


def said_of(read):
    try:
        return f"read as {read()}"
    except NotRead as refusal:
        return refusal.message


@given(st.text(max_size=60) | st.from_regex(r"[-+0-9., '%$€a-zа-я]{0,30}", fullmatch=True))
def test_any_text_is_read_or_refused_in_words(text):
    for read in (
        lambda: read_number(text, AMOUNT),
        lambda: read_number(text, PERCENT, point=True),
        lambda: read_date(text),
    ):
        assert said_of(read)


@given(partial_dates(), SMALL)
def test_what_a_table_of_ours_says_is_read_as_it_was(when, amount):
    assert COLUMNS["planned_end"].read(str(when)) == when
    column = COLUMNS["funding_amounts"]
    assert column.read(exact_text(plain(amount))) == [amount]
    assert Funding._meta.get_field("amount").to_python(str(amount)) == amount
    assert Initiative._meta.get_field("planned_end").to_python(str(when)) == when
