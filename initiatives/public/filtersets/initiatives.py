"""The filterset of initiatives: the parameters of the public contract, and nothing about HTML."""

from datetime import date, datetime
from functools import partial

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.as_of import end_of
from initiatives.choices import NOT_SAID, Delivered, Kind, Late, Moved, Standing
from initiatives.editions.index import Selection, index
from initiatives.editions.lists import keys_of
from initiatives.lifecycle import Status
from initiatives.public.filtersets import parameters, sorting
from initiatives.public.filtersets.base import ParameterSet, parameter
from initiatives.rules import Flag

KNOWN = [("yes", pgettext_lazy("money", "Known")), ("no", pgettext_lazy("money", "Not known"))]
DELIVERED = [*Delivered.choices, (NOT_SAID, pgettext_lazy("delivered", "Not said"))]
MATCHES = [("any", _("Any of them takes part")), ("all", _("All of them take part"))]
COUNTRY = {"known": partial(keys_of, "country"), "capitals": True}


def _organisations(among: list[str] | None = None) -> list[str]:
    """One that only drafts name is unknown to the public."""
    with index.reading() as reading:
        return reading.organisations(among)


class InitiativeFilterSet(ParameterSet):
    """Understands what narrows the public initiatives; `selections.found_by` finds them.

    The order of the parameters is that in which pages and the API show them.

    Values of one parameter are joined by OR, parameters by AND. `errors` tells by parameter what
    was refused; then nothing is found.
    """

    q = parameter(
        parameters.Words, _("Search"), _("Words that all occur in the record, in any script.")
    )
    status = parameter(
        parameters.Choices,
        _("Status"),
        _("Its status is one of these."),
        choices=Status.choices,
    )
    sector = parameter(
        parameters.Keys,
        _("Sector"),
        _("It is in one of these sectors or in a part of it; short names."),
        known=partial(keys_of, "sector"),
    )
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
    kind = parameter(
        parameters.Choices, _("Kind"), _("Its kind is one of these."), choices=Kind.choices
    )
    delivered = parameter(
        parameters.Choices,
        _("Delivered"),
        _("It is implemented, and what was agreed was delivered in full, in part, or nobody says."),
        choices=DELIVERED,
    )
    standing = parameter(
        parameters.Choices,
        pgettext_lazy("of a promise", "What became of it"),
        _("What became of the promise: delivered, open and late or not, or dropped."),
        choices=Standing.choices,
    )
    promised = parameter(
        parameters.PromiseYears,
        _("Promised in"),
        _("A source dates it as planned or agreed first in one of these years; or “unknown”."),
    )
    late = parameter(
        parameters.Choices,
        _("Late"),
        _("It is open, and the last possible day of its planned end or of a milestone has passed."),
        choices=Late.choices,
    )
    late_by = parameter(
        parameters.Months,
        _("Late by"),
        _("It is open, and its planned end passed so many whole months ago, or more."),
    )
    moved = parameter(
        parameters.Choices,
        _("Moved"),
        _("Where its planned end moved in all, or that the date of a milestone moved later."),
        choices=Moved.choices,
    )
    moved_by = parameter(
        parameters.Months,
        _("Moved later by"),
        _("Its planned end moved later by so many whole months in all, or more."),
    )
    year = parameter(parameters.Years, _("Active in"), _("It is active in one of these years."))
    organisation = parameter(
        parameters.Keys,
        _("Organisation"),
        _("One of these organisations takes part, pays or receives; short names."),
        known=_organisations,
    )
    party = parameter(
        parameters.Keys,
        _("Party"),
        _("One of these countries is a party or leads; codes of ISO 3166-1."),
        **COUNTRY,
    )
    funded = parameter(
        parameters.Choices, _("Money"), _("Whether any money is known."), choices=KNOWN
    )
    currency = parameter(
        parameters.Currencies,
        _("Currency"),
        _("Some of its money is in one of these currencies; codes of ISO 4217."),
    )
    flag = parameter(
        parameters.Choices,
        _("Needs attention"),
        _("It needs attention in one of these ways."),
        choices=Flag.choices,
    )
    as_of = parameter(
        parameters.Days,
        _("As known on"),
        _("A day that has come: the records as they were known at its end."),
        single=True,
    )
    updated_since = parameter(
        parameters.Instants,
        _("Changed since"),
        _("Changed since this day or instant (ISO 8601)."),
    )
    sort = parameter(
        parameters.Choices,
        _("Order"),
        _("Order; what is not known comes last."),
        choices=sorting.ORDERS,
        single=True,
    )

    @classmethod
    def facets(cls) -> list[str]:
        """The parameters of which the index knows the rows of each value."""
        return [name for name in cls.base_filters if getattr(Selection, name, None) == ()]

    @classmethod
    def of_day(cls, query: QueryDict, **others: list[str]) -> "InitiativeFilterSet":
        """That of an address which takes the day `as_of`, and for the rest means `others`."""
        return cls({**others, "as_of": query.getlist("as_of")})

    @property
    def order(self) -> str:
        """The order of the rows, a key of `sorting.ORDERS`."""
        return (self.understood("sort") or [sorting.DEFAULT])[0]

    @property
    def all_countries(self) -> bool:
        """Whether every chosen country must take part, and not just one of them."""
        return self.understood("country_match") == ["all"]

    @property
    def known_on(self) -> date | None:
        """The day whose knowledge is asked for; None means now."""
        return (self.understood("as_of") or [None])[0]

    @property
    def known_at(self) -> datetime | None:
        """The end of that day: the instant whose knowledge is asked for; None means now."""
        day = self.known_on
        return None if day is None else end_of(day)
