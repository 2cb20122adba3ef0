"""Partial dates as values: their limits, their order, and what is said of those refused."""

from datetime import date

import pytest

from initiatives.partial_dates import FIRST_YEAR, LAST_YEAR, PartialDate, Precision

pytestmark = pytest.mark.once


def test_the_first_year_is_1000_and_the_last_one_9999():
    assert (FIRST_YEAR, LAST_YEAR) == (1000, 9999)
    assert PartialDate.parse("1000").first == date(1000, 1, 1)
    assert PartialDate.parse("9999").last == date.max
    with pytest.raises(ValueError, match="The year 0999 is before 1000"):
        PartialDate.parse("0999")


def test_a_precision_may_be_given_by_its_name():
    assert PartialDate(date(2027, 5, 14), "day").precision is Precision.DAY
    assert PartialDate(date(2027, 1, 1), "year") == PartialDate.parse("2027")
    with pytest.raises(ValueError, match="decade"):
        PartialDate(date(2020, 1, 1), "decade")


def test_a_day_alone_is_exact():
    forms = ("2027-05-14", "2027-05", "2027-Q2", "2027-H1", "2027")
    assert [PartialDate.parse(form).is_exact for form in forms] == [True, *[False] * 4]


def test_a_date_does_not_come_before_itself():
    year, same = PartialDate.parse("2027"), PartialDate.parse("2027")
    assert not year < same
    assert year <= same


def test_a_partial_date_has_no_order_with_anything_else():
    year = PartialDate.parse("2027")
    for other in (2027, "2027", date(2027, 1, 1), None):
        with pytest.raises(TypeError, match="not supported"):
            assert year < other


@pytest.mark.parametrize(("day", "last"), [("2028-02", 29), ("2027-02", 28), ("1900-02", 28)])
def test_february_ends_as_the_calendar_says(day, last):
    assert PartialDate.parse(day).last.day == last


def test_a_refusal_repeats_the_first_forty_characters_and_the_forms():
    text = "".join(f"{number:02}" for number in range(30))
    with pytest.raises(ValueError, match=r"^“\d{40}” is not a date\. Write 2027, 2027-H1, "):
        PartialDate.parse(f"  {text}  ")
    with pytest.raises(ValueError, match=r"^“2027-02-30” is not in the calendar\. Write 2027, "):
        PartialDate.parse(" 2027-02-30 ")


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2027, 5, 14), date(2027, 5, 15)),
        (date(2027, 2, 1), date(2027, 4, 30)),  # three months that are no quarter
        (date(2027, 4, 1), date(2027, 9, 30)),
        (date(2027, 5, 2), date(2027, 5, 31)),
        (date(2027, 1, 1), date(2028, 12, 31)),
        (date(2027, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_span_that_is_no_part_of_the_calendar_is_refused(first, last):
    with pytest.raises(ValueError, match="is not a day, month, quarter, half-year or year"):
        PartialDate.from_span(first, last)
