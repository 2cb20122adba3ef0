"""Texts, dates and amounts in the reader's words."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override

from initiatives import timeline
from initiatives.lifecycle import Status
from initiatives.models import Funding, Initiative
from initiatives.partial_dates import PartialDate
from initiatives.templatetags import reading

pytestmark = pytest.mark.once

DATES = {
    "en": ("14 May 2027", "May 2027", "Q3 2027", "2027"),
    "ru": ("14 мая 2027 г.", "май 2027 г.", "3-й квартал 2027 г.", "2027 г."),
    "uz": ("2027-yil 14-may", "2027-yil may", "2027-yil 3-chorak", "2027-yil"),
    "kk": ("2027 ж. 14 мамыр", "2027 ж. мамыр", "2027 ж. 3-тоқсан", "2027 ж."),
}
FORMS = ("2027-05-14", "2027-05", "2027-Q3", "2027")
BIG = {
    "en": "USD 5,000,000,000",
    "ru": "5 000 000 000 USD",
    "uz": "5 000 000 000 USD",
    "kk": "5 000 000 000 USD",
}


@pytest.fixture(autouse=True)
def _english():
    """The reader is English unless a test says otherwise; other tests leave their language."""
    with override("en"):
        yield


def render(source, **context):
    return Template("{% load reading %}" + source).render(Context(context))


def words(language, funding):
    with override(language):
        return reading.money(funding).replace("\xa0", " ")


@pytest.mark.parametrize(
    ("language", "form", "expected"),
    [
        (language, form, expected)
        for language, row in DATES.items()
        for form, expected in zip(FORMS, row, strict=True)
    ],
)
def test_a_date_is_as_exact_as_its_source_and_in_the_readers_order(language, form, expected):
    with override(language):
        assert timeline.date_in_words(PartialDate.parse(form)) == expected


def test_a_half_year_is_told_by_its_half():
    halves = [timeline.date_in_words(PartialDate.parse(form)) for form in ("2027-H1", "2027-H2")]
    assert halves == ["first half of 2027", "second half of 2027"]


def test_only_an_exact_day_is_a_day_for_machines():
    assert '<time class="date" datetime="2027-05-14">' in reading.partial_date(
        PartialDate.parse("2027-05-14")
    )
    for form in FORMS[1:]:
        assert "<time" not in reading.partial_date(PartialDate.parse(form))


def test_a_moment_is_told_as_the_day_that_it_was_at_the_site():
    late_in_the_day = datetime(2027, 5, 14, 20, tzinfo=UTC)
    assert 'datetime="2027-05-15"' in reading.partial_date(late_in_the_day)


def test_a_date_that_is_not_known_is_said_to_be_unknown_only_where_asked():
    assert reading.partial_date(None) == ""
    asked = reading.partial_date(None, "date not stated")
    assert asked == '<span class="unknown">date not stated</span>'


@pytest.mark.parametrize("language", BIG)
def test_an_amount_is_grouped_and_placed_as_the_reader_has_it(language):
    funding = Funding(amount=Decimal("5000000000.00"), currency="USD")
    assert words(language, funding) == BIG[language]


def test_decimals_are_shown_where_there_are_some():
    assert words("en", Funding(amount=Decimal("1.50"), currency="EUR")) == "EUR 1.50"
    assert words("en", Funding(amount=Decimal("1.505"), currency="KWD")) == "KWD 1.5050"


def test_the_kind_of_an_amount_is_said():
    values = {"amount": Decimal(1000), "currency": "USD"}
    assert words("en", Funding(amount_kind="about", **values)) == "about USD 1,000.00"
    assert words("en", Funding(amount_kind="up_to", **values)) == "up to USD 1,000.00"
    both = Funding(amount_kind="range", amount_max=Decimal(2000), **values)
    assert words("en", both) == "USD 1,000.00 – 2,000.00"


def test_an_undisclosed_amount_is_not_zero():
    assert words("en", Funding(amount_kind="undisclosed")) == "undisclosed"


@pytest.mark.parametrize(("language", "expected"), [("en", "43%"), ("ru", "43 %"), ("uz", "43%")])
def test_a_share_is_written_as_the_reader_does(language, expected):
    with override(language):
        assert reading.percent(43).replace("\xa0", " ") == expected


def test_a_share_keeps_its_decimals():
    assert reading.percent(Decimal("33.33")) == "33.33%"


def test_a_text_in_the_readers_language_stands_alone():
    record = Initiative(title_en="Dam & road", title_ru="Плотина")
    assert render('{% text record "title" %}', record=record) == "<bdi>Dam &amp; road</bdi>"


def test_a_missing_text_is_replaced_by_the_next_language_with_a_mark():
    record = Initiative(title_ru="Плотина <1>")
    shown = render('{% text record "title" %}', record=record)
    assert '<bdi lang="ru">Плотина &lt;1&gt;</bdi>' in shown
    assert "(in Russian)" in shown


def test_an_uzbek_reader_is_given_russian_before_english():
    record = Initiative(title_ru="Плотина", title_en="Dam")
    with override("uz"):
        assert "Плотина" in render('{% text record "title" %}', record=record)


def test_a_text_that_is_missing_everywhere_gives_nothing():
    assert render('{% text r "title" %}{% prose r "summary" %}', r=Initiative()) == ""


def test_prose_keeps_its_paragraphs_and_escapes_what_is_in_them():
    record = Initiative(summary_en="One <b>.\n\nTwo.")
    shown = render('{% prose record "summary" %}', record=record)
    assert shown == '<div dir="auto"><p>One &lt;b&gt;.</p>\n\n<p>Two.</p></div>'


def test_prose_of_another_language_is_one_marked_block():
    shown = render('{% prose record "summary" %}', record=Initiative(summary_kk="Бір.\n\nЕкі."))
    assert '<div dir="auto" lang="kk"><p>Бір.</p>' in shown
    assert "(in Kazakh)" in shown


@pytest.mark.parametrize("status", Status)
def test_each_status_has_a_shape_of_its_own_and_its_name(status):
    shown = render("{% status_badge status %}", status=status)
    assert str(status.label) in shown
    assert reading.SHAPES[status] in shown
    assert len(set(reading.SHAPES.values())) == len(Status)


def test_each_status_has_a_texture_of_its_own():
    fillings = {reading.texture(status) for status in Status}
    assert len(fillings) == len(Status)


def test_a_status_is_drawn_with_its_texture_alone():
    row = {"status": "suspended"}
    shown = render('{% include "charts/textures.html" with statuses=rows only %}', rows=[row])
    assert 'id="texture-suspended"' in shown
    assert re.findall(r'texture-line[^"]*" d="([^"]*)"', shown) == ["M2 0V8"]
    assert "texture-full" not in shown


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "ftp://a.example/x", "//a", "http://[", ""]
)
def test_only_web_addresses_are_linked(url):
    assert reading.web_address(url) == ""


def test_a_web_address_stays_as_it_is():
    assert reading.web_address("https://lex.uz/ru/docs/1?a=1&b=2") == (
        "https://lex.uz/ru/docs/1?a=1&b=2"
    )


def test_languages_of_sources_have_names_and_unknown_codes_stay():
    assert reading.language_name("uz") == "Uzbek"
    assert reading.language_name("q1") == "q1"
    assert (reading.language_tag("uz-Cyrl"), reading.language_tag('"x')) == ("uz-Cyrl", "")
