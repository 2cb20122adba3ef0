"""How people write numbers, currencies and dates: the one reader for every door.

    read_number("1,5 млн", AMOUNT).value        # Decimal("1500000.00")
    read_date("III кв. 2025")                   # PartialDate 2025-Q3

A text is read only if it has one reading. What has two, or none, raises NotRead, whose message
names the readings and the cure. Rules and their reasons: docs/adr/0013-one-reader-of-numbers.md.
"""

from initiatives.notation.currencies import currency_choices, read_currency
from initiatives.notation.dates import DATE_FORMS, read_date, stands_for_none
from initiatives.notation.durations import (
    earlier_in_words,
    late_in_words,
    later_in_words,
    later_than_promised_in_words,
    months_in_words,
    span_of_months,
)
from initiatives.notation.exact import exact_text, grouped, has_one_reading, with_currency
from initiatives.notation.measures import AMOUNT, PERCENT, RATE, Measure, Number, read_number
from initiatives.notation.refusals import NotRead
from initiatives.notation.shown import date_in_words

__all__ = [
    "AMOUNT",
    "DATE_FORMS",
    "PERCENT",
    "RATE",
    "Measure",
    "NotRead",
    "Number",
    "currency_choices",
    "date_in_words",
    "earlier_in_words",
    "exact_text",
    "grouped",
    "has_one_reading",
    "late_in_words",
    "later_in_words",
    "later_than_promised_in_words",
    "months_in_words",
    "read_currency",
    "read_date",
    "read_number",
    "span_of_months",
    "stands_for_none",
    "with_currency",
]
