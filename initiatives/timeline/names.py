"""The names of rows that histories mention by their natural keys, fetched kind by kind."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from django.contrib.auth import get_user_model
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext as _

from initiatives.models import DateRevision, Event, Funding, Initiative, Organisation, Source
from initiatives.models.record import Record
from initiatives.models.texts import KEY_SIGN, Keyed, key_of
from initiatives.timeline.sentences import moved_date_in_words
from initiatives.timeline.words import funding_in_words

if TYPE_CHECKING:
    from initiatives.rights import Rights


_SHARED = (Event, Organisation, Source)
_LARGEST_NUMBER = 9  # digits; what has more is no number of a row, and a database may fail on it


class Names:
    """The names of the rows with the keys `wanted`, pairs of a model and its `key_of` text.

    One query for each model. With `rights` a row that the reader may not see has no name.
    """

    def __init__(self, wanted: Iterable[tuple[Any, ...]], rights: "Rights | None" = None) -> None:
        keys = defaultdict(set)
        for model, key in wanted:
            keys[model].add(key)
        self._names = {
            model: dict(_named(row) for row in _rows(model, sorted(texts), rights))
            for model, texts in keys.items()
        }

    def known(self, model: type[Model], key: str) -> str:
        """The name of the row, empty where it is there no more."""
        return self._names.get(model, {}).get(key, "")

    def of(self, model: type[Model], key: str) -> str:
        """The name of the row, or its key where it is there no more."""
        return self.known(model, key) or key


def name_of(row: Any) -> str:
    """How a reader knows `row`, which may be unsaved; empty where it has no name."""
    if isinstance(row, get_user_model()):
        return row.get_full_name() or row.get_username()
    if isinstance(row, Funding):
        return f"{row.get_type_display()}, {funding_in_words(row)}"
    if isinstance(row, DateRevision):
        return moved_date_in_words(row)
    if hasattr(row, "to_status"):
        return row.get_to_status_display()
    if hasattr(row, "number"):
        return getattr(row, "title", None) or ("" if hasattr(row, "title") else str(row))
    return str(row)


class _Found(Keyed, Protocol):
    """A row that `_rows` gives."""

    is_shown: bool


def _named(row: _Found) -> tuple[str, str]:
    if row.is_shown:
        return key_of(row), name_of(row)
    return key_of(row), row.code if isinstance(row, Initiative) else _("a record of another desk")


def _rows(model: Any, texts: list[str], rights: "Rights | None") -> QuerySet[Any]:
    rows = model._default_manager.filter(_with_keys(model, texts))
    if _has_initiative(model):
        rows = rows.select_related("initiative")
    if model is DateRevision:
        rows = rows.select_related("milestone")
    return rows.annotate(is_shown=_shown(model, rights))


def _with_keys(model: type[Record], texts: list[str]) -> Q:
    """At least the rows with these keys; of those with a number, more than these."""
    texts = [text for text in texts if "\x00" not in text]  # PostgreSQL fails on it
    fields = key_fields(model)
    if len(fields) == 1 and fields != ("id",):
        return Q(**{f"{fields[0]}__in": texts})
    if fields[1:] != ("number",):
        return Q(pk__in=[])
    keys = [text.split(KEY_SIGN) for text in texts]
    keys = [key for key in keys if len(key) == 2 and _is_number(key[1])]
    codes, numbers = {code for code, _number in keys}, {int(number) for _code, number in keys}
    return Q(initiative__code__in=codes, number__in=numbers)


def key_fields(model: Any) -> tuple[str, ...]:
    """What the natural key of `model` consists of; accounts are no model of ours."""
    return ("username",) if model is get_user_model() else getattr(model, "natural_fields", ())


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LARGEST_NUMBER


def _shown(model: type[Record], rights: "Rights | None") -> Exists | Value:
    if rights is None or rights.is_superuser:
        return Value(True)
    if model is Initiative:
        return Exists(rights.initiatives().filter(pk=OuterRef("pk")))
    if model in _SHARED or _has_initiative(model):
        return Exists(rights.to_choose(model).filter(pk=OuterRef("pk")))
    return Value(True)


def _has_initiative(model: type[Record]) -> bool:
    return any(field.name == "initiative" for field in model._meta.fields)
