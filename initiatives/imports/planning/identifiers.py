"""Identifiers in other registers."""

from django.utils.translation import gettext as _

from initiatives.imports.planning.row_plan import RowPlan
from initiatives.models.changes import Edit
from initiatives.text.lookalikes import latin, strange_letter

Pair = tuple[str, str]


def plan_identifiers(row_plan: RowPlan, owners: dict[Pair, str]) -> None:
    """`owners` are the codes of the records that have identifiers of the file already.

    A row that is known by its identifier adds to those that are there; one that is known by its
    code replaces them.
    """
    if "external_ids" not in row_plan.cells.changed:
        return
    wanted = row_plan.cells.once("external_ids")
    rows = [] if row_plan.stored is None else list(row_plan.stored.external_ids.all())
    held = {(row.scheme, row.value): row for row in rows}
    for pair in wanted:
        _tell_lookalikes(row_plan, pair, owners)
        if pair not in held and pair in owners:
            told = {"identifier": ":".join(pair)}
            message = _("“%(identifier)s” belongs to another initiative.") % told
            row_plan.cells.refuse("external_ids", message)
    for pair, row in held.items():
        if pair not in wanted and not row_plan.key_is_identifier:
            row_plan.remove(row)
    for scheme, value in wanted:
        if (scheme, value) not in held:
            row_plan.edits.append(_added(row_plan.code, scheme, value))


def in_latin(pair: Pair) -> Pair:
    """Scheme and value with Latin letters for those that only look like them."""
    return latin(pair[0]), latin(pair[1])


def _tell_lookalikes(row_plan: RowPlan, pair: Pair, owners: dict[Pair, str]) -> None:
    """Other registers may have any letters; one that is known in Latin letters is that one."""
    text, meant = ":".join(pair), in_latin(pair)
    if meant == pair or not (strange := strange_letter(text)):
        return
    if meant in owners:
        hint = _("Did you mean “%(near)s”?") % {"near": ":".join(meant)}
        row_plan.cells.refuse("external_ids", f"{strange} {hint}")
    if meant[1].isascii():
        row_plan.cells.note("external_ids", f"{text}: {strange}")


def _added(code: str, scheme: str, value: str) -> Edit:
    texts = {"initiative": code, "scheme": scheme, "value": value}
    fields = {name: [None, text] for name, text in texts.items() if text}
    return {"model": "externalid", "key": [scheme, value], "action": "created", "fields": fields}
