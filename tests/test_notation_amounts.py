"""Amounts as people write them: one reading is read, two are named, none is refused."""

from decimal import Decimal

import pytest
from babel.numbers import list_currencies
from django.utils import translation

from initiatives.notation import AMOUNT, NotRead, read_number
from initiatives.notation.currencies import currencies_of

pytestmark = pytest.mark.once

# Text = value, and the currency that it says if it says one.
READ = """
0 = 0 | 7 = 7 | 007 = 7 | 300 = 300 | 5000000 = 5000000 | 5000000,50 = 5000000.50
5000000.5 = 5000000.5 | 5000000.50 = 5000000.50 | 1234.500 = 1234.5 | 1234,500 = 1234.5
0.500 = 0.5 | 0,125 = 0.125 | .5 = 0.5 | ,5 = 0.5 | 500. = 500 | 1.5 = 1.5 | 1,5 = 1.5
1,25 = 1.25 | 12.75 = 12.75 | 1.1250 = 1.125 | 1000.123 = 1000.123 | 1000,123 = 1000.123
300 000,50 = 300000.50 | 300 000.50 = 300000.50 | 300 000 = 300000 | 300 000 000 = 300000000
1 500 = 1500 | 300 000,500 = 300000.5 | 1 500.125 = 1500.125 | 1  500 = 1500
300\u00a0000,50 = 300000.50 | 300\u202f000,50 = 300000.50 | 300\u2009000,50 = 300000.50
\u00a0300\u00a0000\u00a0 = 300000 | 300\u200b000 = 300000 | \ufeff5 = 5 | 5\u2007000 = 5000
300.000.000 = 300000000 | 300,000,000 = 300000000 | 1.234.567 = 1234567 | 1,234,567 = 1234567
5,000,000.50 = 5000000.50 | 5.000.000,50 = 5000000.50 | 1,500.00 = 1500 | 1.500,00 = 1500
1,500.5 = 1500.5 | 1.500,5 = 1500.5 | 1,500.125 = 1500.125 | 1.500,125 = 1500.125
1'500 = 1500 | 1’500’000.25 = 1500000.25 | 1ʻ500 = 1500 | 1'500,25 = 1500.25
8 999 999 999 999 999,99 = 8999999999999999.99 | +500 = 500 | -500 = -500 | −500 = -500
–500 = -500 | - 500 = -500 | -0,5 = -0.5 | −300 000,50 = -300000.50
1,5 млн = 1500000 | 1.5 млн = 1500000 | 1,5 млн. = 1500000 | 1,5млн = 1500000 | 300 млн = 300000000
1,5 МЛН = 1500000 | 2 миллиона = 2000000 | 10 миллионов = 10000000 | 1 миллион = 1000000
2 млрд = 2000000000 | 2,25 млрд. = 2250000000 | 5 миллиардов = 5000000000 | 1 миллиард = 1000000000
3 трлн = 3000000000000 | 1,5 триллиона = 1500000000000 | 12 тыс. = 12000 | 12 тыс = 12000
5 тысяч = 5000 | 1 тысяча = 1000 | 300 000 тыс. = 300000000 | 300к = 300000
300 million = 300000000 | 300 Million = 300000000 | 2 millions = 2000000 | 5m = 5000000
5M = 5000000 | 5 mn = 5000000 | 5 mio = 5000000 | 7 thousand = 7000 | 250k = 250000
3 bn = 3000000000 | 3bn = 3000000000 | 3b = 3000000000 | 1.2 billion = 1200000000
2 tn = 2000000000000 | 1 trillion = 1000000000000 | 5 mm = 5000000 | 2 bln. = 2000000000
5 mlrd = 5000000000 | 5 mlrd. = 5000000000 | 5 milliard = 5000000000 | 5 mln = 5000000
100 ming = 100000 | 3 trln = 3000000000000 | 5 milliondan = 5000000 | 7 минг = 7000
5 мың = 5000 | 5 миллион = 5000000 | 5 миллионға = 5000000 | 2 миллиард = 2000000000
4 триллион = 4000000000000 | 5 мыңнан = 5000
$5 = 5 USD | $5bn = 5000000000 USD | $5 bn = 5000000000 USD | US$ 7.5 million = 7500000 USD
5$ = 5 USD | 5 bn$ = 5000000000 USD | -$5 = -5 USD | $-5 = -5 USD | USD 5,000,000 = 5000000 USD
USD 5 bn = 5000000000 USD | 5bn USD = 5000000000 USD | usd5m = 5000000 USD
5 USD mln = 5000000 USD | 5 долларов США = 5 USD | 3 млн долл. США = 3000000 USD
3 млн. долл. = 3000000 USD | 2 US dollars = 2 USD | 5 mln AQSH dollari = 5000000 USD
€ 3m = 3000000 EUR | €3 = 3 EUR | EUR7m = 7000000 EUR | 3,14 млрд евро = 3140000000 EUR
5 euro = 5 EUR | 2 yevro = 2 EUR | £5 = 5 GBP | 5 mln soʻm = 5000000 UZS
100 ming so'm = 100000 UZS | 5 млн сум = 5000000 UZS | 5 млн сўм = 5000000 UZS
1 500 000 узбекских сумов = 1500000 UZS | 10 миллионов тенге = 10000000 KZT
5 мың теңге = 5000 KZT | ₸ 5 млрд = 5000000000 KZT | 5 tenge = 5 KZT | 12 тыс. руб. = 12000 RUB
руб.500 = 500 RUB | 5 ₽ = 5 RUB | 100 юаней = 100 CNY | A$5 = 5 AUD | 5 KWD = 5 KWD
5 000 000,00 UZS = 5000000 UZS | USD 1,500.00 = 1500 USD
"""

# Text = the two ways in which it may be meant.
TWO_READINGS = """
1.500 = 1500, 1.5 | 1,500 = 1500, 1.5 | 12,345 = 12345, 12.345 | 999.999 = 999999, 999.999
-1,500 = -1500, -1.5 | 1,500 USD = 1500, 1.5 | $1,500 = 1500, 1.5 | 1.125 = 1125, 1.125
1,500 млн = 1500000000, 1500000 | 1.500 bn = 1500000000000, 1500000000 | 250,000 = 250000, 250
"""

REFUSED = """
| abc | NaN | inf | -inf | 1_000 | 1 00 | 10 00 | 300 0000 | 12,34,567 | 1.50.000 | 1,500,00
1.500,000,000 | 1.500.00,5 | 5, | - | , | $ | млн | 5 млн 300 тыс | 5-10 | 5–10 млн | 5 - 10
~5 | ≈ 5 млн | 5 abc | about 5 | до 5 млн | 5М | 5 t | 5 биллион | 5/2 | ½ | 5 % | 50%
1.23457E+13 | 1,23E+13 | 1e5 | 1E5 | 1.5e-3 | 1,5Е+9 | 1.5×10^9 | 1.5*10^9 | 2 x 10
(500) | (1 500,00) | $(5) | ٣٠٠ | ５００ | १२३ | 9000000000000000 | 9 000 000 000 000 000
10000 трлн | $5 EUR | USD 5 тенге | 5 mln mln | 5 % USD | 0x10 | 1,,5 | 1..5 | 1 .5 | #VALUE!
5 000 000,50,3 | 1' 500 | 5€$ | one million | III | 5\u0000 | 1.2.3 | --5 | +-5 | 0.0001 | -0,0004
"""


def cases(table):
    lines = [line.strip("\n") for line in table.strip().splitlines()]
    texts = [text.strip(" ") for line in lines for text in line.split(" | ")]
    return [text.removeprefix("| ") for text in texts]


def pairs(table):
    return [tuple(text.split(" = ")) for text in cases(table)]


def test_the_table_is_not_short():
    assert len(cases(READ)) + len(cases(TWO_READINGS)) + len(cases(REFUSED)) > 230


@pytest.mark.parametrize(("text", "meant"), pairs(READ))
def test_a_text_with_one_reading_is_read(text, meant):
    value, _space, currency = meant.partition(" ")
    found = read_number(text, AMOUNT)
    assert (found.value, found.note) == (Decimal(value), "")
    assert found.currencies == ((currency,) if currency else ())


def test_a_code_of_a_currency_means_itself_and_nothing_else():
    assert {code: currencies_of(code.lower()) for code in list_currencies()} == {
        code: (code,) for code in list_currencies()
    }


@pytest.mark.parametrize(("text", "readings"), pairs(TWO_READINGS))
def test_a_text_with_two_readings_is_refused_with_both(text, readings):
    with pytest.raises(NotRead) as refusal:
        read_number(text, AMOUNT)
    named = " or ".join(readings.split(", "))
    assert f"“{text}” may be {named}. Write " in refusal.value.message
    for cure in refusal.value.readings:
        assert str(read_number(cure, AMOUNT).value.normalize()) in {
            str(Decimal(one).normalize()) for one in readings.split(", ")
        }


def test_both_readings_are_named_with_the_cure():
    for text, message in (
        ("1,500", "“1,500” may be 1500 or 1.5. Write 1500 or 1.50."),
        ("1,000", "“1,000” may be 1000 or 1. Write 1000 or 1.00."),
    ):
        with pytest.raises(NotRead) as refusal:
            read_number(text, AMOUNT)
        assert refusal.value.message == message


@pytest.mark.parametrize("text", cases(REFUSED))
@pytest.mark.parametrize("language", ["en", "kk"])
def test_what_has_no_reading_is_refused_in_words(text, language):
    with translation.override(language), pytest.raises(NotRead) as refusal:
        read_number(text, AMOUNT)
    assert len(refusal.value.message) > 20


@pytest.mark.parametrize(
    ("text", "cure"),
    [
        ("1.23457E+13", "has an exponent, so digits may be lost. Write all digits"),
        ("1,5×10⁹", "has an exponent"),
        ("1.5*10^-3", "has an exponent"),
        ("0x10", "is not an amount"),
        ("2 x 10", "is not an amount"),
        ("(500)", "Write a negative amount with a minus"),
        ("٣٠٠", "Write them as 0–9"),
        ("50 %", "is a percentage"),
        ("9000000000000000", "has to be below 9 000 000 000 000 000"),
    ],
)
def test_a_refusal_names_its_cure(text, cure):
    with pytest.raises(NotRead, match=r".") as refusal:
        read_number(text, AMOUNT)
    assert cure in refusal.value.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("1.500", "1.5"), ("1.125", "1.125"), ("1500", "1500"), ("-999.999", "-999.999")),
        *(("50,5", "50.5"), ("300.000.000", "300000000"), ("1 500", "1500")),
    ],
)
def test_a_machine_format_tells_that_a_point_is_the_decimal_sign(text, value):
    assert read_number(text, AMOUNT, point=True).value == Decimal(value)


def test_a_comma_has_two_readings_in_a_machine_format_too():
    with pytest.raises(NotRead):
        read_number("1,500", AMOUNT, point=True)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        *(("1000.1234", "1000.123"), ("1000,1236", "1000.124"), ("0.0005", "0.001")),
        *(("-1000.1235", "-1000.124"), ("1,2345", "1.235")),
        *(("1.2345678901 млн", "1234567.89"), ("999,9999", "1000.00")),
    ],
)
def test_more_digits_than_are_kept_are_rounded_with_a_note(text, kept):
    found = read_number(text, AMOUNT)
    assert str(found.value) == kept
    assert found.note.startswith(f"“{text}” is rounded to ")


def test_a_sign_of_two_currencies_names_both():
    assert read_number("¥5", AMOUNT).currencies == ("CNY", "JPY")
    assert read_number("5 som", AMOUNT).currencies == ("KGS", "UZS")
