"""Columns that say in words what others say in codes: only the codes are taken over, so a word that
says something else is told."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import override

from initiatives.choices import Language
from initiatives.exchange.cells import split
from initiatives.exchange.names import labels
from initiatives.imports.planning.row_plan import RowPlan
from initiatives.models import Initiative
from initiatives.text.folding import fold

_SHOWN = 60  # characters of a word that a message repeats
_NAMES = {  # columns of names → those with the codes, of which the first is the one to change
    "parties_names": ("parties", "countries", "countries_roles"),
    "countries_names": ("countries", "parties", "countries_roles"),
    "sectors_names": ("sectors",),
    "organisations_names": ("organisations", "organisations_roles"),
}
_LINKS = {  # columns of names → what the record has them from
    "parties_names": ("countries", "country"),
    "countries_names": ("countries", "country"),
    "sectors_names": ("sectors", "sector"),
    "organisations_names": ("organisations", "organisation"),
}
_LABELS = {f"{name}_label": (name,) for name in ("kind", "status", "delivered")}
CODES_OF = _NAMES | _LABELS


def note_label_columns(row_plan: RowPlan, shown: dict[str, str]) -> None:
    """`shown` are the cells of columns in words. Where the codes beside them change, these say what
    is meant; where they do not, a word is to be the name of what the record has."""
    for column, text in shown.items():
        codes = CODES_OF[column]
        if row_plan.cells.any_changed(codes):
            continue
        if strange := _strange(split(text), set(_known(row_plan.stored, column))):
            told = {"word": strange[:_SHOWN], "column": codes[0]}
            message = _("“%(word)s” is not taken over: change the code in the column %(column)s.")
            row_plan.cells.note(column, message % told)


def _strange(words: Iterable[str], known: set[str]) -> str:
    """The first word that is not `known` in any spelling, or nothing."""
    unknown = [word.strip() for word in words if word.strip() and word not in known]
    if not unknown:
        return ""
    folded = {fold(name) for name in known}
    return next((word for word in unknown if fold(word) not in folded), "")


def _known(stored: Initiative | None, column: str) -> Iterator[str]:
    """What the record has under `column`, by its codes and in the four languages."""
    if stored is None:
        return
    if column in _LABELS:
        (field,) = _LABELS[column]
        yield from _labels(field, getattr(stored, field))
        return
    relation, name = _LINKS[column]
    for link in getattr(stored, relation).all():
        named = getattr(link, name)
        yield str(named)  # with no name at all it is the code
        yield from (getattr(named, f"name_{language}") or "" for language in Language.values)


@cache
def _labels(field: str, value: str) -> list[str]:
    found = [value]
    for language in Language.values:
        with override(language):
            found.append(str(labels(field).get(value, value)))
    return found
