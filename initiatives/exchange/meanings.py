"""What the text of a cell means: the way back from `columns`, without asking the database.

Each function here makes a reader, which takes the text of a cell and gives its value. What it
cannot take it refuses by a ValidationError that says what to write instead. Whether a code that
is written rightly is stored as well is asked later, see `planning.lists`.
"""

from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from django.utils.translation import gettext as _

from initiatives.exchange.cells import split

Reader = Callable[[str], Any]
_SHOWN = 60  # characters of a text that a message repeats


def of_field(field: Field) -> Reader:
    """The value that `field` of a model gives to a text, checked as a form would; None if empty."""
    choices = [value for value, _label in field.choices or ()]
    known = one_of(choices) if choices else None

    def read(text: str):
        if known is not None and text.strip():
            return known(text)
        value = field.to_python(text) if text.strip() else None
        if value in field.empty_values:
            if not field.blank and not field.null:
                raise ValidationError(_("This cell must not be empty."), code="required")
            return None
        field.run_validators(value)
        return value

    return read


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
    """The values of a list, each of which `read` takes."""
    return lambda text: [read(value) for value in split(text)]


def word(text: str) -> str:
    """A code that stands in the database."""
    return text.strip()


def in_roles(roles: Iterable[str]) -> Reader:
    """Pairs of a code and its role, `UZ:party`."""
    known = one_of(roles)

    def read(text: str) -> tuple[str, str]:
        code, sign, role = text.strip().rpartition(":")
        if not sign or not code:
            told = {"text": text[:_SHOWN]}
            raise ValidationError(_("“%(text)s” has no role. Write it as UZ:party.") % told)
        return code, known(role)

    return listed(read)


def identifier(text: str) -> tuple[str, str]:
    """Scheme and value, `wb:P123456`. A value may have colons of its own, a scheme has none."""
    scheme, _sign, value = (part.strip() for part in text.partition(":"))
    if not scheme or not value or len(scheme) > 40 or len(value) > 200:
        told = {"text": text[:_SHOWN]}
        raise ValidationError(
            _("“%(text)s” is no identifier. Write register and value, for example wb:P123456.")
            % told
        )
    return scheme, value


def unknown(code: str, known: Iterable[str]) -> ValidationError:
    """What is said of a code that nobody knows: the nearest one that is known."""
    told = {"code": code[:_SHOWN], "near": nearest(code, known)}
    if told["near"]:
        message = _("“%(code)s” is unknown. Did you mean “%(near)s”?") % told
    else:
        message = _("“%(code)s” is unknown. Look it up in the lists of the desk.") % told
    return ValidationError(message, code="unknown")


def nearest(code: str, known: Iterable[str]) -> str:
    """The known code that is most like `code`, whatever the case of its letters, or nothing."""
    folded = {one.casefold(): one for one in known}
    found = get_close_matches(code[:_SHOWN].casefold(), folded, n=1, cutoff=0.5)
    return folded[found[0]] if found else ""
