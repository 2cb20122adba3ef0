"""Values of public records as their reader reads them.

Each function takes the names of what records point to and the stored values of a field, and gives
what is shown: nothing, one thing or several. How each kind is shown is written in
`templates/editions/value.html`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.utils import get_language, resolution_order

from initiatives.choices import AmountKind, DocumentType, SourceKind, Stated
from initiatives.editions.record import Citation, Text
from initiatives.lifecycle import Status
from initiatives.partial_dates import PartialDate
from initiatives.public.editions.marking import Marked
from initiatives.text.plain_text import web_address
from initiatives.timeline import amount_in_words, funding_in_words
from initiatives.timeline.words import number_in_words

if TYPE_CHECKING:
    from initiatives.public.editions.names import Names


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


def line(names: "Names", text: Text) -> tuple[Value, ...]:
    return in_words(text, "line")


def prose(names: "Names | None", text: Text) -> tuple[Value, ...]:
    return in_words(text, "prose")


def in_words(text: Text, kind: str) -> tuple[Value, ...]:
    """A text in the reader's language or, where it is missing, in the next one that has it."""
    for language in resolution_order(get_language()):
        if words := getattr(text, language):
            return (in_language(words, kind, language),)
    return ()


def in_language(words: Marked | str, kind: str, language: str) -> Value:
    return Value(kind, words, "" if language == get_language() else language)


def plain(names: "Names", value: int | str) -> tuple[Value, ...]:
    return (Value("plain", value),)


def code(names: "Names", value: str) -> tuple[Value, ...]:
    return (Value("code", value),)


def date(names: "Names", text: str) -> tuple[Value, ...]:
    """A partial date in its text form, or a day of ISO 8601."""
    return (Value("date", PartialDate.parse(text)),)


def instant(names: "Names", text: str) -> tuple[Value, ...]:
    return (Value("instant", datetime.fromisoformat(text)),)


def percent(names: "Names", text: str) -> tuple[Value, ...]:
    return (Value("percent", Decimal(text)),)


def number(names: "Names", text: Any) -> tuple[Value, ...]:
    return (Value("plain", number_in_words(Decimal(text))),)


def yes_or_no(names: "Names", value: bool) -> tuple[Value, ...]:
    return (Value("plain", _("Yes") if value else _("No")),)


def status(names: "Names", value: str) -> tuple[Value, ...]:
    return (Value("status" if value in Status.values else "plain", value),)


def choice(vocabulary: type[TextChoices]) -> "Callable[[Names, str], tuple[Value, ...]]":
    """What is one of a closed vocabulary; a code that it no longer has is shown as it is."""
    return lambda names, value: (Value("plain", label(vocabulary, value)),)


def label(vocabulary: type[TextChoices], value: str) -> str:
    return str(dict(vocabulary.choices).get(value, value))


def moved(names: "Names", field: str) -> tuple[Value, ...]:
    return (Value("plain", str(MOVED.get(field, field))),)


def stated(names: "Names", values: Iterable[str]) -> tuple[Value, ...]:
    return tuple(Value("plain", label(Stated, value)) for value in values)


def language(names: "Names", value: str) -> tuple[Value, ...]:
    return (Value("language", value),)


def link(names: "Names", address: str) -> tuple[Value, ...]:
    return (Value("link" if web_address(address) else "code", address),)


def record(names: "Names", value: str) -> tuple[Value, ...]:
    return (Value("record", value),)


def records(names: "Names", values: tuple[str, ...]) -> tuple[Value, ...]:
    return tuple(Value("record", value) for value in values)


def status_record(names: "Names", value: int) -> tuple[Value, ...]:
    return (Value("plain", _("status record %(number)s") % {"number": value}),)


def money(
    names: "Names", amount: str | None, amount_max: str | None, amount_kind: str, currency: str
) -> tuple[Value, ...]:
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


def amount(names: "Names", value: str | None, currency: str) -> tuple[Value, ...]:
    if value is None:
        return plain(names, currency)
    return (Value("plain", amount_in_words(Decimal(value), currency)),)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def country(names: "Names", key: str) -> tuple[Value, ...]:
    return (names.of("country", key),)


def sector(names: "Names", key: str) -> tuple[Value, ...]:
    return (names.of("sector", key),)


def organisation(names: "Names", key: str) -> tuple[Value, ...]:
    return (names.of("organisation", key),)


def event(names: "Names", key: str) -> tuple[Value, ...]:
    return (names.of("event", key),)


def milestone(names: "Names", key: int) -> tuple[Value, ...]:
    return (names.of("milestone", key),)


def citation(names: "Names", cited: Citation) -> tuple[Value, ...]:
    return (Value("citation", Cited(cited)),)


def citations(names: "Names", cited: tuple[Citation, ...]) -> tuple[Value, ...]:
    return tuple(Value("citation", Cited(one)) for one in cited)


@dataclass(frozen=True)
class Cited:
    """A citation of a public record with its values in words."""

    stored: Citation

    @property
    def kind(self) -> str:
        return label(SourceKind, self.stored.kind)

    @property
    def document_type(self) -> str:
        return label(DocumentType, self.stored.document_type)

    @property
    def published(self) -> PartialDate | None:
        return PartialDate.parse(self.stored.published) if self.stored.published else None

    @property
    def accessed_on(self) -> PartialDate | None:
        return PartialDate.parse(self.stored.accessed_on) if self.stored.accessed_on else None

    @property
    def passages(self) -> list[str]:
        """The words of the source; each line is a passage of its own."""
        return [line for text in self.stored.quote.splitlines() if (line := text.strip())]
