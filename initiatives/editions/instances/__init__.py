"""Editions as instances of the models, for everything that shows or writes a record.

The instances are never saved and ask no query: what pages, files and rules look at hangs at them,
as if it had been prefetched. Names of countries, sectors and organisations are those of today. Keys
of what a record names are made up, but for initiatives and the rows of those lists.
"""

from collections.abc import Iterable
from datetime import datetime

from initiatives.choices import EditionKind, EditionState
from initiatives.editions import record as public
from initiatives.editions.instances.initiatives import Making
from initiatives.editions.instances.named import named_by
from initiatives.models import Edition, Initiative


def held_at(codes: Iterable[str], at: datetime) -> dict[str, Initiative]:
    """By code the initiatives as they were published at the instant `at`: those that were.

    Each has its public record in `record`. A fixed number of queries, however many there are.
    """
    records = records_at(codes, at)
    making = Making(named_by(records.values(), at))
    return {code: making.initiative(record) for code, record in records.items()}


def records_at(codes: Iterable[str], at: datetime) -> dict[str, public.InitiativeRecord]:
    """By code the public records that held at the instant `at`."""
    editions = Edition.objects.of(EditionKind.INITIATIVE, *codes).current(at)
    return {
        edition.key: public.decoded(edition.body, public.InitiativeRecord)
        for edition in editions.filter(state=EditionState.PUBLISHED).exclude(body="")
    }
