"""The state of a list as an address, and the addresses that are one step away from it."""

from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import quote, unquote_plus, urlencode

_AS_WRITTEN = "%/?:@!$&'()*+,;=~[]"  # what stands in a query as it is; the rest is escaped


@dataclass(frozen=True)
class Address:
    """`state` maps each parameter to its values; the page is no part of it."""

    path: str
    state: dict[str, list[str]]

    def __str__(self) -> str:
        return f"{self.path}?{self.query}" if self.query else self.path

    @property
    def query(self) -> str:
        """The state alone, without the question mark."""
        return urlencode(self.state, doseq=True, errors="replace")

    def without(self, name: str, value: str | None = None) -> "Address":
        """The address without one value of a parameter, or without the parameter."""
        values = self.state.get(name, [])
        kept = [] if value is None else [text for text in values if text != value]
        return Address(self.path, self.state | {name: kept})

    def with_value(self, name: str, value: str) -> "Address":
        """The address with one value for a parameter in place of those it has."""
        return Address(self.path, self.state | {name: [value]})

    def at_page(self, number: int, name: str = "page") -> "Address":
        """The address of a page of the list whose parameter is `name`."""
        return Address(self.path, self.state | {name: [] if number == 1 else [str(number)]})


def without_empty(query: str, names: Collection[str]) -> str:
    """`query`, as WSGI gives it, without the parameters of these names that have no value.

    All others stay as they were written and in their order: what is wrong with them is told later.
    """
    kept = (part for part in query.split("&") if not _is_empty(part, names))
    return quote("&".join(kept).encode("latin-1", "replace"), safe=_AS_WRITTEN)


def _is_empty(part: str, names: Collection[str]) -> bool:
    name, _, value = part.partition("=")
    return not value and unquote_plus(name) in names
