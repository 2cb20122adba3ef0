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
or a promised date moves. They are in READABLE and never in COLUMNS, so no export of the public can
have them. What officers download themselves has those of OF_DESK at its end.
"""

from collections.abc import Iterable

from initiatives.exchange.columns.column import Column
from initiatives.exchange.columns.incoming import INCOMING, REASON
from initiatives.exchange.columns.of_desk import OF_DESK, ONLY_TOLD
from initiatives.exchange.columns.outgoing import COLUMNS
from initiatives.notation import AMOUNT, PERCENT

__all__ = [
    "AMOUNTS",
    "COLUMNS",
    "DATES",
    "INCOMING",
    "OF_DESK",
    "ONLY_TOLD",
    "PERCENTS",
    "READABLE",
    "REASON",
    "Column",
    "UnknownColumns",
    "chosen",
]

READABLE = COLUMNS | INCOMING | OF_DESK
AMOUNTS = frozenset(name for name, column in READABLE.items() if column.measure is AMOUNT)
PERCENTS = frozenset(name for name, column in READABLE.items() if column.measure is PERCENT)
DATES = frozenset(name for name, column in READABLE.items() if column.is_date)


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
