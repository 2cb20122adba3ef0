"""The page of an organisation: what it pays, what it gets, and what it takes part in."""

from functools import partial
from urllib.parse import urlencode

from django.urls import reverse

from initiatives import organisations, timeline
from initiatives.filtersets import InitiativeFilterSet
from initiatives.filtersets.selections import found_by
from initiatives.models import Organisation
from initiatives.views import past
from initiatives.views.scopes import RECENT, ScopePage, found


class OrganisationPage(ScopePage):
    """The money of others in the same initiatives is on the pages of these, not here."""

    template_name = "initiatives/organisation.html"

    def dispatch(self, request, *args, slug, **kwargs):
        published = Organisation.objects.published().select_related("country")
        self.organisation = found(published, slug=slug)
        return super().dispatch(request, *args, **kwargs)

    def list_query(self):
        return {"organisation": [self.organisation.slug]}

    def overview(self):
        told = super().overview() | self._own()
        if not self.known.day:
            find = partial(found_by, InitiativeFilterSet(self.list_query()))
            told["recent"] = timeline.recent(
                find, limit=RECENT, organisation=self.organisation.slug
            )
        return told

    def _own(self):
        one, rows = self.organisation, self.initiatives()
        if self.known.day:
            rows = past.put_back(rows, self.known.day)
            pays, gets = (organisations.own_money_in(one, x, rows) for x in organisations.SIDES)
            return {"pays": pays, "gets": gets, "parts": organisations.parts_in(one, rows)}
        pays, gets = (organisations.own_money(one, x, rows) for x in organisations.SIDES)
        return {"pays": pays, "gets": gets, "parts": organisations.parts(one, rows)}

    def get_context_data(self, **kwargs):
        """Organisations have no feeds of their own; those of the list under their name serve."""
        query = urlencode(self.list_query(), doseq=True)
        return super().get_context_data(
            organisation=self.organisation,
            follow=reverse("initiatives:list").rstrip("/"),
            follow_query=f"?{query}",
            **kwargs,
        )
