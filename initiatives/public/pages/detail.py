"""The page of one initiative. Only what is published exists; what was withdrawn says why."""

from itertools import combinations
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import timeline
from initiatives.as_of import as_edition
from initiatives.choices import PARTY_ROLES, EditionKind
from initiatives.editions.access import Access, Found, public_edition
from initiatives.editions.instances import withdrawn
from initiatives.editions.record import InitiativeRecord, decoded
from initiatives.http.records import CODE, moved
from initiatives.promises import Progress, Slippage
from initiatives.public import charts
from initiatives.public.pages import linked_data
from initiatives.public.pages.evidence import evidence_of
from initiatives.public.pages.pages import Known, PastPage
from initiatives.public.relatives import relatives_of
from initiatives.rules import Flag
from initiatives.rules.words import Finding
from initiatives.translatable import Translatable

if TYPE_CHECKING:
    from initiatives.models import Country, Initiative, StatusChange


_PAIRS = 6  # more parties than four have their pairs on their own pages


class InitiativeDetail(PastPage):
    """A code in small letters leads to the right address (301); nothing but a code is looked up."""

    template_name = "initiatives/detail.html"

    def get(self, request: HttpRequest, *args: Any, code: str, **kwargs: Any) -> HttpResponseBase:
        if not CODE.fullmatch(code):
            raise Http404(_("There is no such initiative."))
        if code != code.upper():
            return moved(request, reverse("initiatives:detail", args=[code.upper()]))
        found = public_edition(EditionKind.INITIATIVE, code, at=self.known.at)
        if found.access is not Access.SHOWN:
            return self._not_shown(request, code, found)
        self.edition, self.record = found.known, decoded(found.known.body, InitiativeRecord)
        return super().get(request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = context_of(as_edition(self.edition, on=self.known.day), self.known)
        address = self.request.build_absolute_uri(self.request.path)
        told = linked_data.of_initiative(
            context["initiative"], address, context["evidence"].sources
        )
        path = reverse("initiatives:edition", args=[self.edition.key, self.edition.number])
        return super().get_context_data(
            **context,
            address=address,
            edition=self.edition,
            edition_address=self.request.build_absolute_uri(path),
            linked_data=linked_data.in_script(told),
            follow=self.request.path.rstrip("/"),
            known_query=urlencode(self.known.query, doseq=True),
            **kwargs,
        )

    def _not_shown(self, request: HttpRequest, code: str, found: Found) -> TemplateResponse:
        context = {"code": code, "known": self.known, "edition": found.edition}
        if found.access is Access.REDACTED:
            return TemplateResponse(request, "editions/redacted.html", context, status=410)
        if found.is_past:
            return TemplateResponse(request, "initiatives/not_yet.html", context, status=404)
        if found.access is Access.UNKNOWN:
            raise Http404(_("There is no such initiative."))
        context = {"initiative": withdrawn(code, found.reason)}
        return TemplateResponse(request, "410.html", context, status=410)


def context_of(initiative: "Initiative", known: Known) -> dict[str, Any]:
    """What the template of a record needs."""
    changes = list(initiative.status_changes.all())
    today, life = known.day or timezone.localdate(), timeline.of_initiative(initiative)
    relatives = relatives_of(initiative, known.at or timezone.now())
    history = [_row(change, changes, relatives.others) for change in reversed(changes)]
    return {
        "initiative": initiative,
        "current": history[0] if history else None,
        "history": history,
        "relatives": relatives,
        "pairs": _pairs(initiative),
        "progress": Progress.of(initiative.milestones.all()),
        "slippage": Slippage.of(initiative),
        "money": charts.record_money(initiative.money),
        "timeline": life,
        "past": life.until(today),
        "ahead": life.after(today),
        "today": today,
        "notes": [_note(finding) for finding in initiative.findings],
        "evidence": evidence_of(initiative),
    }


def _row(
    change: "StatusChange", changes: "list[StatusChange]", others: "dict[int, Initiative]"
) -> dict[str, Any]:
    corrections = [later.number for later in changes if later.corrects_id == change.pk]
    return {
        "change": change,
        "continued_in": others.get(change.continued_in_id or 0),
        "corrected_by": corrections,
    }


def _note(finding: Finding) -> tuple[Translatable, str]:
    return Flag(finding.flag).label, finding.sentence(timeline.date_in_words)


def _pairs(initiative: "Initiative") -> "list[tuple[Country, Country]]":
    """Of each two parties; a country that has both roles of a party is one."""
    parties = {
        link.country_id: link.country
        for link in initiative.countries.all()
        if link.role in PARTY_ROLES
    }
    return list(combinations(parties.values(), 2))[:_PAIRS]
