"""Rows of a table from what is stored at the desk, drafts included: for officers only.

The public's tables are made of editions, see `table_rows`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import msgspec
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from initiatives.choices import Publication
from initiatives.exchange.instance_row import table_row
from initiatives.exchange.names import Names
from initiatives.exchange.table_row import TableRow
from initiatives.kept_queries import TOGETHER
from initiatives.models import (
    Funding,
    Initiative,
    InitiativeCountry,
    InitiativeOrganisation,
    InitiativeSector,
)
from initiatives.models.queries import one_of
from initiatives.rights import Rights
from initiatives.rules import Flag

# Plain names of relations would make django-modeltranslation build a class for every row.
_POINTED_TO = (
    Prefetch("countries", InitiativeCountry.objects.select_related("country")),
    Prefetch("sectors", InitiativeSector.objects.select_related("sector")),
    Prefetch("organisations", InitiativeOrganisation.objects.select_related("organisation")),
    Prefetch("funding", Funding.objects.select_related("provider", "receiver")),
    "funding__provider_country",
    "funding__usd_rate_source",
    "external_ids",
    "budgets",
)


def with_columns(initiatives: QuerySet[Any], above: QuerySet[Initiative]) -> QuerySet[Any]:
    """With all that the columns of a table say; of the record above each only where it is one of
    `above`: a draft is not to be told by its code."""
    parts = (*_POINTED_TO, Prefetch("parent", above, to_attr="public_parent"), "parent", "desk")
    return initiatives.prefetch_related(*parts)


@dataclass(slots=True, kw_only=True)
class WorkingRow(TableRow):
    """A row with what only the desk sees of `initiative`."""

    initiative: Initiative


def working_rows(
    keys: Sequence[int],
    address_of: Callable[[Initiative], str],
    *,
    rights: Rights,
    today: date | None = None,
) -> Iterator[WorkingRow]:
    """The initiatives with these keys, in this order, a chunk in memory.

    The same queries for each chunk, however many rows it has. `address_of` is asked for what the
    public reads. Only what `rights` let the officer see is told, and of what is above it too.
    """
    names, today = Names(), today or timezone.localdate()
    public = Initiative.objects.published().order_by()
    above = Initiative.objects.filter(
        one_of(rights.initiatives().order_by(), "pk") | one_of(public, "pk")
    )
    for first in range(0, len(keys), TOGETHER):
        some = keys[first : first + TOGETHER]
        seen = rights.initiatives().filter(pk__in=some)
        found = with_columns(seen.select_related("owner").order_by(), above).in_bulk()
        flags = _flags(some, today)
        links = [link for row in found.values() for link in row.organisations.all()]
        names.expect({link.organisation.slug for link in links})
        for key in some:
            if key in found:
                yield _row(found[key], flags.get(key, ()), names, address_of)


def _flags(keys: Sequence[int], today: date) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Initiative.objects.filter(pk__in=keys).order_by()
    for flag in Flag:
        for key in rows.with_flag(flag, today=today).values_list("pk", flat=True):
            found[key].append(flag.value)
    return found


def _row(
    row: Initiative, flags: Sequence[str], names: Names, address_of: Callable[[Initiative], str]
) -> WorkingRow:
    told = table_row(row)
    values = {one.name: getattr(told, one.name) for one in fields(told)}
    # By the version of the working row an import knows what was edited after the file was made.
    values["record"] = msgspec.structs.replace(told.record, version=row.version)
    is_public = row.publication == Publication.PUBLISHED
    values |= {"flags": flags, "names": names, "address": address_of(row) if is_public else ""}
    return WorkingRow(initiative=row, **values)
