"""The columns of an export, in their order, which is stable: a new one comes last."""

from django.utils.translation import gettext_lazy as _

from initiatives.choices import (
    AmountKind,
    BudgetStatus,
    BudgetType,
    Delivered,
    FundingType,
    Instrument,
    TransactionType,
)
from initiatives.editions.record import INITIATIVE_TEXTS
from initiatives.exchange.cell_parsers import (
    currency,
    identifier,
    listed,
    of_field,
    one_of,
    single_code,
    word,
)
from initiatives.exchange.cells import instant_text, join
from initiatives.exchange.columns import links
from initiatives.exchange.columns.column import Column, column_of
from initiatives.exchange.columns.lines import of_budgets, of_money, optional
from initiatives.exchange.columns.record import label, languages, plain
from initiatives.exchange.columns.together import text_at
from initiatives.fields.choice_set import SIGN
from initiatives.lifecycle import Status
from initiatives.models import Budget, Initiative

_ALL = [
    plain("code"),
    *languages("title"),
    plain("kind"),
    Column(
        "status", _("status"), text_at("record.status"), read=one_of(Status.values, optional=True)
    ),
    label("status", _("status (name)")),
    plain("status_since"),
    *links.parties(),
    *links.countries("countries", _("countries"), _("countries (names)")),
    *links.sectors("sectors"),
    label("kind", _("kind (name)"), 20),
    *languages("summary"),
    plain("planned_start"),
    plain("planned_end"),
    plain("actual_start"),
    plain("actual_end"),
    links.country_roles("countries_roles"),
    links.main_sector("main_sector"),
    links.sector_percents("sectors_percents"),
    *links.organisations("organisations"),
    of_money("funding_numbers", "number", _("money (numbers)")),
    of_money(
        "funding_types", "type", _("money (types)"), one_of(FundingType.values, optional=True)
    ),
    of_money(
        "funding_amount_kinds",
        "amount_kind",
        _("money (kinds of amount)"),
        one_of(AmountKind.values, optional=True),
    ),
    of_money("funding_amounts", "amount", _("money (amounts)")),
    of_money("funding_amounts_max", "amount_max", _("money (upper amounts)")),
    of_money("funding_currencies", "currency", _("money (currencies)"), currency),
    of_money("funding_dates", "date", _("money (dates)")),
    of_money(
        "funding_instruments",
        "instrument",
        _("money (instruments)"),
        one_of(Instrument.values, optional=True),
    ),
    of_money("funding_providers", "provider", _("money (providers)"), single_code),
    of_money(
        "funding_provider_countries",
        "provider_country",
        _("money (provider countries)"),
        single_code,
    ),
    of_money("funding_receivers", "receiver", _("money (receivers)"), single_code),
    of_money("funding_references", "reference", _("money (references)")),
    *languages("description"),
    *languages("outcome"),
    Column("flags", _("flags"), lambda row: join(row.flags)),
    Column(
        "updated_at",
        _("updated at"),
        lambda row: instant_text(row.record.updated_at),
        28,
    ),
    Column("url", _("address of the page"), text_at("address"), 50),
    Column("parent", _("part of"), text_at("parent"), read=word),
    column_of(
        Initiative._meta.get_field("nothing_stated"),
        "nothing_stated",
        lambda row: SIGN.join(row.record.nothing_stated),
        width=24,
    ),
    Column(
        "external_ids",
        _("identifiers in other registers"),
        lambda row: join([f"{one.scheme}:{one.value}" for one in row.record.external_ids]),
        30,
        listed(identifier),
    ),
    links.country_percents("countries_percents"),
    of_money("funding_value_dates", "value_date", _("money (days of the value)")),
    of_money(
        "funding_transaction_types",
        "transaction_type",
        _("money (IATI transaction types)"),
        one_of(TransactionType.values, optional=True),
    ),
    of_money("funding_finance_types", "finance_type", _("money (IATI finance types)")),
    of_budgets("budget_numbers", "number", _("budgets (numbers)")),
    of_budgets(
        "budget_types", "type", _("budgets (types)"), one_of(BudgetType.values, optional=True)
    ),
    of_budgets(
        "budget_statuses",
        "status",
        _("budgets (statuses)"),
        one_of(BudgetStatus.values, optional=True),
    ),
    of_budgets("budget_starts", "start", _("budgets (period from)")),
    of_budgets("budget_ends", "end", _("budgets (period to)")),
    of_budgets("budget_amounts", "amount", _("budgets (amounts)"), optional(Budget, "amount")),
    of_budgets("budget_currencies", "currency", _("budgets (currencies)"), currency),
    of_budgets("budget_value_dates", "value_date", _("budgets (days of the value)")),
    # From which version the file was made: what somebody edits later is not undone by it.
    Column(
        "version",
        _("version"),
        lambda row: str(row.record.version),
        read=of_field(Initiative._meta.get_field("version")),
    ),
    Column(
        "delivered",
        _("delivered"),
        text_at("record.delivered"),
        read=one_of(Delivered.values, optional=True),
    ),
    label("delivered", _("delivered (name)")),
]
COLUMNS = {column.name: column for column in _ALL}
for _name in INITIATIVE_TEXTS:  # those that came later stand at the end
    COLUMNS |= {column.name: column for column in languages(_name) if column.name not in COLUMNS}
