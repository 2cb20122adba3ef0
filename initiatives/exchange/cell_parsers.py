"""What the text of a cell means: the way back from `columns`, without asking the database.

Each function here makes a reader, which takes the text of a cell and gives its value. What it
cannot take it refuses by a ValidationError that says what to write instead. Whether a code that
is written rightly is stored as well is asked later, see `planning.lists`.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import DateField, DateTimeField, Field
from django.utils.translation import gettext as _

from initiatives.exchange.cells import split
from initiatives.exchange.separators import (
    refuse_other_separators,
    refuse_parted,
    refuse_parted_identifiers,
    refuse_parted_sources,
)
from initiatives.fields import PartialDateField
from initiatives.fields.date_forms import exact_day
from initiatives.fields.typed import measure_of
from initiatives.notation import Measure, NotRead, Number, read_currency, read_date, read_number
from initiatives.text.lookalikes import nearest, strange_letter

Reader = Callable[[str], Any]
_SHOWN = 60  # characters of a text that a message repeats
LONGEST_LIST = 10_000  # values of one cell; activities of IATI may have as many payments
_FEW = 12  # codes that a message names all
_GUESSES = 200  # wrong codes to which the nearest is looked for in a long list


def of_field(field: Field) -> Reader:
    """The value that `field` of a model gives to a text, checked as a form would; None if empty."""
    choices = [value for value, _label in field.choices or ()]
    known = one_of(choices) if choices else None

    def read(text: str) -> Any:
        if known is not None and text.strip():
            return known(text)
        value = _value(field, text) if text.strip() else None
        if value in field.empty_values:
            if not field.blank and not field.null:
                raise ValidationError(_("This cell must not be empty."), code="required")
            return None
        field.run_validators(value)
        if field.max_length and isinstance(value, str):
            MaxLengthValidator(field.max_length)(value)  # a TextField leaves that to its forms
        return value

    return read


def _value(field: Field, text: str) -> Any:
    try:
        if measure := measure_of(field):
            return read_number(text, measure).value
        if isinstance(field, PartialDateField):
            return read_date(text)
        if isinstance(field, DateField) and not isinstance(field, DateTimeField):
            return exact_day(text)
    except NotRead as refusal:
        raise ValidationError(refusal.message, code="invalid") from None
    return field.to_python(text)


def currency(text: str) -> str | None:
    """A code of ISO 4217, or the sign or the name of a currency; None for an empty cell."""
    try:
        return read_currency(text) or None
    except NotRead as refusal:
        raise ValidationError(refusal.message, code="unknown") from None


def numbers_in(text: str, measure: Measure) -> list[Number | None]:
    """The numbers of a cell that was read already, with what is said of them; None where one is
    left empty. Behind colons only the last part is a number: `UZ:beneficiary:80`."""
    parts = (value.rpartition(":")[2] for value in split(text))
    return [read_number(part, measure) if part.strip() else None for part in parts]


def one_of(known: Iterable[str], *, optional: bool = False) -> Reader:
    """One of the `known` codes; None for an empty cell where it is `optional`."""
    codes = list(known)

    def read(text: str) -> str | None:
        code = text.strip()
        if not code and optional:
            return None
        if code not in codes:
            raise unknown(code, codes)
        return code

    return read


def listed(read: Reader) -> Reader:
    """The values of a list, each of which `read` takes.

    A value that it does not take may be several that another sign parts, which is said then.
    """

    def read_one(text: str) -> Any:
        try:
            return read(text)
        except ValidationError:
            refuse_other_separators(text, read)
            raise

    def read_all(text: str) -> list:
        values = split(text)
        if len(values) > LONGEST_LIST:
            told = {"values": len(values), "most": LONGEST_LIST}
            raise ValidationError(
                _("There are %(values)s values here; at most %(most)s are allowed.") % told
            )
        return [read_one(value) for value in values]

    return read_all


def word(text: str) -> str:
    """A code that stands in the database."""
    return text.strip()


def single_code(text: str) -> str:
    """One code of a list of them, which has no sign that could part it from another one."""
    refuse_parted(text)
    return text.strip()


def single_source(text: str) -> str:
    """The short name or the address of one source of a list."""
    refuse_parted_sources(text)
    return text.strip()


def in_roles(roles: Iterable[str]) -> Reader:
    """Pairs of a code and its role, `UZ:party`."""
    known = one_of(roles)

    def read(text: str) -> tuple[str, str]:
        refuse_parted(text)
        code, sign, role = text.strip().rpartition(":")
        if not sign or not code:
            told = {"text": text[:_SHOWN]}
            raise ValidationError(_("“%(text)s” has no role. Write it as UZ:party.") % told)
        return code, known(role)

    return listed(read)


def with_percents(roles: Iterable[str], percent: Reader) -> Reader:
    """Code, role and share, `UZ:beneficiary:80`."""
    known = one_of(roles)

    def read(text: str) -> tuple[str, str, Any]:
        refuse_parted(text, has_number=True)
        parts = text.strip().split(":")
        if len(parts) != 3 or not all(parts):
            told = {"text": text[:_SHOWN]}
            raise ValidationError(
                _("“%(text)s” has no role or no percent. Write it as UZ:beneficiary:80.") % told
            )
        return parts[0], known(parts[1]), percent(parts[2])

    return listed(read)


def identifier(text: str) -> tuple[str, str]:
    """Scheme and value, `wb:P123456`. A value may have colons of its own, a scheme has none."""
    refuse_parted_identifiers(text)
    scheme, _sign, value = (part.strip() for part in text.partition(":"))
    if len(scheme) > 40 or len(value) > 200:
        told = {"text": text[:_SHOWN], "scheme": len(scheme), "value": len(value)}
        message = _(
            "“%(text)s” is no identifier: the register has %(scheme)s characters and may have 40,"
            " the value has %(value)s and may have 200."
        )
        raise ValidationError(message % told)
    if not scheme or not value:
        told = {"text": text[:_SHOWN]}
        raise ValidationError(
            _("“%(text)s” is no identifier. Write register and value, for example wb:P123456.")
            % told
        )
    return scheme, value


class Codes(set):
    """A list of codes that may be long, in which the nearest to a wrong one is looked for only so
    often: a file may have a wrong one in each of its rows."""

    def __init__(self, codes: Iterable[str]) -> None:
        super().__init__(codes)
        self._found: dict[str, str] = {}

    def nearest(self, code: str) -> str:
        code = code[:_SHOWN]
        if code not in self._found and len(self._found) < _GUESSES:
            self._found[code] = nearest(code, self)
        return self._found.get(code, "")


def unknown(code: str, known: Iterable[str]) -> ValidationError:
    """What is said of a code that nobody knows: the nearest one that is known."""
    near = known.nearest(code) if isinstance(known, Codes) else nearest(code, known)
    told = {"code": code[:_SHOWN], "near": near}
    if told["near"]:
        message = _("“%(code)s” is unknown. Did you mean “%(near)s”?") % told
    elif isinstance(known, list) and 0 < len(known) <= _FEW:
        told["known"] = ", ".join(known)
        message = _("“%(code)s” is unknown. Write one of: %(known)s.") % told
    else:
        message = _("“%(code)s” is unknown. Look it up in the lists of the desk.") % told
    strange = strange_letter(code[:_SHOWN]) if near else ""
    return ValidationError(f"{strange} {message}".strip(), code="unknown")
