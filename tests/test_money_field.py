"""The field of amounts: which values it takes, how it refuses others, and what it hands on."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator

from initiatives.fields import MoneyField
from initiatives.fields.money import plain
from initiatives.fields.number_forms import NumberFormField
from initiatives.models import Funding
from initiatives.notation import AMOUNT

pytestmark = pytest.mark.once
AMOUNTS = Funding._meta.get_field("amount")


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (None, None),
        ("", None),
        ("0", "0.00"),
        (7, "7.00"),
        ("-5.5", "-5.50"),
        ("0.125", "0.125"),
        (Decimal("1E+3"), "1000.00"),
        (Decimal("8999999999999999.999"), "8999999999999999.999"),
        (Decimal("-8999999999999999.999"), "-8999999999999999.999"),
    ],
)
def test_an_amount_is_taken_as_text_or_number_and_nothing_is_no_amount(value, stored):
    taken = MoneyField().to_python(value)
    assert (taken if taken is None else str(taken)) == stored


@pytest.mark.parametrize(
    ("value", "code", "message"),
    [
        ("ten", "invalid", "“ten” is not an amount. Write digits, for example 5000000.50."),
        (Decimal("NaN"), "invalid", "“NaN” is not an amount"),
        (Decimal("-Infinity"), "invalid", "“-Infinity” is not an amount"),
        ("0.0001", "decimals", "“0.0001” has more than three decimals."),
        (9 * 10**15, "limit", "“9000000000000000” is too large"),
        (-9 * 10**15, "limit", "“-9000000000000000” is too large"),
    ],
)
def test_each_refusal_has_its_code_and_repeats_the_value(value, code, message):
    with pytest.raises(ValidationError) as refusal:
        MoneyField().to_python(value)
    assert refusal.value.code == code
    assert refusal.value.messages[0].startswith(message)


def test_a_refusal_repeats_the_first_forty_characters():
    with pytest.raises(ValidationError, match=r"“a{40}” is not"):
        MoneyField().to_python("a" * 60)


@pytest.mark.parametrize(
    ("amount", "text"), [("5000000.5", "5000000.50"), ("0.001", "0.001"), (None, None)]
)
def test_a_file_of_fixtures_gets_the_amount_in_digits(amount, text):
    assert AMOUNTS.value_to_string(Funding(amount=amount)) == text


def test_what_the_database_holds_is_thousandths():
    assert AMOUNTS.get_prep_value("12.345") == 12345
    assert AMOUNTS.get_prep_value(None) is None
    assert str(AMOUNTS.from_db_value(-12340, None, None)) == "-12.34"
    assert AMOUNTS.from_db_value(None, None, None) is None


def test_a_form_reads_amounts_as_people_write_them():
    box = MoneyField(null=True, blank=True).formfield()
    assert isinstance(box, NumberFormField)
    assert (box.measure, box.required) == (AMOUNT, False)


def test_validators_are_those_of_the_field_and_not_those_of_the_stored_integer():
    positive = MinValueValidator(0)
    assert MoneyField().validators == []
    assert MoneyField(validators=[positive]).validators == [positive]


def test_an_amount_is_shown_with_two_decimals_or_with_the_third_that_it_has():
    assert [str(plain(Decimal(text))) for text in ("1", "1.5", "1.500", "1.505")] == [
        "1.00",
        "1.50",
        "1.50",
        "1.505",
    ]
