"""Dates as people write them in four languages: one reading is read, two are named."""

import pytest
from django.utils import translation

from initiatives.notation import NotRead, read_date
from initiatives.partial_dates import PartialDate
from initiatives.timeline import date_in_words
from tests.test_notation_amounts import cases, pairs

pytestmark = pytest.mark.once

READ = """
2027 = 2027 | 2027-H1 = 2027-H1 | 2027-Q3 = 2027-Q3 | 2027-05 = 2027-05 | 2027-05-14 = 2027-05-14
2027-q3 = 2027-Q3 | 14.05.2027 = 2027-05-14 | 5.2027 = 2027-05 | 03.04.2025 = 2025-04-03
3.4.2025 = 2025-04-03 | 31.12.2025 = 2025-12-31 | 31. 12. 2025 = 2025-12-31 | 05.2027 = 2027-05
Q3 2025 = 2025-Q3 | 2025 Q3 = 2025-Q3 | 2025Q3 = 2025-Q3 | 3Q 2025 = 2025-Q3 | 3Q2025 = 2025-Q3
Q3/2025 = 2025-Q3 | Q3-2025 = 2025-Q3 | q3, 2025 = 2025-Q3 | third quarter of 2025 = 2025-Q3
3rd quarter 2025 = 2025-Q3 | the fourth quarter of 2025 = 2025-Q4 | Quarter 1 2025 = 2025-Q1
III кв. 2025 = 2025-Q3 | III квартал 2025 г. = 2025-Q3 | 3 кв. 2025 = 2025-Q3 | IV кв 2025 = 2025-Q4
3-й квартал 2025 г. = 2025-Q3 | 3 квартал 2025 года = 2025-Q3 | ІІІ кв. 2025 = 2025-Q3
Ⅲ кв. 2025 = 2025-Q3 | второй квартал 2025 = 2025-Q2 | в третьем квартале 2025 года = 2025-Q3
1-полугодие 2025 = 2025-H1 | I полугодие 2025 = 2025-H1 | II полугодие 2025 г. = 2025-H2
H1 2025 = 2025-H1 | 2025 H2 = 2025-H2 | 1-е полугодие 2025 = 2025-H1 | 1H2025 = 2025-H1
first half of 2025 = 2025-H1 | second half of 2025 = 2025-H2 | первое полугодие 2025 г. = 2025-H1
2025-yil 3-chorak = 2025-Q3 | 2025-yil III chorak = 2025-Q3 | 2025-yil = 2025 | 2025 yil = 2025
2025-yilning birinchi yarmi = 2025-H1 | 2025 йил = 2025 | 2025-yil uchinchi chorak = 2025-Q3
2025 ж. = 2025 | 2025 жыл = 2025 | 2025 жылғы 3-тоқсан = 2025-Q3 | 2025 ж. 3-тоқсан = 2025-Q3
2025 жылдың екінші жартысы = 2025-H2 | 2025 жылғы III тоқсан = 2025-Q3 | 2025 жылы = 2025
2025 г. = 2025 | 2025 год = 2025 | 2025г. = 2025 | в 2025 году = 2025 | 2025 = 2025
дек 2025 = 2025-12 | дек. 2025 = 2025-12 | декабрь 2025 = 2025-12 | Декабря 2025 г. = 2025-12
ДЕКАБРЬ 2025 ГОДА = 2025-12 | в декабре 2025 = 2025-12 | янв. 2025 = 2025-01 | май 2025 = 2025-05
мая 2025 = 2025-05 | сент. 2025 = 2025-09 | фев 2025 = 2025-02 | ноя. 2025 = 2025-11
Dec 2025 = 2025-12 | Dec. 2025 = 2025-12 | December 2025 = 2025-12 | 2025 December = 2025-12
Sept 2025 = 2025-09 | Sep 2025 = 2025-09 | MAY 2025 = 2025-05 | Dec-2025 = 2025-12
dec/2025 = 2025-12
dekabr 2025 = 2025-12 | 2025-yil dekabr = 2025-12 | may, 2025 = 2025-05 | 2025-yil may = 2025-05
iyn 2025 = 2025-06 | oktabr 2025 = 2025-10 | noy 2025 = 2025-11 | sentyabr 2025 = 2025-09
желтоқсан 2025 = 2025-12 | 2025 ж. желтоқсан = 2025-12 | жел. 2025 = 2025-12 | Мамыр 2025 = 2025-05
2025 жылғы қаңтар = 2025-01 | мау. 2025 = 2025-06 | қараша 2025 = 2025-11 | 2025 ж. мам. = 2025-05
1 декабря 2025 г. = 2025-12-01 | 1 декабря 2025 = 2025-12-01 | 01 дек. 2025 = 2025-12-01
1-го декабря 2025 года = 2025-12-01 | 31 августа 2025 г. = 2025-08-31 | 31.12.2025 г. = 2025-12-31
1 December 2025 = 2025-12-01 | December 1, 2025 = 2025-12-01 | Dec 1 2025 = 2025-12-01
1st December 2025 = 2025-12-01 | 1-Dec-2025 = 2025-12-01 | 2025 Dec 1 = 2025-12-01
December 31st, 2025 = 2025-12-31 | 31 of December 2025 = 2025-12-31 | 31.12.2025г = 2025-12-31
2025-yil 1-dekabr = 2025-12-01 | 1 dekabr 2025 = 2025-12-01 | 1-dekabr, 2025-yil = 2025-12-01
2025-yil 14-may = 2025-05-14 | 2025 жылғы 1 желтоқсан = 2025-12-01 | 1 желтоқсан 2025 = 2025-12-01
2025 ж. 14 мамыр = 2025-05-14 | 2025 ж. 14 мам. = 2025-05-14 | 14 мамырда 2025 ж. = 2025-05-14
31/12/2025 = 2025-12-31 | 12/31/2025 = 2025-12-31 | 13/1/2025 = 2025-01-13
04/04/2025 = 2025-04-04
31-12-2025 = 2025-12-31 | 31–12–2025 = 2025-12-31 | 2025/12/31 = 2025-12-31
2025.12.31 = 2025-12-31
2025-1-5 = 2025-01-05 | 2025–12–31 = 2025-12-31 | 2025—12—31 = 2025-12-31 | 2025‑12‑31 = 2025-12-31
2025−12−31 = 2025-12-31 | 2025 - 12 - 31 = 2025-12-31 | 2025/05 = 2025-05 | 05/2025 = 2025-05
2025–05 = 2025-05 | 2025.05 = 2025-05 | 5-2025 = 2025-05 | 2025–Q3 = 2025-Q3 | 2025–H1 = 2025-H1
2028.0 = 2028 | 2028,0 = 2028 | 2028.00 = 2028 | 2028-12-31 00:00:00 = 2028-12-31
2028-12-31T00:00:00Z = 2028-12-31 | 2028-12-31T00:00:00+05:00 = 2028-12-31
2028-12-31Z = 2028-12-31
2028-12-31 00:00:00.000 = 2028-12-31 | 31.12.2028 0:00:00 = 2028-12-31
31.12.2028 00:00 = 2028-12-31
12/31/2028 12:00:00 AM = 2028-12-31 | 2028-12-31 00:00:00 UTC = 2028-12-31
29.02.2028 = 2028-02-29 | 29 февраля 2028 = 2028-02-29
"""

SEVERAL_READINGS = """
03/04/2025 = 2025-04-03 or 2025-03-04 | 3/4/2025 = 2025-04-03 or 2025-03-04
03-04-2025 = 2025-04-03 or 2025-03-04 | 12/11/2025 = 2025-11-12 or 2025-12-11
01.02.25 = 2025-02-01, 1925-02-01 or 2001-02-25 | 31.12.25 = 2025-12-31, 1925-12-31 or 2031-12-25
1-Dec-25 = 2025-12-01 or 1925-12-01 | 5 мая 25 = 2025-05-05 or 1925-05-05
2011/12 = 2011-12 or 2011–2012 | 03/04/2025 00:00:00 = 2025-04-03 or 2025-03-04
"""

REFUSED = """
| soon | next spring | декабрь | December | Dec 25 | май 25 | 25 | 99 | 0999 | 12345 | 45992
20251231 | 31122025 | Q3 | Q5 2025 | 5 кв. 2025 | 0 кв. 2025 | H3 2025 | III полугодие 2025
31.02.2025 | 30/02/2025 | 31 июня 2025 | 29.02.2027 | 2025-13 | 2025-00 | 13/2025 | 2025-02-30
2024–2025 | 2024-2025 | 2025/2026 | 1-2 декабря 2025 | май-июнь 2025 | май 2025 июнь | 2025 2026
до 2025 | конец 2025 | early 2025 | к 2030 году | by 2030 | около 2025 | 2025? | ~2025 | 2025+
2028-12-31 10:00:00 | 2028-12-31T23:59:59Z | 12/31/2028 12:00 PM | 31.12.2028 1:00 | 2028.5 | 2.028
٢٠٢٥ | ２０２５ | XII.2025 | 2025-W10 | 2025-xx | 1 2 декабря 2025 | первый 2025 | кв. 2025
2025 первый май | #ЗНАЧ! | null | Q3 май 2025 | 3 III кв. 2025 | -2025 | 10000 | th 2025
¹ | 2025 ² | ¹² 2025 | ²⁰²⁵ | май ³ 2025 | ①
"""


def test_the_table_is_not_short():
    assert len(cases(READ)) + len(cases(SEVERAL_READINGS)) + len(cases(REFUSED)) > 200


@pytest.mark.parametrize(("text", "meant"), pairs(READ))
def test_a_text_with_one_reading_is_read(text, meant):
    assert str(read_date(text)) == meant


@pytest.mark.parametrize(("text", "readings"), pairs(SEVERAL_READINGS))
def test_a_text_with_several_readings_is_refused_with_all(text, readings):
    with pytest.raises(NotRead) as refusal:
        read_date(text)
    assert f"“{text}” may be {readings}. Write " in refusal.value.message


@pytest.mark.parametrize("text", cases(REFUSED))
@pytest.mark.parametrize("language", ["en", "uz"])
def test_what_is_no_date_is_refused_in_words(text, language):
    with translation.override(language), pytest.raises(NotRead) as refusal:
        read_date(text)
    assert len(refusal.value.message) > 20


@pytest.mark.parametrize(
    "text",
    ["1899-12-30", "31.12.1899", "1900-01-01", "1970-01-01", "9999-12-31", "31/12/9999 00:00:00"],
)
def test_a_day_that_programs_write_for_no_date_is_refused(text):
    with pytest.raises(NotRead, match="Leave the date empty"):
        read_date(text)


@pytest.mark.parametrize("text", ["1970-01", "1900", "9999", "1970-01-02"])
def test_other_early_and_late_dates_are_read(text):
    assert str(read_date(text)) == text


@pytest.mark.parametrize("language", ["en", "ru", "uz", "kk"])
def test_every_date_that_is_shown_is_read_in_every_language(language):
    forms = ["2027", "2027-H1", "2027-H2", *(f"2027-Q{number}" for number in range(1, 5))]
    months = [f"2027-{number:02}" for number in range(1, 13)]
    for form in [*forms, *months, *(f"{month}-{day}" for month in months for day in ("01", "28"))]:
        with translation.override(language):
            shown = date_in_words(PartialDate.parse(form))
        assert str(read_date(shown)) == form, shown
