"""The records of a list, whole, with how each stands on a day."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from initiatives import rules
from initiatives.editions.facts import facts_of
from initiatives.editions.record import InitiativeRecord
from initiatives.editions.stands import Stands, stands_of
from initiatives.exchange.names import Names
from initiatives.exchange.table_row import TableRow
from initiatives.exchange.table_rows import Places, table_rows
from initiatives.exchange.workbook.cells import said


@dataclass(eq=False)
class Told:
    """A record and what stands beside it; `links` are its countries, sectors and organisations in
    the order in which pages show them, `address` is the absolute one of its page."""

    record: InitiativeRecord
    links: TableRow
    stands: Stands

    @cached_property
    def title(self) -> str:
        """In the reader's language; each row of each sheet has it."""
        return said(self.record.title)

    @property
    def names(self) -> Names:
        return self.links.names

    @property
    def address(self) -> str:
        return self.links.address


def records(places: Places, address_of: Callable[[TableRow], str], today: date) -> Iterator[Told]:
    """The records at these places as they stand on the day `today`; queries as of `table_rows`."""
    for row in table_rows(places, address_of, of=InitiativeRecord, naming=_organisations):
        facts = facts_of(row.record, today=today)
        yield Told(row.record, row, stands_of(row.record, rules.findings(facts), today))


def _organisations(record: InitiativeRecord) -> set[str]:
    linked = {link.slug for link in record.organisations}
    return linked.union(
        slug for line in record.funding for slug in (line.provider, line.receiver) if slug
    )
