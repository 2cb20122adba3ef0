"""The columns of an initiative in a table: one definition for every table that we write or read.

A row is one initiative. Names of columns are English and stable, codes are those of the model;
`…_label` and `…_names` repeat the codes in the reader's language, for people, and say nothing
that the codes do not. Several values stand in one cell as `cells.join` writes them.

What belongs together runs side by side, value by value: `sectors` with `sectors_percents`,
`organisations` with `organisations_names`, and all of `funding_…`, where `funding_numbers` tells
the lines of money apart. So a record with one amount has that amount alone in its cell. A country
or organisation with several roles stands in `countries` or `organisations` once and in
`countries_roles` or `organisations_roles` as often as it has roles, `UZ:party|UZ:host`.

Partial dates are their text form, amounts have their exact decimals and one reading (see
`notation.exact_text`), instants are ISO 8601 in UTC. An empty cell is an unknown value, and
empties what is stored when it is imported.

Some columns are only for files that come in: what the desk alone sees, and why a status changes
or a promised date moves. They are in READABLE and never in COLUMNS, so no export can have them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from initiatives.choices import (
    PARTY_ROLES,
    AmountKind,
    BudgetStatus,
    BudgetType,
    CountryRole,
    FundingType,
    Instrument,
    Language,
    OrganisationRole,
    TransactionType,
)
from initiatives.exchange.cells import join
from initiatives.exchange.meanings import (
    currency,
    identifier,
    in_roles,
    listed,
    of_field,
    one_of,
    single_code,
    single_source,
    with_percents,
    word,
)
from initiatives.lifecycle import Status
from initiatives.models import Budget, Funding, Initiative, InitiativeCountry, InitiativeSector
from initiatives.notation import AMOUNT, PERCENT, Measure, exact_text
from initiatives.plain_text import clean


@dataclass(frozen=True)
class Column:
    """`write` gives the cell of an initiative that was fetched by `exchange.rows.fetched`.

    `read` gives the value that such a text stands for, or raises ValidationError with the cure;
    without it the column says in words what others say in codes, and is ignored in a file that
    comes in. `width` is that of the column in a spreadsheet, in characters. `measure` is what its
    numbers are, if it has numbers that are kept with so many decimals.
    """

    name: str
    write: Callable[[Initiative], str]
    width: int = 16
    read: Callable[[str], Any] | None = None

    @property
    def measure(self) -> Measure | None:
        if self.name in AMOUNTS:
            return AMOUNT
        return PERCENT if self.name in PERCENTS else None


class UnknownColumns(ValueError):
    """`names` are no columns."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


def chosen(names: Iterable[str]) -> list[Column]:
    """The columns of these names in this order, each once; all of them if no name is given."""
    wanted = list(dict.fromkeys(names))
    unknown = [name for name in wanted if name not in COLUMNS]
    if unknown:
        raise UnknownColumns(unknown)
    return [COLUMNS[name] for name in wanted or COLUMNS]


def instant(moment: datetime) -> str:
    """ISO 8601 in UTC, with all the fractions of a second that are known."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def once(values: Iterable) -> list:
    return list(dict.fromkeys(values))


def _text(value) -> str:
    if isinstance(value, Decimal):
        return exact_text(value)
    return "" if value is None else str(value)


def _own(model: type, name: str) -> Callable[[str], Any]:
    return of_field(model._meta.get_field(name))


def _optional(read: Callable) -> Callable:
    """None for an empty text, which what is looked at together refuses in its own words."""
    return lambda text: read(text) if text.strip() else None


def _field(name: str, width: int = 16) -> Column:
    return Column(name, lambda row: _text(getattr(row, name)), width, _own(Initiative, name))


def _languages(name: str, width: int) -> list[Column]:
    return [_field(f"{name}_{language}", width) for language in Language.values]


def _countries(row, *roles) -> list:
    return once(link.country for link in row.countries.all() if not roles or link.role in roles)


def _organisations(row) -> list:
    return once(link.organisation for link in row.organisations.all())


def _roles(links, code: Callable) -> str:
    return join(f"{code(link)}:{link.role}" for link in links)


def _of_sectors(name: str, value: Callable, read: Callable | None = None) -> Column:
    return Column(
        name,
        lambda row: join(_text(value(link)) for link in row.sectors.all()),
        read=read and listed(read),
    )


def _of_money(name: str, value: Callable, read: Callable) -> Column:
    def write(row) -> str:
        return join(_text(value(money)) for money in row.funding.all())

    return Column(name, write, read=listed(read))


def _of_budgets(name: str, field: str, read: Callable) -> Column:
    def write(row) -> str:
        return join(_text(getattr(budget, field)) for budget in row.budgets.all())

    return Column(name, write, read=listed(read))


def _percents(links) -> str:
    """Each share beside its country and role: a country may have several roles."""
    told = (link for link in links if link.percent is not None)
    return join(f"{link.country.iso2}:{link.role}:{link.percent}" for link in told)


def _key(name: str, money) -> str:
    """The natural key of what the line of money points to, or nothing."""
    target = getattr(money, name)
    return target and target.natural_key()[0]


def _parent(row) -> str:
    """The code of the record above, if the public may see that one today."""
    parent = getattr(row, "public_parent", None)
    return parent.code if parent is not None and parent.pk == row.parent_id else ""


PERCENTS = frozenset({"sectors_percents", "countries_percents"})
AMOUNTS = frozenset({"funding_amounts", "funding_amounts_max", "budget_amounts"})
DATES = frozenset(
    "status_since planned_start planned_end actual_start actual_end funding_dates "
    "funding_value_dates budget_starts budget_ends".split()
)
REASON = "reason"  # why a row was not taken; it comes back with the mended file
_ALL = [
    _field("code"),
    *_languages("title", 50),
    _field("kind"),
    Column("status", lambda row: row.status, read=one_of(Status.values, optional=True)),
    Column("status_label", lambda row: row.get_status_display()),
    _field("status_since"),
    Column(
        "parties",
        lambda row: join(one.iso2 for one in _countries(row, *PARTY_ROLES)),
        read=listed(single_code),
    ),
    Column("parties_names", lambda row: join(map(str, _countries(row, *PARTY_ROLES))), 30),
    Column(
        "countries",
        lambda row: join(country.iso2 for country in _countries(row)),
        read=listed(single_code),
    ),
    Column("countries_names", lambda row: join(map(str, _countries(row))), 30),
    _of_sectors("sectors", lambda link: link.sector.slug, single_code),
    _of_sectors("sectors_names", lambda link: link.sector),
    Column("kind_label", lambda row: row.get_kind_display(), 20),
    *_languages("summary", 50),
    _field("planned_start"),
    _field("planned_end"),
    _field("actual_start"),
    _field("actual_end"),
    Column(
        "countries_roles",
        lambda row: _roles(row.countries.all(), lambda link: link.country.iso2),
        read=in_roles(CountryRole.values),
    ),
    Column(
        "main_sector",
        lambda row: join(x.sector.slug for x in row.sectors.all() if x.is_main),
        read=listed(single_code),
    ),
    _of_sectors("sectors_percents", lambda x: x.percent, _own(InitiativeSector, "percent")),
    Column(
        "organisations",
        lambda row: join(one.slug for one in _organisations(row)),
        30,
        listed(single_code),
    ),
    Column("organisations_names", lambda row: join(map(str, _organisations(row))), 30),
    Column(
        "organisations_roles",
        lambda row: _roles(row.organisations.all(), lambda link: link.organisation.slug),
        30,
        in_roles(OrganisationRole.values),
    ),
    _of_money("funding_numbers", lambda money: money.number, _own(Funding, "number")),
    _of_money("funding_types", lambda money: money.type, one_of(FundingType.values, optional=True)),
    _of_money(
        "funding_amount_kinds",
        lambda money: money.amount_kind,
        one_of(AmountKind.values, optional=True),
    ),
    _of_money("funding_amounts", lambda money: money.amount, _own(Funding, "amount")),
    _of_money("funding_amounts_max", lambda money: money.amount_max, _own(Funding, "amount_max")),
    _of_money("funding_currencies", lambda money: money.currency, currency),
    _of_money("funding_dates", lambda money: money.date, _own(Funding, "date")),
    _of_money(
        "funding_instruments",
        lambda money: money.instrument,
        one_of(Instrument.values, optional=True),
    ),
    _of_money("funding_providers", partial(_key, "provider"), single_code),
    _of_money("funding_provider_countries", partial(_key, "provider_country"), single_code),
    _of_money("funding_receivers", partial(_key, "receiver"), single_code),
    _of_money("funding_references", lambda money: money.reference, _own(Funding, "reference")),
    *_languages("description", 50),
    *_languages("outcome", 50),
    Column("flags", lambda row: join(row.flags)),
    Column("updated_at", lambda row: instant(row.updated_at), 28),
    Column("url", lambda row: row.address, 50),
    Column("parent", _parent, read=word),
    Column(
        "nothing_stated",
        lambda row: row.nothing_stated,
        24,
        _own(Initiative, "nothing_stated"),
    ),
    Column(
        "external_ids", lambda row: join(map(str, row.external_ids.all())), 30, listed(identifier)
    ),
    Column(
        "countries_percents",
        lambda row: _percents(row.countries.all()),
        30,
        with_percents(CountryRole.values, _own(InitiativeCountry, "percent")),
    ),
    _of_money("funding_value_dates", lambda money: money.value_date, _own(Funding, "value_date")),
    _of_money(
        "funding_transaction_types",
        lambda money: money.transaction_type,
        one_of(TransactionType.values, optional=True),
    ),
    _of_money(
        "funding_finance_types", lambda money: money.finance_type, _own(Funding, "finance_type")
    ),
    _of_budgets("budget_numbers", "number", _own(Budget, "number")),
    _of_budgets("budget_types", "type", one_of(BudgetType.values, optional=True)),
    _of_budgets("budget_statuses", "status", one_of(BudgetStatus.values, optional=True)),
    _of_budgets("budget_starts", "start", _own(Budget, "start")),
    _of_budgets("budget_ends", "end", _own(Budget, "end")),
    _of_budgets("budget_amounts", "amount", _optional(_own(Budget, "amount"))),
    _of_budgets("budget_currencies", "currency", currency),
    _of_budgets("budget_value_dates", "value_date", _own(Budget, "value_date")),
    # From which version the file was made: what somebody edits later is not undone by it.
    Column("version", lambda row: str(row.public_version), read=_own(Initiative, "version")),
]


def _incoming(name: str, read: Callable[[str], Any] | None) -> Column:
    return Column(name, lambda row: "", read=read)


COLUMNS = {column.name: column for column in _ALL}
INCOMING = {
    column.name: column
    for column in (
        _incoming("desk", word),
        _incoming("status_source", word),
        *(_incoming(f"status_reason_{language}", str.strip) for language in Language.values),
        _incoming("status_decided_by", word),
        _incoming("moved_because", str.strip),
        _incoming("cited_sources", listed(single_source)),
        *(_incoming(f"funding_notes_{language}", listed(clean)) for language in Language.values),
        _incoming(REASON, None),
    )
}
READABLE = COLUMNS | INCOMING
