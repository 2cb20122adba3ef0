"""A row of a table: what the columns tell of an initiative, and the objects in JSON."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from initiatives.editions.narrowed import narrowed
from initiatives.editions.record import (
    INITIATIVE_TEXTS,
    CountryRole,
    InitiativeRecord,
    Money,
    OrganisationRole,
    SectorShare,
)
from initiatives.exchange.names import Names

_LINE = (
    *("number", "type", "amount", "amount_max", "amount_kind", "currency", "date", "provider"),
    *("provider_country", "receiver", "instrument", "reference", "value_date"),
    *("transaction_type", "finance_type"),
)
_FIELDS = (
    *("code", *INITIATIVE_TEXTS, "delivered", "kind", "status", "status_since"),
    *("planned_start", "planned_end", "actual_start", "actual_end", "nothing_stated", "parent"),
    *("countries", "sectors", "organisations", "funding", "budgets", "external_ids"),
    *("updated_at", "version"),
)
# Of a record what a table tells: texts of pages, sources and histories have no columns.
Line = narrowed(Money, _LINE)
TableRecord = narrowed(InitiativeRecord, _FIELDS, funding=Line)


@dataclass(slots=True, kw_only=True)
class TableRow:
    """`record` with the links in the order in which pages show them, and what stands beside it.

    `parent` is the code of the record above, if the public may see that one today; `address` the
    absolute one of the page; `flags` are those of the day.
    """

    record: InitiativeRecord
    countries: Sequence[CountryRole]
    sectors: Sequence[SectorShare]
    organisations: Sequence[OrganisationRole]
    parent: str = ""
    flags: Sequence[str] = ()
    address: str = ""
    names: Names = field(default_factory=Names)

    @property
    def code(self) -> str:
        return self.record.code
