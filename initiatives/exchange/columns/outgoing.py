"""The columns of an export, in their order, which is stable: a new one comes last."""

from datetime import datetime

from initiatives.choices import (
    AmountKind,
    BudgetStatus,
    BudgetType,
    FundingType,
    Instrument,
    TransactionType,
)
from initiatives.exchange.cell_parsers import (
    currency,
    identifier,
    listed,
    of_field,
    one_of,
    single_code,
    word,
)
from initiatives.exchange.cells import instant, join
from initiatives.exchange.columns import links
from initiatives.exchange.columns.column import Column, column_of, text_at
from initiatives.exchange.columns.lines import of_budgets, of_money, optional
from initiatives.exchange.columns.record import label, languages, plain
from initiatives.fields.choice_set import SIGN
from initiatives.lifecycle import Status
from initiatives.models import Budget, Initiative

_ALL = [
    plain("code"),
    *languages("title"),
    plain("kind"),
    Column("status", text_at("record.status"), read=one_of(Status.values, optional=True)),
    label("status"),
    plain("status_since"),
    *links.parties(),
    *links.countries("countries"),
    *links.sectors("sectors"),
    label("kind", 20),
    *languages("summary"),
    plain("planned_start"),
    plain("planned_end"),
    plain("actual_start"),
    plain("actual_end"),
    links.country_roles("countries_roles"),
    links.main_sector("main_sector"),
    links.sector_percents("sectors_percents"),
    *links.organisations("organisations"),
    of_money("funding_numbers", "number"),
    of_money("funding_types", "type", one_of(FundingType.values, optional=True)),
    of_money("funding_amount_kinds", "amount_kind", one_of(AmountKind.values, optional=True)),
    of_money("funding_amounts", "amount"),
    of_money("funding_amounts_max", "amount_max"),
    of_money("funding_currencies", "currency", currency),
    of_money("funding_dates", "date"),
    of_money("funding_instruments", "instrument", one_of(Instrument.values, optional=True)),
    of_money("funding_providers", "provider", single_code),
    of_money("funding_provider_countries", "provider_country", single_code),
    of_money("funding_receivers", "receiver", single_code),
    of_money("funding_references", "reference"),
    *languages("description"),
    *languages("outcome"),
    Column("flags", lambda row: join(row.flags)),
    Column("updated_at", lambda row: instant(datetime.fromisoformat(row.record.updated_at)), 28),
    Column("url", text_at("address"), 50),
    Column("parent", text_at("parent"), read=word),
    column_of(
        Initiative._meta.get_field("nothing_stated"),
        "nothing_stated",
        lambda row: SIGN.join(row.record.nothing_stated),
        width=24,
    ),
    Column(
        "external_ids",
        lambda row: join([f"{one.scheme}:{one.value}" for one in row.record.external_ids]),
        30,
        listed(identifier),
    ),
    links.country_percents("countries_percents"),
    of_money("funding_value_dates", "value_date"),
    of_money(
        "funding_transaction_types",
        "transaction_type",
        one_of(TransactionType.values, optional=True),
    ),
    of_money("funding_finance_types", "finance_type"),
    of_budgets("budget_numbers", "number"),
    of_budgets("budget_types", "type", one_of(BudgetType.values, optional=True)),
    of_budgets("budget_statuses", "status", one_of(BudgetStatus.values, optional=True)),
    of_budgets("budget_starts", "start"),
    of_budgets("budget_ends", "end"),
    of_budgets("budget_amounts", "amount", optional(Budget, "amount")),
    of_budgets("budget_currencies", "currency", currency),
    of_budgets("budget_value_dates", "value_date"),
    # From which version the file was made: what somebody edits later is not undone by it.
    Column(
        "version",
        lambda row: str(row.record.version),
        read=of_field(Initiative._meta.get_field("version")),
    ),
]
COLUMNS = {column.name: column for column in _ALL}
