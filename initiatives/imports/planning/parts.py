"""Rows that belong to a record and have no column: what an activity says beyond the record."""

from initiatives.imports.planning.row_plan import RowPlan

RELATIONS = {"classification": "classifications", "externaltext": "external_texts"}
FIELDS = {
    "classification": (
        "element",
        "code",
        "vocabulary",
        "vocabulary_uri",
        "share",
        "name",
        "language",
    ),
    "externaltext": ("field", "language", "text"),
}
# It says more than a status of ours and is given back while that stands, which may be longer.
_STATUS = "activity-status"


def plan_parts(row_plan: RowPlan) -> None:
    """A row that is there already stays; one that the file does not say any more goes."""
    for model, wanted in row_plan.parts.items():
        rows = (
            []
            if row_plan.stored is None
            else list(getattr(row_plan.stored, RELATIONS[model]).all())
        )
        waiting = [_key(model, one) for one in wanted]
        for row in rows:
            key = tuple(getattr(row, name) for name in FIELDS[model])
            if key in waiting:
                waiting.remove(key)
            elif key[0] != _STATUS or any(other[0] == _STATUS for other in waiting):
                row_plan.remove(row)
        last = max((row.number for row in rows), default=0)
        for number, key in enumerate(waiting, start=last + 1):
            values = {name: text for name, text in zip(FIELDS[model], key, strict=True) if text}
            row_plan.add(model, [number], number=number, **values)


def _key(model: str, values: dict[str, str]) -> tuple[str, ...]:
    return tuple(values.get(name, "") for name in FIELDS[model])
