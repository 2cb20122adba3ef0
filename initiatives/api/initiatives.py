"""Initiatives: the list under the filters of its page, and single records."""

from functools import cached_property

from django.urls import reverse

from initiatives.answers import records
from initiatives.api import fields
from initiatives.api.pages import RowsView
from initiatives.api.refusals import all_of, wrong
from initiatives.api.schema import fields_of
from initiatives.api.views import ApiView
from initiatives.editions.current import record_of
from initiatives.exchange import json_file, rows
from initiatives.filtersets import AS_OF, FILTERS, InitiativeFilterSet


class InitiativeList(RowsView):
    schema = "Initiative"
    takes = (*FILTERS, *RowsView.takes)

    @cached_property
    def filterset(self):
        return InitiativeFilterSet(self.request.GET)

    def refuse(self):
        if self.filterset.errors:
            raise wrong(self.filterset.errors)

    def asked(self):
        return {name: self.filterset.chosen(name) for name in self.filterset.form.fields}

    def depends_on(self):
        return self.filterset.qs

    def count(self, fresh):
        return fresh.count

    def rows(self):
        return self.filterset.qs.for_list().for_rules()

    def order(self):
        return self.filterset.keyset

    def objects(self, found):
        address_of = records.address_in_language(self.request)
        shown = rows.described(found, address_of, on=self.filterset.known_on)
        return [json_file.as_object(row) for row in shown]


class InitiativeRecord(ApiView):
    """One initiative; 410 with the public reason if it was withdrawn, 404 if it is not public."""

    takes = (*AS_OF, "fields")

    def get(self, request, code):
        if not records.CODE.fullmatch(code):
            raise records.unknown()
        if code != code.upper():
            right = reverse(request.resolver_match.view_name, args=[code.upper()])
            return records.moved(request, right)
        return super().get(request, code=code)

    def prepare(self, code):
        query = self.request.GET
        on, wanted = all_of(
            lambda: _known_on(query), lambda: fields.chosen(query, fields_of("Record"))
        )
        edition = records.public_record(code, on)
        self.record = record_of(edition)
        address_of = records.address_in_language(self.request)
        return lambda fresh: fields.cut(records.told(edition, address_of, on), wanted)


def _known_on(query):
    filterset = InitiativeFilterSet({"as_of": query.getlist("as_of")})
    if filterset.errors:
        raise wrong(filterset.errors)
    return filterset.known_on
