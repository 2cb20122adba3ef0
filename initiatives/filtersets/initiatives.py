"""The filterset of initiatives: the parameters of the public contract, and nothing about HTML."""

from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_filters import Filter, FilterSet

from initiatives.as_of import end_of
from initiatives.choices import Kind
from initiatives.filtersets import parameters, sorting
from initiatives.filtersets.keyset import Order
from initiatives.lifecycle import Status
from initiatives.models import Country, Funding, Initiative, Organisation, Sector
from initiatives.partial_dates import PartialDate
from initiatives.rules import Flag

KNOWN = [("yes", pgettext_lazy("money", "Known")), ("no", pgettext_lazy("money", "Not known"))]
MATCHES = [("any", _("Any of them takes part")), ("all", _("All of them take part"))]
COUNTRY = {"rows": lambda: Country.objects.all(), "key": "iso2", "capitals": True}
# A search reads every text, and every count beside an option would read them again: up to so many
# rows its result is kept.
FEW = 1_000


def _parameter(field_class, label, **kwargs) -> Filter:
    made = Filter(label=label, **kwargs)
    made.field_class = field_class
    return made


class InitiativeFilterSet(FilterSet):
    """Narrows initiatives, the published ones if no queryset is given.

    Values of one parameter are joined by OR, parameters by AND. `errors` tells by parameter what
    was refused; then `qs` is empty.
    """

    q = _parameter(parameters.Words, _("Search"), method="_search")
    status = _parameter(
        parameters.Choices, _("Status"), choices=Status.choices, method="_in_status"
    )
    sector = _parameter(
        parameters.Keys, _("Sector"), rows=lambda: Sector.objects.all(), method="_in_sector"
    )
    country = _parameter(parameters.Keys, _("Country"), **COUNTRY, method="_in_country")
    party = _parameter(parameters.Keys, _("Party"), **COUNTRY, method="_with_party")
    country_match = _parameter(
        parameters.Choices, _("Several countries"), choices=MATCHES, method="_not_a_filter"
    )
    organisation = _parameter(
        parameters.Keys,
        _("Organisation"),
        # One that only drafts name is unknown to the public.
        rows=lambda: Organisation.objects.published(),
        method="_with_organisation",
    )
    kind = _parameter(parameters.Choices, _("Kind"), choices=Kind.choices, lookup_expr="in")
    year = _parameter(parameters.Years, _("Active in"), method="_active_in")
    funded = _parameter(parameters.Choices, _("Money"), choices=KNOWN, method="_funded")
    currency = _parameter(parameters.Currencies, _("Currency"), method="_in_currency")
    flag = _parameter(
        parameters.Choices, _("Needs attention"), choices=Flag.choices, method="_with_flag"
    )
    as_of = _parameter(parameters.Days, _("As known on"), method="_not_a_filter")
    updated_since = _parameter(parameters.Instants, _("Changed since"), method="_updated_since")
    sort = _parameter(
        parameters.Choices, _("Order"), choices=sorting.ORDERS, method="_not_a_filter"
    )

    class Meta:
        model = Initiative
        fields = ()

    def __init__(self, data=None, queryset=None, **kwargs) -> None:
        if queryset is None:
            queryset = Initiative.objects.published()
        super().__init__(data or {}, queryset, **kwargs)
        self._found: list[int] | None = None

    def chosen(self, name: str) -> list[str]:
        """The values given for a parameter in their canonical form, right or wrong."""
        field = self.form.fields[name]
        return field.texts(field.widget.value_from_datadict(self.data, {}, name))

    def understood(self, name: str) -> list:
        """The values of a parameter as they were understood, none if they were not."""
        return [] if name in self.errors else self.form.cleaned_data[name]

    def vocabulary(self, name: str) -> list[tuple[str, str]]:
        """The values and labels of a parameter that has a closed list of them."""
        return self.form.fields[name].choices

    def filter_queryset(self, queryset):
        return sorting.sort(self._narrowed(queryset), self.order, status=self.column("status"))

    @property
    def order(self) -> str:
        """The order of the rows, a key of `sorting.ORDERS`; of several given the last counts."""
        return (self.understood("sort") or [sorting.DEFAULT])[-1]

    @property
    def keyset(self) -> Order:
        """The same order, for pages that are found by the last row of the page before."""
        key = sorting.expression_of(self.order, status=self.column("status"))
        known = self.order.removeprefix("-") in sorting.ALWAYS_KNOWN
        return Order("code", key, descending=self.order.startswith("-"), always_known=known)

    @property
    def all_countries(self) -> bool:
        """Whether every chosen country must take part, and not just one of them."""
        return self.understood("country_match")[-1:] == ["all"]

    @property
    def known_on(self) -> date | None:
        """The day whose knowledge is asked for; None means now. Of several the last counts."""
        return (self.understood("as_of") or [None])[-1]

    @property
    def known_at(self) -> datetime | None:
        """The end of that day: the instant whose knowledge is asked for; None means now."""
        return self.known_on and end_of(self.known_on)

    def column(self, name: str) -> str:
        """The column that holds a parameter's value: the status may be that of another day."""
        return "status_then" if name == "status" and self.known_on else name

    def without(self, name: str):
        """The rows that the other parameters leave, in no order."""
        return self._narrowed(self.queryset.all(), left_out=name)

    def alternatives(self, name: str):
        """The rows among which one more value of parameter `name` would choose."""
        if name in ("country", "party") and self.all_countries and name not in self.errors:
            return self._narrowed(self.queryset.all())
        return self.without(name)

    def _narrowed(self, queryset, left_out=""):
        if set(self.errors) - {left_out}:
            return queryset.none()
        if self.known_at:
            queryset = queryset.known_at(self.known_at)
        for name, values in self.form.cleaned_data.items():
            if name != left_out:
                queryset = self.filters[name].filter(queryset, values)
        return queryset

    def _not_a_filter(self, queryset, _name, _values):
        return queryset

    def _in_status(self, queryset, name, statuses):
        return queryset.filter(**{f"{self.column(name)}__in": statuses})

    def _with_flag(self, queryset, _name, flags):
        return queryset.with_flag(*flags)

    def _search(self, queryset, _name, texts):
        if self._found is None:
            found = _any_of(Initiative.objects.all(), "search", [[text] for text in texts])
            self._found = list(found.order_by().values_list("pk", flat=True)[: FEW + 1])
        if len(self._found) > FEW:
            return _any_of(queryset, "search", [[text] for text in texts])
        return queryset.filter(pk__in=self._found)

    def _in_sector(self, queryset, _name, slugs):
        return queryset.in_sector(*slugs)

    def _in_country(self, queryset, _name, codes):
        for group in self._groups(codes):
            queryset = queryset.in_country(*group)
        return queryset

    def _with_party(self, queryset, _name, codes):
        for group in self._groups(codes):
            queryset = queryset.with_party(*group)
        return queryset

    def _groups(self, codes) -> list[list[str]]:
        """Sets of countries of which each must be met by one."""
        return [[code] for code in codes] if self.all_countries else [codes]

    def _with_organisation(self, queryset, _name, slugs):
        return queryset.with_organisation(*slugs)

    def _active_in(self, queryset, _name, years):
        days = [PartialDate.parse(str(year)) for year in years]
        return _any_of(queryset, "active_in", [[year.first, year.last] for year in days])

    def _funded(self, queryset, _name, answers):
        known = Q(pk__in=Funding.objects.values("initiative"))
        wanted = {"yes": known, "no": ~known}
        return queryset.filter(reduce(or_, (wanted[answer] for answer in answers)))

    def _in_currency(self, queryset, _name, codes):
        return queryset.filter(
            pk__in=Funding.objects.filter(currency__in=codes).values("initiative")
        )

    def _updated_since(self, queryset, _name, instants):
        return queryset.filter(updated_at__gte=min(instants))


def _any_of(queryset, word, arguments):
    """The rows that a word of the queryset gives with any of its `arguments`."""
    if len(arguments) == 1:
        return getattr(queryset, word)(*arguments[0])
    found = reduce(or_, (getattr(Initiative.objects, word)(*one) for one in arguments))
    return queryset.filter(pk__in=found.order_by().values("pk"))
