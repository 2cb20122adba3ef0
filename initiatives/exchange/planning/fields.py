"""The columns that are fields of the initiative itself."""

from django.core.exceptions import ValidationError

from initiatives.choices import ChangeAction, Language
from initiatives.models import Initiative
from initiatives.models.texts import put_text, text_of

_TEXTS = ("title", "summary", "description", "outcome")
_DATES = ("planned_start", "planned_end", "actual_start", "actual_end")
FIELDS = (*(f"{name}_{code}" for name in _TEXTS for code in Language.values), "kind", *_DATES)


def field_edits(cells, row, problems):
    """The edit of the fields that differ from those of `row`, in a list that may be empty.

    `row` is the stored record, or a new one. What no field takes is put into `problems`.
    """
    fields = {}
    for name in FIELDS:
        if name in cells:
            old, new = text_of(row, name), _normal(name, cells[name], problems)
            if name not in problems and old != new:
                fields[name] = [old, new]
    key, action = [row.code], ChangeAction.CHANGED
    return (
        [{"model": "initiative", "key": key, "action": action, "fields": fields}] if fields else []
    )


def _normal(name, text, problems):
    """The text as the record would hold it."""
    field = Initiative._meta.get_field(name)
    draft = Initiative()
    try:
        put_text(draft, name, text.strip() or None)
        value = field.clean(getattr(draft, name), draft) if text.strip() else None
    except ValidationError as wrong:
        problems[name] = " ".join(wrong.messages)
        return None
    setattr(draft, name, value if value is not None else ("" if not field.null else None))
    return text_of(draft, name)
