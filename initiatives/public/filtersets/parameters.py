"""Parameters of an address: each is bounded and understood here, before it meets a database.

Every parameter may be repeated, and gives the list of its distinct values; one that is `single`
has one of them at most. What cannot be understood is an error of the field; it never widens a list.
"""

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from babel.numbers import list_currencies
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from initiatives.choices import YEAR_UNKNOWN
from initiatives.http.repeated import ONE_ONLY
from initiatives.partial_dates import FIRST_YEAR, LAST_YEAR
from initiatives.text import folding
from initiatives.text.lookalikes import nearest
from initiatives.text.plain_text import clean, visible
from initiatives.translatable import Translatable

MAX_VALUES = 50
MAX_LENGTH = 200
MAX_WORDS = 10
MAX_MONTHS = 1200
_COMPARED = 2000  # keys among which the nearest to an unknown one is looked for
_NAMED = 5  # errors about more values than this tell nobody more
_REPLACED = "\ufffd"  # what Django reads for bytes that are not UTF-8
# A plus sign that was not escaped in an address arrives as a space.
_LOST_PLUS = re.compile(r" (\d\d:?\d\d)$", re.ASCII)
_YEAR = re.compile(r"[1-9]\d{3}", re.ASCII)
_MONTHS = re.compile(r"[1-9]\d{0,3}", re.ASCII)


class Values(forms.Field):
    """Texts as they are. Subclasses say which are accepted and what they mean."""

    widget = forms.MultipleHiddenInput

    def __init__(self, *, single: bool = False, **kwargs: Any) -> None:
        """`single` is a parameter that has no OR: of two orders or days only one can be meant."""
        self.single = single
        super().__init__(**kwargs)

    def texts(self, given: list[str] | str | None) -> list[str]:
        """The distinct texts given, in their order, without blanks; not checked.

        One value more and one letter more than is accepted are kept, so that an address made of
        them is refused as the first one was.
        """
        values = [given] if isinstance(given, str) else given or []
        kept = (self.canonical(" ".join(visible(str(text)).split())) for text in values)
        return list(dict.fromkeys(text[: MAX_LENGTH + 1] for text in kept if text))[
            : MAX_VALUES + 1
        ]

    def canonical(self, text: str) -> str:
        return text

    def clean(self, value: list[str] | str | None) -> list[Any]:
        texts = self.texts(value)
        if len(texts) > MAX_VALUES:
            raise _error(_("Give at most %(number)s values."), number=MAX_VALUES)
        for text in texts:
            _refuse_broken(text)
        found = self.read(texts)
        if self.single and len(texts) > 1:
            raise _error(_(ONE_ONLY))
        return found

    def read(self, texts: list[str]) -> list[Any]:
        return texts


class Words(Values):
    """Texts to search for; all words together are few, since each of them costs a search."""

    def read(self, texts: list[str]) -> list[Any]:
        if sum(len(folding.words(text, limit=MAX_WORDS + 1)) for text in texts) > MAX_WORDS:
            raise _error(_("Search for at most %(number)s words."), number=MAX_WORDS)
        return texts


class Choices(Values):
    """Values of a closed vocabulary."""

    def __init__(self, *, choices: list[tuple[str, Translatable]], **kwargs: Any) -> None:
        self.choices = list(choices)
        super().__init__(**kwargs)

    def read(self, texts: list[str]) -> list[Any]:
        _refuse_unknown(texts, {value for value, _label in self.choices})
        return texts


class Keys(Values):
    """Keys that are known at the moment: `known(keys)` gives those of `keys` that are, `known()`
    all that may be suggested. It is asked only where keys are given."""

    def __init__(
        self, *, known: Callable[..., Iterable[str]], capitals: bool = False, **kwargs: Any
    ) -> None:
        self.known, self.capitals = known, capitals
        super().__init__(**kwargs)

    def canonical(self, text: str) -> str:
        return text.upper() if self.capitals and text.isascii() else text

    def read(self, texts: list[str]) -> list[Any]:
        if texts:
            known = set(self.known(texts))
            if not known.issuperset(texts):
                known |= set(islice(self.known(), _COMPARED))
            _refuse_unknown(texts, known)
        return texts


class Currencies(Values):
    """Codes of ISO 4217."""

    def canonical(self, text: str) -> str:
        return text.upper() if text.isascii() else text

    def read(self, texts: list[str]) -> list[Any]:
        _refuse_unknown(texts, list_currencies())
        return texts


class Years(Values):
    def read(self, texts: list[str]) -> list[Any]:
        for text in texts:
            if not _YEAR.fullmatch(text):
                raise _error(
                    _("“%(value)s” is not a year between %(first)s and %(last)s."),
                    value=_short(text),
                    first=FIRST_YEAR,
                    last=LAST_YEAR,
                )
        return [int(text) for text in texts]


class PromiseYears(Years):
    """Years in which something was promised, as texts; one of them says that it is not known."""

    def read(self, texts: list[str]) -> list[Any]:
        super().read([text for text in texts if text != YEAR_UNKNOWN])
        return texts


class Months(Values):
    """Numbers of whole months, up to a hundred years."""

    def read(self, texts: list[str]) -> list[Any]:
        for text in texts:
            if not _MONTHS.fullmatch(text) or int(text) > MAX_MONTHS:
                raise _error(
                    _("“%(value)s” is not a number of months between 1 and %(last)s."),
                    value=_short(text),
                    last=MAX_MONTHS,
                )
        return [int(text) for text in texts]


class Days(Values):
    """Days that have come, as dates."""

    def read(self, texts: list[str]) -> list[Any]:
        for text in texts:
            if len(text) != len("2025-06-30"):
                message = _("“%(value)s” is not a day. Write it as 2025-06-30.")
                raise _error(message, value=_short(text))
        days = [timezone.localdate(_instant(text)) for text in texts]
        if any(day > timezone.localdate() for day in days):
            raise _error(_("This day is still to come. Choose today or an earlier day."))
        return days


class Instants(Values):
    """ISO 8601 days or instants; a day means its first instant in the time zone of the site."""

    def read(self, texts: list[str]) -> list[Any]:
        return [_instant(text) for text in texts]


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(_LOST_PLUS.sub(r"+\1", text))
    except ValueError:
        message = _("“%(value)s” is not a day. Write 2025-06-30 or 2025-06-30T12:00:00Z.")
        raise _error(message, value=_short(text)) from None
    # The outermost years may leave the calendar when they are brought to UTC, or to a zone.
    if not FIRST_YEAR <= instant.year < LAST_YEAR:
        message = _("“%(value)s” is too far away: its year must be from %(first)s to %(last)s.")
        raise _error(message, value=_short(text), first=FIRST_YEAR, last=LAST_YEAR - 1)
    return (instant if instant.tzinfo else timezone.make_aware(instant)).astimezone(UTC)


def _refuse_broken(text: str) -> None:
    if len(text) > MAX_LENGTH:
        raise _error(_("Write at most %(number)s characters."), number=MAX_LENGTH)
    if clean(text) != text or _REPLACED in text:
        raise _error(_("This contains characters that are not text."))


def _refuse_unknown(texts: list[str], known: set[str]) -> None:
    unknown = [text for text in texts if text not in known][:_NAMED]
    if unknown:
        raise ValidationError([_unknown(text, nearest(text, known)) for text in unknown])


def _unknown(text: str, near: str) -> ValidationError:
    """`near` is the known value that may be meant, or nothing."""
    if near:
        message = _("“%(value)s” is not known here. Did you mean “%(near)s”?")
        return _error(message, value=_short(text), near=near)
    return _error(_("“%(value)s” is not known here. Choose from the options."), value=_short(text))


def _error(message: Translatable, **params: int | str) -> ValidationError:
    return ValidationError(message, code="invalid", params=params)


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"
