"""The page of one initiative. Only what is published exists; what was withdrawn says why."""

import re
from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import Http404, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import View

from initiatives.models import Citation, Initiative
from initiatives.views.evidence import evidence_of

CODE = re.compile(r"CI-\d{4}-\d{4,8}", re.ASCII | re.IGNORECASE)


class InitiativeDetail(View):
    """A code in small letters leads to the right address (301); nothing but a code is looked up."""

    http_method_names = ["get", "head", "options"]

    def get(self, request, code):
        if not CODE.fullmatch(code):
            raise Http404(_("There is no such initiative."))
        if code != code.upper():
            return HttpResponsePermanentRedirect(_right_address(request, code))
        found = _with_event_evidence(Initiative.objects.published().for_detail())
        initiative = found.filter(code=code).first()
        if initiative is None:
            return _withdrawn(request, code)
        return TemplateResponse(request, "initiatives/detail.html", _context(initiative))


def _right_address(request, code):
    address = reverse("initiatives:detail", kwargs={"code": code.upper()})
    query = request.META.get("QUERY_STRING")
    return f"{address}?{query}" if query else address


def _with_event_evidence(initiatives):
    cited = Citation.objects.public().select_related("source")
    return initiatives.prefetch_related(
        "events__event__host_country", Prefetch("events__event__citations", cited)
    )


def _withdrawn(request, code):
    gone = Initiative.objects.withdrawn().exclude(embargo_until__gt=timezone.now())
    initiative = gone.filter(code=code).first()
    if initiative is None:
        raise Http404(_("There is no such initiative."))
    return TemplateResponse(request, "410.html", {"initiative": initiative}, status=410)


def _context(initiative):
    changes = list(initiative.status_changes.all())
    others = _public_others(initiative, changes)
    history = [_row(change, changes, others) for change in reversed(changes)]
    return {
        "initiative": initiative,
        "current": history[0] if history else None,
        "history": history,
        "parent": others.get(initiative.parent_id),
        "progress": Progress.of(initiative.milestones.all()),
        "evidence": evidence_of(initiative),
    }


def _public_others(initiative, changes):
    """The initiatives that this one points to, as far as they are published, by primary key."""
    named = {initiative.parent_id, *(change.continued_in_id for change in changes)} - {None}
    return Initiative.objects.published().defer("search_text").in_bulk(named)


def _row(change, changes, others):
    corrections = [later.number for later in changes if later.corrects_id == change.pk]
    return {
        "change": change,
        "continued_in": others.get(change.continued_in_id),
        "corrected_by": corrections,
    }


@dataclass(frozen=True)
class Progress:
    """How far the milestones are that still count; those that were dropped do not.

    `percent` goes by weight, so it can differ from `reached` of `total`.
    """

    reached: int
    total: int
    dropped: int
    percent: int

    @classmethod
    def of(cls, milestones) -> "Progress":
        kept = [step for step in milestones if not step.is_dropped]
        reached = [step for step in kept if step.actual is not None]
        weight = sum(step.weight for step in kept)
        done = sum(step.weight for step in reached)
        share = 100 * done // weight if weight else 0
        return cls(len(reached), len(kept), len(milestones) - len(kept), share)
