"""From the rows of a table to what each would do. Nothing is written here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from initiatives.choices import DeskRole, Language, RowAction
from initiatives.exchange.planning.fields import field_edits
from initiatives.exchange.planning.known import Known
from initiatives.exchange.planning.links import country_edits, organisation_edits, sector_edits
from initiatives.exchange.planning.money import money_edits
from initiatives.models import Funding, Initiative
from initiatives.rights import Rights

CHUNK = 200  # rows that are looked up together
# The code in the edits of a record that has none yet; `actions.imports` puts the real one there.
NEW_CODE = "CI-0000-0000"


@dataclass
class Planned:
    """What one row of the file would do. `cells` holds, by column, {"old", "new"} or {"error"}.

    `edits` are those of `actions.edits`; `version` is the one of the record that they start from.
    """

    row: int
    key: str
    action: str
    cells: dict[str, dict] = field(default_factory=dict)
    edits: list[dict] = field(default_factory=list)
    version: int | None = None


def plan(table: Iterable, *, rights: Rights) -> Iterator[Planned]:
    """What each row would do, in the order of the file, in memory that does not grow with it.

    The number of queries is that of the chunks. A code that comes twice is an error the second
    time. Records are found by their code and never by their title.
    """
    known, seen = Known(), {}
    rows = iter(table)
    while chunk := list(islice(rows, CHUNK)):
        stored = _stored(_code(row) for row in chunk)
        mine = _editable(stored, rights)
        for row in chunk:
            yield _planned(row, stored, mine, known, seen, rights)


def _code(row) -> str:
    return row.cells.get("code", "").strip().upper()


def _stored(codes):
    found = Initiative.objects.filter(code__in={code[:20] for code in codes if code})
    money = Funding.objects.select_related("provider", "receiver", "provider_country")
    links = ("countries__country", "sectors__sector", "organisations__organisation")
    found = found.prefetch_related(*links, Prefetch("funding", money))
    return {initiative.code: initiative for initiative in found}


def _editable(stored, rights):
    keys = [initiative.pk for initiative in stored.values()]
    return set(rights.initiatives(DeskRole.EDITOR).filter(pk__in=keys).values_list("pk", flat=True))


def _planned(row, stored, mine, known, seen, rights):
    code, problems = _code(row), {one.column or "row": one.message for one in row.problems}
    record = stored.get(code)
    if code in seen:
        problems["code"] = _("Row %(row)d has this code already.") % {"row": seen[code]}
    elif code:
        seen[code] = row.number
        problems |= _wrong_code(code, record, mine)
    if record is None and rights.highest < DeskRole.EDITOR:
        problems["row"] = _("Your role does not allow to add records.")
    if problems:
        return _refused(row, code, problems)
    edits = _edits(row.cells, record or _new(), known, problems)
    problems |= _wrong_record(row.cells, record, edits)
    if problems:
        return _refused(row, code, problems)
    return _allowed(row, code, record, edits)


def _wrong_code(code, record, mine):
    if record is not None and record.pk not in mine:
        return {"code": _("This record belongs to another desk.")}
    if record is None:
        return {
            "code": _(
                "No record has the code “%(code)s”. Leave the cell empty to add a record; codes "
                "are given by the site."
            )
            % {"code": code[:20]}
        }
    return {}


def _new():
    return Initiative(code=NEW_CODE)


def _edits(cells, record, known, problems):
    return [
        *field_edits(cells, record, problems),
        *country_edits(cells, record, known, problems),
        *sector_edits(cells, record, known, problems),
        *organisation_edits(cells, record, known, problems),
        *money_edits(cells, record, known, problems),
    ]


def _wrong_record(cells, record, edits):
    """What no cell by itself has wrong."""
    fields = edits[0]["fields"] if edits and edits[0]["model"] == "initiative" else {}
    titles = [f"title_{code}" for code in Language.values]
    values = [fields[name][1] if name in fields else getattr(record, name, "") for name in titles]
    if not any(values):
        return {"title_en": _("Give this text in one language at least.")}
    return _other_status(cells, record)


def _other_status(cells, record):
    """A status is a dated, sourced record, and a table has no place for the source."""
    told = {"status": cells.get("status"), "status_since": cells.get("status_since")}
    if record is None or all(text is None for text in told.values()):
        return {}
    now = {"status": record.status, "status_since": str(record.status_since or "")}
    changed = [
        name for name, text in told.items() if text is not None and text.strip() != now[name]
    ]
    message = _("A status is entered with its source, on the page “Change status” of the record.")
    return dict.fromkeys(changed, message)


def _refused(row, code, problems):
    cells = {column: {"error": message} for column, message in problems.items()}
    return Planned(row.number, code, RowAction.ERROR, cells)


def _allowed(row, code, record, edits):
    if record is None:
        action = RowAction.CREATE
    else:
        action = RowAction.UPDATE if edits else RowAction.UNCHANGED
    version = record.version if record else None
    return Planned(row.number, code, action, _shown(edits), edits, version)


def _shown(edits):
    """Old and new by column: a field by its name, a row of a list by its place."""
    cells = {}
    for edit in edits:
        place = "" if edit["model"] == "initiative" else f"{edit['model']} {_tail(edit['key'])} "
        for name, (old, new) in edit["fields"].items():
            if name != "initiative":
                cells[f"{place}{name}"] = {"old": old, "new": new}
    return cells


def _tail(key):
    return "/".join(map(str, key[1:]))
