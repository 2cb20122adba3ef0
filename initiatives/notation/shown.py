"""Dates in words of the reader; whatever stands here is read by `read_date` as well."""

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from initiatives.partial_dates import PartialDate, Precision

# Patterns of Unicode TR 35 part 4. They are CLDR's words in the order that official texts of each
# language use: CLDR itself leaves out "yil" (year) in Uzbek and writes Roman quarters in Kazakh
# with Ukrainian letters.
_PATTERNS = {
    "en": ("d MMMM y", "MMMM y", "QQQ y", "y"),
    "ru": ("d MMMM y 'г'.", "LLLL y 'г'.", "QQQQ y 'г'.", "y 'г'."),
    "uz": ("y-'yil' d-MMMM", "y-'yil' MMMM", "y-'yil' QQQQ", "y-'yil'"),
    "kk": ("y 'ж'. d MMMM", "y 'ж'. MMMM", "y 'ж'. Q-'тоқсан'", "y 'ж'."),
}
_WITH_PATTERN = (Precision.DAY, Precision.MONTH, Precision.QUARTER, Precision.YEAR)


def date_in_words(date: PartialDate) -> str:
    """For example “14 May 2027”, “May 2027”, “Q3 2027”, “first half of 2027” or “2027”."""
    if date.precision is Precision.HALF:
        half = _("first half of %(year)s"), _("second half of %(year)s")
        return half[date.first.month > 6] % {"year": date.first.year}
    language = get_language() or "en"
    pattern = _PATTERNS[language][_WITH_PATTERN.index(date.precision)]
    words: str = format_date(date.first, pattern, locale=language)
    return words
