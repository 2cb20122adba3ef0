"""The parameters of what slipped: when it was recorded, where, and where the date moved."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

from django.utils.translation import gettext_lazy as _

from initiatives.choices import Direction
from initiatives.editions.index import Selection, index
from initiatives.editions.index.slips import Slips
from initiatives.editions.lists import keys_of
from initiatives.public.filtersets import parameters
from initiatives.public.filtersets.base import ParameterSet, parameter
from initiatives.public.filtersets.initiatives import COUNTRY, MATCHES

ORDERS = [("longest", _("Longest first")), ("moved", _("Latest move first"))]


class SlippedFilterSet(ParameterSet):
    """Understands what narrows the promised dates that moved; `slips_of` finds them."""

    year = parameter(parameters.Years, _("Year"), _("The move was recorded in one of these years."))
    country = parameter(
        parameters.Keys,
        _("Country"),
        _("One of these countries takes part, not only as an observer; codes of ISO 3166-1."),
        **COUNTRY,
    )
    country_match = parameter(
        parameters.Choices,
        _("Several countries"),
        _("Whether any or all of several countries must take part."),
        choices=MATCHES,
        single=True,
    )
    sector = parameter(
        parameters.Keys,
        _("Sector"),
        _("It is in one of these sectors or in a part of it; short names."),
        known=partial(keys_of, "sector"),
    )
    moved = parameter(
        parameters.Choices,
        _("Which dates"),
        _("Where the date moved: later, earlier, or taken back; later if nothing is said."),
        choices=Direction.choices,
        single=True,
    )
    sort = parameter(parameters.Choices, _("Order"), _("The order."), choices=ORDERS, single=True)

    @property
    def order(self) -> str:
        """The order of the dates."""
        return (self.understood("sort") or [ORDERS[0][0]])[0]

    @property
    def match(self) -> str:
        """Which of several countries must take part."""
        return (self.understood("country_match") or [MATCHES[0][0]])[0]

    @property
    def direction(self) -> str:
        """Where the dates moved that are asked for."""
        return (self.understood("moved") or [Direction.LATER.value])[0]


PARAMETERS = tuple(SlippedFilterSet.base_filters)


@contextmanager
def slips_of(filterset: SlippedFilterSet) -> Iterator[Slips]:
    """What a bound filterset finds in the register.

    Inside nobody else reads the index in this process, so take out figures and keys only.
    """
    selection = Selection(
        country=tuple(filterset.understood("country")),
        all_countries=filterset.match == "all",
        sector=tuple(filterset.understood("sector")),
        refused=frozenset(filterset.errors),
    )
    with index.reading() as reading:
        yield Slips(reading.find(selection), tuple(filterset.understood("year")))
