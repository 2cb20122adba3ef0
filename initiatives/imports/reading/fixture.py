"""A fixture, as `dumpdata` with natural keys writes it: many small objects, of which those of one
initiative become one object as in `exchange.json_file`."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from initiatives.exchange.columns import ONLY_TOLD, READABLE
from initiatives.imports.reading.table import Unreadable

_PARTS = {  # models that are parts of an initiative, with the keys that are named otherwise there
    "initiativecountry": ("countries", {"country": "iso2"}),
    "initiativesector": ("sectors", {"sector": "slug"}),
    "initiativeorganisation": ("organisations", {"organisation": "slug"}),
    "funding": ("funding", {}),
    "budget": ("budgets", {}),
    "externalid": ("external_ids", {}),
    "statuschange": ("statuses", {}),
}
_BOOKKEEPING = ("initiative", "created_at", "updated_at")
# As the models order them, except for the order that countries and sectors have among themselves:
# the file need not have it, and it says nothing about the initiative.
_ORDER = {
    "countries": lambda link: 0,
    "sectors": lambda link: not link.get("is_main"),
    "organisations": lambda link: (str(link.get("role")), str(link.get("slug"))),
    "funding": lambda line: _place(line.get("number")),
    "budgets": lambda line: _place(line.get("number")),
    "external_ids": lambda one: (str(one.get("scheme")), str(one.get("value"))),
    "statuses": lambda change: _place(change.get("number")),
}
_PLACE = re.compile(r"\d{1,9}", re.A)
Folded = tuple[list[tuple[int, dict]], Counter[str]]


def folded(objects: Iterable[tuple[int, object]]) -> Folded:
    """One object for each initiative, with the place of its own in the file; and how often
    something has no column, by model or by field."""
    found: dict[str, tuple[int, dict]] = {}
    parts: list[tuple[str, str, dict]] = []
    ignored: Counter[str] = Counter()
    for number, one in objects:
        model, fields = _model(one, number)
        if model == "initiative":
            _add(found, number, fields, ignored)
        elif model in _PARTS:
            parts.append((_PARTS[model][0], _code(fields, number), _part(model, fields)))
        else:
            ignored[model] += 1
    _put_together(found, parts, ignored)
    return list(found.values()), ignored


def _model(one: Any, number: int) -> tuple[str, Any]:
    if not (isinstance(one, dict) and isinstance(one.get("fields"), dict)):
        raise Unreadable(_("This is no object of a fixture: it has no fields."), number)
    return str(one.get("model")).lower().rpartition(".")[2][:100], one["fields"]


def _add(found: dict, number: int, fields: dict, ignored: Counter[str]) -> None:
    code = str(fields.get("code") or f"#{number}")
    if code in found:
        raise Unreadable(_("The code appears twice in the fixture."), number, "code")
    read = READABLE.keys() - ONLY_TOLD
    found[code] = number, {key: _flat(fields[key]) for key in fields if key in read}
    for key in fields.keys() - read - set(_BOOKKEEPING):
        if fields[key] not in (None, ""):
            ignored[f"initiative.{key[:100]}"] += 1


def _code(fields: dict, number: int) -> str:
    key = fields.get("initiative")
    if isinstance(key, list) and len(key) == 1:
        return str(key[0])
    raise Unreadable(
        _("The fixture has no natural keys. Write it with dumpdata --natural-foreign."), number
    )


def _part(model: str, fields: dict) -> dict:
    names = _PARTS[model][1]
    return {
        names.get(key, key): _flat(value)
        for key, value in fields.items()
        if key not in _BOOKKEEPING
    }


def _flat(value: Any) -> Any:
    """A reference by a natural key of one part is that part."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _put_together(found: dict, parts: list, ignored: Counter[str]) -> None:
    """A kind of which the file has no object at all is absent, not empty."""
    for name in dict.fromkeys(name for name, _code, _part in parts):
        for _number, initiative in found.values():
            initiative[name] = []
    for name, code, part in parts:
        if code in found:
            found[code][1][name].append(part)
        else:
            ignored[_("%s of initiatives that are not in the file") % name] += 1
    for _number, initiative in found.values():
        for name, order in _ORDER.items():
            initiative.get(name, []).sort(key=order)
        _take_status(initiative, ignored)


def _place(number: int) -> int:
    """What is no number comes first; it is refused as a cell."""
    return int(number) if _PLACE.fullmatch(str(number)) else 0


def _take_status(initiative: dict, ignored: Counter[str]) -> None:
    """The last change tells the status, if the initiative itself does not."""
    if changes := initiative.pop("statuses", []):
        ignored["statuschange"] += len(changes)
        initiative.setdefault("status", changes[-1].get("to_status"))
        initiative.setdefault("status_since", changes[-1].get("effective"))
