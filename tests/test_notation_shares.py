"""Percentages, rates and currencies as people write them."""

from decimal import Decimal

import pytest

from initiatives.notation import (
    PERCENT,
    RATE,
    NotRead,
    currency_choices,
    read_currency,
    read_number,
)

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("33", "33.00"), ("33 %", "33.00"), ("33%", "33.00"), ("33,3 %", "33.30")),
        *(("50,5", "50.50"), ("50.5", "50.50"), ("100", "100.00"), ("0", "0.00")),
        *(("33 процента", "33.00"), ("33 foiz", "33.00"), ("33 пайыз", "33.00")),
        ("12.5 per cent", "12.50"),
    ],
)
def test_a_percentage_is_read(text, value):
    found = read_number(text, PERCENT)
    assert (str(found.value), found.note) == (value, "")


def test_of_two_readings_a_percentage_has_the_one_that_is_possible():
    found = read_number("33,333", PERCENT)
    assert str(found.value) == "33.33"
    assert found.note == "“33,333” is rounded to 33.33: at most 2 decimals are kept."


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        *(("100.01", "is more than 100"), ("1500", "is more than 100"), ("-1", "is negative")),
        *(("5 USD", "is an amount"), ("1 тыс.", "is an amount"), ("abc", "is not a percentage")),
        ("1e1", "has an exponent"),
    ],
)
def test_what_can_be_no_percentage_is_refused(text, cure):
    with pytest.raises(NotRead) as refusal:
        read_number(text, PERCENT)
    assert cure in refusal.value.message


def test_a_rate_has_nine_decimals():
    assert read_number("0,000083", RATE).value == Decimal("0.000083")
    assert read_number("0.0000833333333", RATE).value == Decimal("0.000083333")
    with pytest.raises(NotRead, match="may be 12500 or 12"):
        read_number("12,500", RATE)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("USD", "USD"), ("usd", "USD"), (" uzs ", "UZS"), ("$", "USD"), ("€", "EUR"), ("", "")),
        *(("US Dollar", "USD"), ("доллар США", "USD"), ("долл. США", "USD"), ("тенге", "KZT")),
        *(("Oʻzbekiston soʻmi", "UZS"), ("ақш доллары", "USD"), ("DEM", "DEM")),
    ],
)
def test_a_currency_is_known_by_code_sign_and_name(text, code):
    assert read_currency(text) == code


@pytest.mark.parametrize(
    ("text", "cure"),
    [("USDD", "Did you mean “USD”?"), ("¥", "may be CNY or JPY"), ("zz9", "ISO 4217")],
)
def test_another_word_is_refused_with_the_nearest_currency(text, cure):
    with pytest.raises(NotRead) as refusal:
        read_currency(text)
    assert cure in refusal.value.message


def test_the_choice_has_every_currency_in_use_with_its_name():
    choices = dict(currency_choices("ru"))
    assert len(choices) > 150
    assert choices["UZS"] == "UZS – узбекский сум"
    assert "DEM" not in choices
