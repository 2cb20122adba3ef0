"""The parameters of the index of organisations."""

from functools import partial

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from initiatives.choices import OrganisationKind
from initiatives.editions.lists import keys_of
from initiatives.public.filtersets import parameters
from initiatives.public.filtersets.base import ParameterSet, parameter

DOES = [
    ("pays", pgettext_lazy("organisation", "Pays")),
    ("gets", pgettext_lazy("organisation", "Gets money")),
    ("takes-part", pgettext_lazy("organisation", "Has a role")),
]
ORDERS = [
    ("initiatives", _("Most initiatives first")),
    ("name", _("Name, A to Z")),
    ("paid", _("Most paid first, in one currency")),
]


class OrganisationFilterSet(ParameterSet):
    """Understands what narrows and orders the organisations that the public may be told of.

    Values of one parameter are joined by OR, parameters by AND; of orders and
    currencies there is one.
    """

    q = parameter(parameters.Words, _("Name or acronym"))
    kind = parameter(
        parameters.Choices,
        _("Kind"),
        choices=OrganisationKind.choices,
    )
    does = parameter(
        parameters.Choices,
        _("What it does"),
        choices=DOES,
    )
    country = parameter(
        parameters.Keys,
        _("Country of the organisation"),
        known=partial(keys_of, "country"),
        capitals=True,
    )
    sort = parameter(
        parameters.Choices,
        _("Order"),
        choices=ORDERS,
        single=True,
    )
    currency = parameter(
        parameters.Currencies,
        _("Paid amounts in"),
        single=True,
    )

    @property
    def order(self) -> str:
        """A key of `ORDERS`."""
        return (self.understood("sort") or [ORDERS[0][0]])[0]

    @property
    def compared_in(self) -> str:
        """The currency that was asked for, or nothing."""
        return (self.understood("currency") or [""])[0]
