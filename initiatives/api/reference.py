"""What initiatives point to: countries, sectors and organisations."""

import re

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from initiatives.answers.problems import Problem
from initiatives.answers.records import UNPREFIXED, moved
from initiatives.api import fields
from initiatives.api.pages import RowsView
from initiatives.api.schema import fields_of
from initiatives.api.views import ApiView
from initiatives.exchange import reference_file
from initiatives.filtersets.keyset import Order
from initiatives.models import Country, Organisation, Sector

_COUNTRY = re.compile(r"[a-z]{2}", re.ASCII | re.IGNORECASE)


def nothing_public() -> Problem:
    return Problem(404, _("There is nothing public at this address."))


class Kind:
    """One kind of row: which are public, in what order, as which objects."""

    schema = ""
    key = "slug"
    page = ""
    order = Order("slug")

    def rows(self):
        raise NotImplementedError

    def object(self, row, request):
        page_key = getattr(row, self.key).lower()
        with translation.override(UNPREFIXED):  # as the addresses in files, see `answers.records`
            page = reverse(f"initiatives:{self.page}", args=[page_key])
        make = getattr(reference_file, self.page)
        return make(row, request.build_absolute_uri(page))


class Countries(Kind):
    schema, key, page, order = "Country", "iso2", "country", Order("iso2")

    def rows(self):
        return Country.objects.defer("search_text")


class Sectors(Kind):
    schema, page = "Sector", "sector"

    def rows(self):
        return Sector.objects.select_related("parent").defer("search_text", "parent__search_text")


class Organisations(Kind):
    schema, page = "Organisation", "organisation"

    def rows(self):
        return Organisation.objects.published().select_related("country")


class KindList(RowsView):
    kind: Kind = None

    @property
    def schema(self):
        return self.kind.schema

    def rows(self):
        return self.kind.rows()

    def order(self):
        return self.kind.order

    def objects(self, rows):
        return [self.kind.object(row, self.request) for row in rows]


class KindItem(ApiView):
    kind: Kind = None
    takes = ("fields",)

    def get(self, request, key):
        if self.kind.key == "iso2" and _COUNTRY.fullmatch(key) and key != key.upper():
            right = reverse(request.resolver_match.view_name, args=[key.upper()])
            return moved(request, right)
        return super().get(request, key=key)

    def prepare(self, key):
        wanted = fields.chosen(self.request.GET, fields_of(self.kind.schema))
        row = self.kind.rows().filter(**{self.kind.key: key}).first()
        if row is None:
            raise nothing_public()
        return lambda fresh: fields.cut(self.kind.object(row, self.request), wanted)
