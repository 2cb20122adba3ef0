"""Values of public records as their reader reads them.

Each function takes the names of what records point to and the stored values of a field, and gives
what is shown: nothing, one thing or several. How each kind is shown is written in
`templates/editions/value.html`.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.utils import get_language, resolution_order

from initiatives.choices import AmountKind, SourceKind, Stated
from initiatives.editions.record import Citation, Text
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate
from initiatives.plain_text import web_address
from initiatives.timeline import amount_in_words, funding_in_words
from initiatives.timeline.words import number_in_words

MOVED = {
    "planned_start": gettext_lazy("Planned start"),
    "planned_end": gettext_lazy("Planned end"),
    "planned": gettext_lazy("Planned date of a milestone"),
}


@dataclass(frozen=True)
class Value:
    """`language` is that of words which are not in the reader's language, else empty."""

    kind: str
    shown: object
    language: str = ""

    @property
    def is_block(self) -> bool:
        """Whether it stands on a line of its own, not after a comma."""
        return self.kind in ("citation", "prose")


def line(names, text: Text):
    return in_words(text, "line")


def prose(names, text: Text):
    return in_words(text, "prose")


def in_words(text: Text, kind: str) -> tuple[Value, ...]:
    """A text in the reader's language or, where it is missing, in the next one that has it."""
    for language in resolution_order(get_language()):
        if words := getattr(text, language):
            return (in_language(words, kind, language),)
    return ()


def in_language(words, kind: str, language: str) -> Value:
    return Value(kind, words, "" if language == get_language() else language)


def plain(names, value):
    return (Value("plain", value),)


def code(names, value):
    return (Value("code", value),)


def date(names, text):
    """A partial date in its text form, or a day of ISO 8601."""
    return (Value("date", PartialDate.parse(text)),)


def instant(names, text):
    return (Value("instant", datetime.fromisoformat(text)),)


def percent(names, text):
    return (Value("percent", Decimal(text)),)


def number(names, text):
    return (Value("plain", number_in_words(Decimal(text))),)


def yes_or_no(names, value):
    return (Value("plain", _("Yes") if value else _("No")),)


def status(names, value):
    return (Value("status" if value in Status.values else "plain", value),)


def choice(vocabulary):
    """What is one of a closed vocabulary; a code that it no longer has is shown as it is."""
    return lambda names, value: (Value("plain", label(vocabulary, value)),)


def label(vocabulary, value) -> str:
    return str(dict(vocabulary.choices).get(value, value))


def moved(names, field):
    return (Value("plain", str(MOVED.get(field, field))),)


def stated(names, values):
    return tuple(Value("plain", label(Stated, value)) for value in values)


def language(names, value):
    return (Value("language", value),)


def link(names, address):
    return (Value("link" if web_address(address) else "code", address),)


def record(names, value):
    return (Value("record", value),)


def records(names, values):
    return tuple(Value("record", value) for value in values)


def status_record(names, value):
    return (Value("plain", _("status record %(number)s") % {"number": value}),)


def money(names, amount, amount_max, amount_kind, currency):
    """The amount of a line of money; what is undisclosed is not zero, and may have a currency."""
    words = funding_in_words(
        SimpleNamespace(
            amount=_decimal(amount),
            amount_max=_decimal(amount_max),
            amount_kind=amount_kind,
            currency=currency,
        )
    )
    named = currency and amount_kind == AmountKind.UNDISCLOSED
    return (Value("plain", f"{words} ({currency})" if named else words),)


def amount(names, value, currency):
    if value is None:
        return plain(names, currency)
    return (Value("plain", amount_in_words(Decimal(value), currency)),)


def _decimal(text):
    return None if text is None else Decimal(text)


def country(names, key):
    return (names.of("country", key),)


def sector(names, key):
    return (names.of("sector", key),)


def organisation(names, key):
    return (names.of("organisation", key),)


def event(names, key):
    return (names.of("event", key),)


def milestone(names, key):
    return (names.of("milestone", key),)


def citation(names, cited):
    return (Value("citation", Cited(cited)),)


def citations(names, cited):
    return tuple(Value("citation", Cited(one)) for one in cited)


@dataclass(frozen=True)
class Cited:
    """A citation of a public record with its values in words."""

    stored: Citation

    @property
    def kind(self) -> str:
        return label(SourceKind, self.stored.kind)

    @property
    def published(self) -> PartialDate | None:
        return self.stored.published and PartialDate.parse(self.stored.published)

    @property
    def accessed_on(self) -> PartialDate | None:
        return self.stored.accessed_on and PartialDate.parse(self.stored.accessed_on)

    @property
    def passages(self) -> list[str]:
        """The words of the source; each line is a passage of its own."""
        return [line for text in self.stored.quote.splitlines() if (line := text.strip())]
