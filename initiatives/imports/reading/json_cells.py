"""The object of an initiative as the cells of a row: the way back from `exchange.json_file` and
`exchange.record_file`."""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from initiatives.choices import PARTY_ROLES, Language
from initiatives.editions.record import INITIATIVE_TEXTS
from initiatives.exchange.cells import join, once
from initiatives.exchange.columns import READABLE
from initiatives.imports.reading import limits
from initiatives.imports.reading.amounts import with_decimals
from initiatives.imports.reading.table import Problem

_LISTS = ("flags", "nothing_stated")
_MONEY = {  # keys of a line of money → columns
    "number": "funding_numbers",
    "type": "funding_types",
    "amount_kind": "funding_amount_kinds",
    "amount": "funding_amounts",
    "amount_max": "funding_amounts_max",
    "currency": "funding_currencies",
    "date": "funding_dates",
    "instrument": "funding_instruments",
    "provider": "funding_providers",
    "provider_country": "funding_provider_countries",
    "receiver": "funding_receivers",
    "reference": "funding_references",
    "value_date": "funding_value_dates",
    "transaction_type": "funding_transaction_types",
    "finance_type": "funding_finance_types",
}
_BUDGETS = {  # keys of a budget → columns
    "number": "budget_numbers",
    "type": "budget_types",
    "status": "budget_statuses",
    "start": "budget_starts",
    "end": "budget_ends",
    "amount": "budget_amounts",
    "currency": "budget_currencies",
    "value_date": "budget_value_dates",
}
# What a record of ours says besides, and what no column has.
ELSEWHERE = frozenset(
    "first_planned_end last_checked_at children history milestones moved_dates events"
    " sources classifications external_texts".split()
)
_EMPTY: tuple[object, ...] = (None, "", [], {})
_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,30})?", re.A)
_DIGITS = 15  # that survive in every reader of JSON


class Flat:
    """The cells of one object; wrong types become problems and what has no column is counted."""

    def __init__(self, found: dict, ignored: Counter[str]) -> None:
        self.cells: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._ignored = ignored
        for key, value in found.items():
            self._take(key, value)

    def _take(self, key: str, value: Any) -> None:
        if key in _PARTS:
            _PARTS[key](self, self._objects(key, value))
        elif key in INITIATIVE_TEXTS:
            self._languages(key, value)
        elif key in _LISTS:
            self._list(key, value)
        elif key in READABLE:
            self._put(key, value)
        elif value not in _EMPTY:
            self._ignore(key[:100])

    def _put(self, column: str, *values: object, joined: bool = False) -> None:
        if column in READABLE:
            texts = [self._text(column, value) for value in values]
            text = join(texts) if joined else texts[0]
            if self.cells.get(column, text) != text:
                self._wrong(column, _("There are two different values for this. Keep only one."))
            self.cells[column] = text

    def _text(self, column: str, value: object) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            # JSON has a decimal point, also in quotation marks: 1.500 is no thousand.
            numeric = READABLE[column].measure is not None and _NUMBER.fullmatch(value)
            return with_decimals(Decimal(value), column) if numeric else value
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            return self._wrong(column, _("A text is expected here."))
        number = Decimal(value)
        whole = READABLE[column].measure is None
        if (isinstance(value, Decimal) and whole) or not _is_short(number):
            return self._wrong(column, _("Write the number in quotation marks."))
        return with_decimals(number, column)

    def _wrong(self, column: str, message: str) -> str:
        self.problems.append(Problem(column, message))
        return ""

    def _ignore(self, key: str) -> None:
        many = key not in self._ignored and len(self._ignored) >= limits.KEYS
        self._ignored["…" if many else key] += 1

    def _languages(self, key: str, value: Any) -> None:
        if not isinstance(value, dict):
            self._wrong(key, _('An object with languages is expected here: {"en": …, "ru": …}.'))
            return
        for language, text in value.items():
            if language in Language.values:
                self._put(f"{key}_{language}", text)
            else:
                self._ignore(f"{key}.{language[:20]}")

    def _list(self, key: str, value: list[str] | str) -> None:
        if isinstance(value, list):
            self._put(key, *value, joined=True)
        elif isinstance(value, str) and key == "nothing_stated":
            self._put(key, value)  # as the column of a table and a fixture have it
        else:
            self._wrong(key, _("A list is expected here."))

    def _objects(self, key: str, value: list[dict[str, Any]]) -> list[dict]:
        if isinstance(value, list) and all(isinstance(one, dict) for one in value):
            return value
        self._wrong(key, _("A list of objects is expected here."))
        return []

    def _beside(self, column: str, links: list[dict], key: str) -> None:
        """A value of each link, if any link tells it."""
        if not links or any(key in link for link in links):
            self._put(column, *(link.get(key) for link in links), joined=True)

    def _count_others(self, name: str, links: list[dict], known: Iterable[str]) -> None:
        for link in links:
            for key in link.keys() - set(known):
                if link[key] not in _EMPTY and not _says_nothing(link[key]):
                    self._ignore(f"{name}.{key[:100]}")

    def _countries(self, links: list[dict]) -> None:
        codes = self._once(links, "iso2")
        parties = [link for link in links if link.get("role") in PARTY_ROLES]
        self._put("countries", *codes, joined=True)
        self._put("parties", *self._once(parties, "iso2"), joined=True)
        self._roles("countries_roles", links, "iso2")
        told = [link for link in links if link.get("percent") is not None]
        if any("percent" in link for link in links):
            self._put("countries_percents", *map(self._share, told), joined=True)
        self._count_others("countries", links, ("iso2", "role", "percent"))

    def _share(self, link: dict) -> str:
        percent = self._text("sectors_percents", link["percent"])
        return f"{self._part(link, 'iso2')}:{self._part(link, 'role')}:{percent}"

    def _sectors(self, links: list[dict]) -> None:
        main = [link for link in links if link.get("is_main") is True]
        if not all(isinstance(link.get("is_main"), bool | None) for link in links):
            self._wrong("main_sector", _("Write true or false, without quotation marks."))
        self._beside("sectors", links, "slug")
        if not links or any("is_main" in link for link in links):
            self._put("main_sector", *(link.get("slug") for link in main), joined=True)
        self._beside("sectors_percents", links, "percent")
        self._count_others("sectors", links, ("slug", "percent", "is_main"))

    def _organisations(self, links: list[dict]) -> None:
        self._put("organisations", *self._once(links, "slug"), joined=True)
        self._roles("organisations_roles", links, "slug")
        self._count_others("organisations", links, ("slug", "role"))

    def _funding(self, lines: list[dict]) -> None:
        for key, column in _MONEY.items():
            self._beside(column, lines, key)
        self._count_others("funding", lines, _MONEY)

    def _budgets(self, budgets: list[dict]) -> None:
        for key, column in _BUDGETS.items():
            self._beside(column, budgets, key)
        self._count_others("budgets", budgets, _BUDGETS)

    def _external_ids(self, links: list[dict]) -> None:
        texts = (f"{self._part(link, 'scheme')}:{self._part(link, 'value')}" for link in links)
        self._put("external_ids", *texts, joined=True)
        self._count_others("external_ids", links, ("scheme", "value"))

    def _roles(self, column: str, links: list[dict], key: str) -> None:
        if not links or any("role" in link for link in links):
            pairs = (f"{self._part(link, key)}:{self._part(link, 'role')}" for link in links)
            self._put(column, *pairs, joined=True)

    def _once(self, links: list[dict], key: str) -> list[str]:
        return once(self._part(link, key) for link in links)

    def _part(self, link: dict, key: str) -> str:
        value = link.get(key)
        return value if isinstance(value, str) else self._wrong(key, _("A text is expected here."))


_PARTS: dict[str, Callable[[Flat, list[dict]], None]] = {
    "countries": Flat._countries,
    "sectors": Flat._sectors,
    "organisations": Flat._organisations,
    "funding": Flat._funding,
    "budgets": Flat._budgets,
    "external_ids": Flat._external_ids,
}


def _is_short(number: Decimal) -> bool:
    return len(number.as_tuple().digits) <= _DIGITS and abs(number.adjusted()) <= _DIGITS


def _says_nothing(value: Any) -> bool:
    """A text in four languages of which none is written."""
    return isinstance(value, dict) and not any(value.values())


def is_known(key: str) -> bool:
    return key in _PARTS or key in INITIATIVE_TEXTS or key in READABLE or key in ELSEWHERE
