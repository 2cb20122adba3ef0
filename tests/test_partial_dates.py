"""Partial dates: what is known is kept and no day is invented."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from initiatives.partial_dates import PartialDate, Precision

pytestmark = pytest.mark.once

FORMS = [
    ("2027", date(2027, 1, 1), date(2027, 12, 31), "year"),
    ("2027-H1", date(2027, 1, 1), date(2027, 6, 30), "half"),
    ("2027-H2", date(2027, 7, 1), date(2027, 12, 31), "half"),
    ("2027-Q1", date(2027, 1, 1), date(2027, 3, 31), "quarter"),
    ("2027-Q3", date(2027, 7, 1), date(2027, 9, 30), "quarter"),
    ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "month"),
    ("2027-12", date(2027, 12, 1), date(2027, 12, 31), "month"),
    ("2027-05-14", date(2027, 5, 14), date(2027, 5, 14), "day"),
]
REFUSED = [
    "",
    "27",
    "2027-13",
    "2027-00",
    "2027-02-30",
    "2027-Q5",
    "2027-H3",
    "2027-5",
    "0999",
    "0000",
    "20270",
    "2027-05-14T00:00",
    "2027-05-14 to 2027-06-01",
    "٢٠٢٧",
    "2027-Q",
    "-2027",
    "2027\x00",
]


@pytest.mark.parametrize(("text", "first", "last", "precision"), FORMS)
def test_each_form_means_its_span(text, first, last, precision):
    parsed = PartialDate.parse(text)
    assert (parsed.first, parsed.last, parsed.precision) == (first, last, precision)


@pytest.mark.parametrize("text", [form[0] for form in FORMS])
def test_the_text_form_comes_back(text):
    assert str(PartialDate.parse(text)) == text


@pytest.mark.parametrize("text", REFUSED)
def test_it_refuses_what_is_no_date(text):
    with pytest.raises(ValueError, match=r"date|calendar|year"):
        PartialDate.parse(text)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("14.05.2027", "2027-05-14"),
        ("5.2027", "2027-05"),
        (" 2027-q3 ", "2027-Q3"),
        ("2027-h1", "2027-H1"),
    ],
)
def test_it_reads_what_officers_type(typed, meant):
    assert str(PartialDate.parse(typed)) == meant


def test_the_more_exact_of_two_that_begin_together_comes_first():
    texts = ["2027", "2027-01", "2027-H1", "2027-01-01", "2026-12-31", "2027-Q1"]
    ordered = sorted(map(PartialDate.parse, texts))
    assert [*map(str, ordered)] == [
        "2026-12-31",
        "2027-01-01",
        "2027-01",
        "2027-Q1",
        "2027-H1",
        "2027",
    ]


def test_a_first_day_that_does_not_begin_its_span_is_refused():
    with pytest.raises(ValueError, match="does not begin"):
        PartialDate(date(2027, 5, 14), Precision.MONTH)


def test_a_span_of_odd_length_is_no_partial_date():
    with pytest.raises(ValueError, match="is not a day"):
        PartialDate.from_span(date(2027, 5, 1), date(2027, 5, 30))


@given(st.dates(min_value=date(1000, 1, 1)), st.sampled_from(Precision))
def test_every_span_survives_text_and_days(day, precision):
    months = {"day": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}[precision]
    start = date(day.year, (day.month - 1) // months * months + 1, 1) if months else day
    made = PartialDate(start, precision)
    assert PartialDate.parse(str(made)) == made
    assert PartialDate.from_span(made.first, made.last) == made


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_as_no_date(text):
    with contextlib.suppress(ValueError):
        parsed = PartialDate.parse(text)
        assert parsed.first <= parsed.last
