"""What is looked for in the index, as values."""

from dataclasses import dataclass
from datetime import datetime

from pyroaring import BitMap


@dataclass(frozen=True, kw_only=True)
class Selection:
    """The values chosen for each parameter: joined by OR, the parameters by AND.

    `matching` are the positions that a search has found, None if nothing is searched for.
    `refused` are the parameters that could not be understood; nothing is found under them.
    """

    status: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    observer: tuple[str, ...] = ()
    all_countries: bool = False
    organisation: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    delivered: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    late_by: tuple[int, ...] = ()
    moved: tuple[str, ...] = ()
    moved_by: tuple[int, ...] = ()
    year: tuple[int, ...] = ()
    funded: tuple[str, ...] = ()
    currency: tuple[str, ...] = ()
    flag: tuple[str, ...] = ()
    updated_since: datetime | None = None
    matching: BitMap | None = None
    refused: frozenset[str] = frozenset()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The parameters that narrow."""
        return tuple(name for name in PARAMETERS if getattr(self, name) not in ((), None))


PARAMETERS = tuple(
    name for name in Selection.__dataclass_fields__ if name not in ("all_countries", "refused")
)
