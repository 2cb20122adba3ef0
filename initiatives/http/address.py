"""The state of a list as an address, and the addresses that are one step away from it."""

from dataclasses import dataclass
from urllib.parse import urlencode


@dataclass(frozen=True)
class Address:
    """`state` maps each parameter to its values; the page is no part of it."""

    path: str
    state: dict[str, list[str]]

    def __str__(self) -> str:
        query = urlencode(self.state, doseq=True, errors="replace")
        return f"{self.path}?{query}" if query else self.path

    def without(self, name: str, value: str | None = None) -> "Address":
        """The address without one value of a parameter, or without the parameter."""
        values = self.state.get(name, [])
        kept = [] if value is None else [text for text in values if text != value]
        return Address(self.path, self.state | {name: kept})

    def with_value(self, name: str, value: str) -> "Address":
        """The address with one value for a parameter in place of those it has."""
        return Address(self.path, self.state | {name: [value]})

    def at_page(self, number: int) -> "Address":
        return Address(self.path, self.state | {"page": [] if number == 1 else [str(number)]})
