"""Which translations are older than the Russian text, in which most records are written first."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname

from initiatives.choices import Language
from initiatives.models import Change, Initiative
from initiatives.models.record import AppendOnlyQuerySet, Record

ORIGINAL = Language.RUSSIAN
TRANSLATIONS = tuple(language for language in Language if language != ORIGINAL)


_Place = tuple[str | None, tuple[str, ...]]
# Column → how many changes were before its last one, and the instant of that.
_Changed = dict[str, tuple[int, datetime]]


def outdated_translations(initiative: Initiative) -> dict[str, date]:
    """Column → day of the later Russian text, for each translation of `initiative` that is older.

    What was saved together is equally old, and a text of which no change tells is as old as the
    record.
    """
    return outdated_in_rows([initiative], initiative)[0]


def outdated_in_rows(rows: list[Record], initiative: Initiative) -> list[dict[str, date]]:
    """The same for each of `rows`, which belong to `initiative`. One query for all of them."""
    models = {row._meta.model_name for row in rows}
    changes = Change.objects.filter(initiative=initiative, model__in=models)
    changed = _last_changes(changes.order_by("recorded_at", "id"))
    return [
        _outdated(row, changed[_place(row._meta.model_name, row.natural_key())]) for row in rows
    ]


def _last_changes(changes: AppendOnlyQuerySet[Change]) -> defaultdict[_Place, _Changed]:
    """What was changed in each row, by its model and key."""
    found: defaultdict[_Place, _Changed] = defaultdict(dict)
    told = changes.values_list("model", "key", "fields", "recorded_at")
    for number, (model, key, fields, at) in enumerate(told):
        found[_place(model, key)] |= dict.fromkeys(fields, (number, at))
    return found


def _place(model: str | None, key: Sequence[Any]) -> _Place:
    return model, tuple(map(str, key))


def _outdated(row: Record, changed: _Changed) -> dict[str, date]:
    found = {}
    for text in translator.get_options_for_model(type(row)).all_fields:
        original = build_localized_fieldname(text, ORIGINAL)
        if original not in changed or not getattr(row, original):
            continue
        number, at = changed[original]
        for language in TRANSLATIONS:
            column = build_localized_fieldname(text, language)
            if getattr(row, column) and changed.get(column, (-1, None))[0] < number:
                found[column] = timezone.localdate(at)
    return found
