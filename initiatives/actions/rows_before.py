"""The stored rows that edits start from; however many edits, the database is asked kind by kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import prefetch_related_objects

from initiatives.choices import ChangeAction
from initiatives.models import Citation
from initiatives.models.changes import Edit
from initiatives.models.evidence import TARGETS
from initiatives.models.record import Record, in_texts, rows_by_keys
from initiatives.models.texts import KEY_SIGN


def model_of(edit: Edit) -> type[Record]:
    return apps.get_model("initiatives", edit["model"])


def row_before(edit: Edit) -> Record | None:
    """The stored row that `edit` starts from, None if there is none."""
    return rows_before([edit])[0]


def rows_before(edits: Iterable[Edit]) -> list[Record | None]:
    """The same for each of `edits`."""
    sought = [(model_of(edit), _sought(edit)) for edit in edits]
    keys: dict[type[Record], set[tuple[str, ...]]] = defaultdict(set)
    for model, key in sought:
        if key is not None:
            keys[model].add(key)
    found = {model: rows_by_keys(model, wanted) for model, wanted in keys.items()}
    return [found.get(model, {}).get(key or ()) for model, key in sought]


def fetch_targets(edits: Iterable[Edit], rows: list[Record | None]) -> None:
    """Fetch for `rows_before` what they point to by the fields of `edits`, to read its keys."""
    together: dict[type[Record], tuple[list[Record], set[str]]] = defaultdict(lambda: ([], set()))
    for edit, row in zip(edits, rows, strict=True):
        if row is not None:
            same, paths = together[type(row)]
            same.append(row)
            paths.update(*(_paths_to(row, name) for name in edit["fields"]))
    for same, paths in together.values():
        prefetch_related_objects(same, *sorted(paths))


def _paths_to(row: Record, name: str) -> Iterator[str]:
    field = row._meta.get_field(name)
    if not field.is_relation:
        return
    yield name
    for part in getattr(field.related_model, "natural_fields", ()):
        if "__" in part:
            yield f"{name}__{part.rpartition('__')[0]}"


def _sought(edit: Edit) -> tuple[str, ...] | None:
    """The key of the row while the edit is not done yet, as texts; None if there can be none."""
    with suppress(FieldDoesNotExist, AttributeError, TypeError, ValueError):
        return in_texts(_key_before(edit, model_of(edit)))
    return None


def _key_before(edit: Edit, model: type[Record]) -> list[int | str]:
    key, fields = list(edit["key"]), edit["fields"]
    if edit["action"] != ChangeAction.CHANGED:
        return key
    for place, path in enumerate(model.natural_fields):
        name, *further = path.split("__")
        if name in fields and len(further) < 2:
            key[place] = fields[name][0] or ""
    claims = [name for name in TARGETS if model is Citation and fields.get(name, [None])[0]]
    return [*key[:2], claims[0], *fields[claims[0]][0].split(KEY_SIGN)] if claims else key
