"""The map of the site for search engines: published pages only, each in its four languages."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef
from django.urls import reverse

from initiatives import overview
from initiatives.models import Country, Event, Initiative, InitiativeCountry, Organisation, Sector


class _Translated(Sitemap):
    i18n = True
    alternates = True
    x_default = True
    limit = 50_000  # the most that sitemaps.org allows in one file


class Pages(_Translated):
    """The pages that are always there."""

    def items(self):
        names = "home list countries sectors events changes about-statuses about-data".split()
        return [f"initiatives:{name}" for name in names]

    def location(self, item):
        return reverse(item)


class Initiatives(_Translated):
    def items(self):
        return Initiative.objects.published().only("code", "updated_at").order_by("code")

    def lastmod(self, item):
        return item.updated_at

    def location(self, item):
        return reverse("initiatives:detail", args=[item.code])


class Countries(_Translated):
    def items(self):
        taking_part = InitiativeCountry.objects.filter(
            country=OuterRef("pk"), initiative__in=Initiative.objects.published()
        )
        return Country.objects.filter(Exists(taking_part)).order_by("iso2")

    def location(self, item):
        return reverse("initiatives:country", args=[item.iso2.lower()])


class Pairs(_Translated):
    def items(self):
        return [(first.iso2.lower(), second.iso2.lower()) for first, second, _ in overview.pairs()]

    def location(self, item):
        return reverse("initiatives:pair", args=item)


class Sectors(_Translated):
    def items(self):
        return Sector.objects.order_by("slug")

    def location(self, item):
        return reverse("initiatives:sector", args=[item.slug])


class Organisations(_Translated):
    def items(self):
        return Organisation.objects.published().order_by("slug")

    def location(self, item):
        return reverse("initiatives:organisation", args=[item.slug])


class Events(_Translated):
    def items(self):
        return Event.objects.published().order_by("slug")

    def lastmod(self, item):
        return item.updated_at

    def location(self, item):
        return reverse("initiatives:event", args=[item.slug])


SITEMAPS = {
    "pages": Pages,
    "initiatives": Initiatives,
    "countries": Countries,
    "pairs": Pairs,
    "sectors": Sectors,
    "organisations": Organisations,
    "events": Events,
}
