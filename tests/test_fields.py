"""Fields of our own: exact money, clean text, partial dates in queries, the folded column."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from hypothesis import given
from hypothesis import strategies as st

from initiatives.fields import MoneyField, PartialDateField
from initiatives.fields.date_forms import PartialDateFormField
from initiatives.models import Country, Funding, Initiative
from initiatives.partial_dates import PartialDate
from initiatives.text.plain_text import clean, clean_line
from tests import factories as make


@pytest.mark.django_db
@pytest.mark.parametrize(
    "amount", ["0.00", "0.001", "5000000000.00", "8999999999999999.999", "-12345678901234.56"]
)
def test_an_amount_comes_back_to_the_last_digit(amount):
    made = make.make_funding(make.make_initiative(), amount)
    assert str(Funding.objects.get(pk=made.pk).amount) == amount


@pytest.mark.django_db
def test_a_sum_of_amounts_is_exact():
    initiative = make.make_initiative()
    for amount in ("1234567890123456.01", "0.02", "0.001"):
        make.make_funding(initiative, amount)
    total = Funding.objects.aggregate(total=Sum("amount"))["total"]
    assert total == Decimal("1234567890123456.031")


@pytest.mark.parametrize(
    "value", ["abc", "1e999", "9000000000000000", "NaN", "inf", "1.2345", "\x00"]
)
def test_an_amount_that_cannot_be_kept_is_refused(value):
    with pytest.raises(ValidationError):
        MoneyField().to_python(value)


@pytest.mark.django_db
def test_dates_sort_and_compare_by_both_ends():
    for text in ("2027", "2026-12-31", "2027-Q2"):
        make.make_initiative(planned_end=text)
    dates = Initiative.objects.order_by("planned_end").values_list("planned_end", flat=True)
    assert [*map(str, dates)] == ["2026-12-31", "2027", "2027-Q2"]
    late = Initiative.objects.filter(planned_end__last__lt=date(2027, 7, 1))
    assert {str(row.planned_end) for row in late} == {"2026-12-31", "2027-Q2"}
    begun = Initiative.objects.filter(planned_end__first__lte=date(2027, 1, 1))
    assert {str(row.planned_end) for row in begun} == {"2026-12-31", "2027"}


def test_a_date_field_says_which_forms_it_takes():
    with pytest.raises(ValidationError, match="2027-H1"):
        PartialDateField().to_python("next spring")


def test_the_form_field_shows_and_reads_the_text_form():
    field = PartialDateFormField(required=False)
    assert field.clean("14.05.2027") == PartialDate(date(2027, 5, 14))
    assert field.prepare_value(PartialDate.parse("2027-H1")) == "2027-H1"
    assert field.clean("") is None
    assert not field.has_changed(PartialDate.parse("2027"), "2027")


@pytest.mark.django_db
def test_control_characters_do_not_enter_the_database():
    made = make.make_initiative(title_en="A\x00B\x0bC\ud800 D\nE", summary_en="one\r\ntwo\x07")
    kept = Initiative.objects.get(pk=made.pk)
    assert kept.title_en == "AB C D E"  # a line break of Word parts words
    assert kept.summary_en == "one\ntwo"


@given(st.text(alphabet=st.characters(), max_size=60))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@pytest.mark.django_db
def test_the_folded_column_is_written_by_every_road_of_saving():
    one = Country(iso2="UZ", iso3="UZB", name_uz="Oʻzbekiston")
    one.save_base(raw=True)  # as loaddata does
    Country.objects.bulk_create([Country(iso2="KZ", iso3="KAZ", name_kk="Қазақстан")])
    stored = {
        row["iso2"]: row["search_text"] for row in Country.objects.values("iso2", "search_text")
    }
    assert "ozbekiston" in stored["UZ"]
    assert "kazakstan" in stored["KZ"]
