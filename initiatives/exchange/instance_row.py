"""Rows of a table from instances of the models: of the desk, which an import compares with its
file, and of the register, where one record is told with all that it has."""

from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec
from django.db.models import Model

from initiatives.editions import record as public
from initiatives.editions.texts import stored
from initiatives.exchange.table_row import Line, TableRecord, TableRow
from initiatives.fields.choice_set import split
from initiatives.models import Initiative
from initiatives.models.record import NaturalKey, hung_at


def table_row(row: Initiative) -> TableRow:
    """The row as columns see it. Its links stand in the order that they have at the instance."""
    countries = [
        _part(public.CountryRole, one, iso2=one.country.iso2) for one in _of(row, "countries")
    ]
    sectors = [_part(public.SectorShare, one, slug=one.sector.slug) for one in _of(row, "sectors")]
    organisations = [
        _part(public.OrganisationRole, one, slug=one.organisation.slug)
        for one in _of(row, "organisations")
    ]
    record = _part(
        TableRecord,
        row,
        nothing_stated=tuple(split(row.nothing_stated)),
        parent=None,
        version=row.public_version,
        countries=tuple(countries),
        sectors=tuple(sectors),
        organisations=tuple(organisations),
        funding=tuple(map(line_of, _of(row, "funding"))),
        budgets=tuple(_part(public.Budget, one) for one in _of(row, "budgets")),
        external_ids=tuple(_part(public.ExternalId, one) for one in _of(row, "external_ids")),
    )
    return TableRow(
        record=record,
        countries=countries,
        sectors=sectors,
        organisations=organisations,
        parent=_parent(row),
        flags=getattr(row, "flags", ()),
        address=getattr(row, "address", ""),
    )


def line_of(money: Model) -> public.Money:
    """A line of money as the columns see it."""
    return _part(Line, money)


def _parent(row: Initiative) -> str:
    """The code of the record above, if the public may see that one today."""
    above = getattr(row, "public_parent", None)
    return above.code if above is not None and above.pk == row.parent_id else ""


def _of(row: Initiative, relation: str) -> Sequence[Any]:
    """What hangs at a record as `relation`. Django would make a manager for each look at it."""
    hung = hung_at(row).get(relation)
    found = None if hung is None else hung._result_cache
    return list(getattr(row, relation).all()) if found is None else found


def _part(part: type[public.AnyPart], row: Model, **given: Any) -> public.AnyPart:
    """A part with the values of the fields of `row` that have its names, but for those `given`."""
    values = {
        name: _text(row, name) if is_text else _value(getattr(row, name))
        for name, is_text in _fields(part)
        if name not in given
    }
    return part(**values, **given)


@cache
def _fields(part: type[public.Part]) -> list[tuple[str, bool]]:
    return [(one.name, one.type is public.Text) for one in msgspec.structs.fields(part)]


def _text(row: Model, name: str) -> public.Text:
    languages = public.Text.__struct_fields__
    return public.Text(**{code: getattr(row, f"{name}_{code}") or "" for code in languages})


def _value(value: Any) -> Any:
    """What a row points to goes by its natural key."""
    return value.natural_key()[0] if isinstance(value, NaturalKey) else stored(value)
