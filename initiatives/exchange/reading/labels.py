"""The headers that people write: the columns' names in the four languages.

Files of ours have stable English names. These are for tables that people make themselves; case,
spaces and signs do not matter.
"""

from functools import cache

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from initiatives.choices import Language
from initiatives.exchange.columns import READABLE
from initiatives.folding import fold

LABELS = {
    "code": _("code"),
    "kind": _("kind"),
    "kind_label": _("kind (name)"),
    "status": _("status"),
    "status_label": _("status (name)"),
    "status_since": _("in this status since"),
    "parties": _("parties"),
    "parties_names": _("parties (names)"),
    "countries": _("countries"),
    "countries_names": _("countries (names)"),
    "countries_roles": _("countries (roles)"),
    "sectors": _("sectors"),
    "sectors_names": _("sectors (names)"),
    "sectors_percents": _("sectors (percents)"),
    "main_sector": _("main sector"),
    "planned_start": _("planned start"),
    "planned_end": _("planned end"),
    "actual_start": _("actual start"),
    "actual_end": _("actual end"),
    "organisations": _("organisations"),
    "organisations_names": _("organisations (names)"),
    "organisations_roles": _("organisations (roles)"),
    "funding_numbers": _("money (numbers)"),
    "funding_types": _("money (types)"),
    "funding_amount_kinds": _("money (kinds of amount)"),
    "funding_amounts": _("money (amounts)"),
    "funding_amounts_max": _("money (upper amounts)"),
    "funding_currencies": _("money (currencies)"),
    "funding_dates": _("money (dates)"),
    "funding_instruments": _("money (instruments)"),
    "funding_providers": _("money (providers)"),
    "funding_provider_countries": _("money (provider countries)"),
    "funding_receivers": _("money (receivers)"),
    "countries_percents": _("countries (percents)"),
    "funding_references": _("money (references)"),
    "funding_value_dates": _("money (days of the value)"),
    "funding_transaction_types": _("money (IATI transaction types)"),
    "funding_finance_types": _("money (IATI finance types)"),
    "budget_numbers": _("budgets (numbers)"),
    "budget_types": _("budgets (types)"),
    "budget_statuses": _("budgets (statuses)"),
    "budget_starts": _("budgets (period from)"),
    "budget_ends": _("budgets (period to)"),
    "budget_amounts": _("budgets (amounts)"),
    "budget_currencies": _("budgets (currencies)"),
    "budget_value_dates": _("budgets (days of the value)"),
    "flags": _("flags"),
    "updated_at": _("updated at"),
    "url": _("address of the page"),
    "parent": _("part of"),
    "nothing_stated": _("checked: the sources do not state"),
    "external_ids": _("identifiers in other registers"),
    "version": _("version"),
    "desk": _("desk"),
    "status_source": _("source of the status"),
    "status_decided_by": _("deciding side"),
    "cited_sources": _("cited sources"),
    "reason": _("why the row was not taken"),
    "moved_because": _("why a promised date moves"),
}
# Of these each language has a column: “title (ru)” or “title (Russian)”.
TRANSLATED = {
    "title": _("title"),
    "summary": _("summary"),
    "description": _("description"),
    "outcome": _("outcome"),
    "status_reason": _("reason of the status"),
    "funding_notes": _("money (notes)"),
}


@cache
def stable() -> dict[str, str]:
    """The column of each folded stable name."""
    return {fold(name): name for name in READABLE}


@cache
def labelled(language: str) -> dict[str, str]:
    """The column of each folded label in `language`."""
    with translation.override(language):
        found = {fold(str(label)): name for name, label in LABELS.items() if name in READABLE}
        for name, label in TRANSLATED.items():
            for code, spoken in Language.choices:
                for written in (code, spoken):
                    found[fold(f"{label} ({written})")] = f"{name}_{code}"
    return found


@cache
def without_language(language: str) -> dict[str, str]:
    """The column of each folded label in `language` that does not say of which language it is:
    most likely of the same. It is only a guess."""
    with translation.override(language):
        return {fold(str(label)): f"{name}_{language}" for name, label in TRANSLATED.items()}


def label_of(column: str) -> str:
    """What people call `column`, in the language of the moment."""
    if column in LABELS:
        return str(LABELS[column])
    name, _sign, language = column.rpartition("_")
    return f"{TRANSLATED[name]} ({language})"
