"""Editions of rows that the factories made, as if they had been published at an instant."""

import time_machine
from django.db import transaction
from django.utils import timezone

from initiatives.as_of import as_published
from initiatives.choices import EditionCause
from initiatives.editions.index import index
from initiatives.exchange import rows
from initiatives.exchange.table_rows import Places, table_rows
from initiatives.models import Initiative
from initiatives.publication import issue_missing
from initiatives.publication.issuing import issue


def known_since(instant=None, *codes):
    """Write the editions that are missing, all or those of the initiatives `codes`, as they would
    have been written at `instant`."""
    with time_machine.travel(instant or timezone.now(), tick=False), transaction.atomic():
        if codes:
            issue(codes, (), cause=EditionCause.FIRST)
        else:
            issue_missing()
    index.catch_up()


def example_address(row):
    return f"https://example.org/{row.code}/"


def published(address_of=example_address):
    """All initiatives as their editions say now, as the rows of tables."""
    issue_missing()
    codes = Initiative.objects.values_list("code", flat=True)
    with index.reading() as reading:
        public = reading.keys(reading.positions(codes))
        places = Places.of(reading, reading.places(sorted(public)))
    return table_rows(places, address_of)


def published_in_full(address_of=example_address):
    """The same with all that they have, as files of single records get them."""
    issue_missing()
    codes = Initiative.objects.order_by("code").values_list("code", flat=True)
    return rows.published(codes, address_of)


def as_public(initiative, on=None):
    """The initiative as its edition says now, or said at the end of the day `on`."""
    issue_missing()
    (found,) = as_published([initiative.code], on=on)
    return found
