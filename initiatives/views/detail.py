"""The page of one initiative. Only what is published exists; what was withdrawn says why."""

from itertools import combinations

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from initiatives import timeline
from initiatives.answers.records import CODE, moved
from initiatives.as_of import as_known
from initiatives.choices import PARTY_ROLES, EditionKind
from initiatives.editions.access import Access, public_edition
from initiatives.models import Citation, Initiative
from initiatives.promises import Progress, Slippage
from initiatives.relatives import relatives_of
from initiatives.rules import Flag
from initiatives.views import linked_data
from initiatives.views.evidence import evidence_of
from initiatives.views.pages import PastPage

_PAIRS = 6  # more parties than four have their pairs on their own pages


class InitiativeDetail(PastPage):
    """A code in small letters leads to the right address (301); nothing but a code is looked up."""

    template_name = "initiatives/detail.html"

    def get(self, request, code):
        if not CODE.fullmatch(code):
            raise Http404(_("There is no such initiative."))
        if code != code.upper():
            return moved(request, reverse("initiatives:detail", args=[code.upper()]))
        published = Initiative.objects.published().filter(code=code)
        if not published.exists():
            return _withdrawn(request, code)
        if self.known.day and not published.known_at(self.known.at).exists():
            return self._not_yet(request, code)
        found = public_edition(EditionKind.INITIATIVE, code, at=self.known.at)
        self.edition = found.edition if found.access is Access.SHOWN else None
        return super().get(request, code=code)

    def get_context_data(self, code, **kwargs):
        initiative = fetched(Initiative.objects.published().filter(code=code), self.known)
        context = context_of(initiative, self.known)
        address = self.request.build_absolute_uri(self.request.path)
        told = linked_data.of_initiative(initiative, address, context["evidence"].sources)
        return super().get_context_data(
            **context,
            address=address,
            edition=self.edition,
            edition_address=self._address_of_edition(code),
            linked_data=linked_data.in_script(told),
            follow=self.request.path.rstrip("/"),
            **kwargs,
        )

    def _address_of_edition(self, code):
        if self.edition is None:
            return ""
        path = reverse("initiatives:edition", args=[code, self.edition.number])
        return self.request.build_absolute_uri(path)

    def _not_yet(self, request, code):
        context = {"code": code, "known": self.known}
        return TemplateResponse(request, "initiatives/not_yet.html", context, status=404)


def _withdrawn(request, code):
    gone = Initiative.objects.withdrawn().exclude(embargo_until__gt=timezone.now())
    initiative = gone.filter(code=code).first()
    if initiative is None:
        raise Http404(_("There is no such initiative."))
    return TemplateResponse(request, "410.html", {"initiative": initiative}, status=410)


def fetched(initiatives, known):
    """The first of `initiatives` with all that its page shows. Raises Http404 if there is none."""
    rows = as_known(initiatives.for_detail()[:1], on=known.day)
    if not rows:  # it went while we were looking
        raise Http404(_("There is no such initiative."))
    _with_event_evidence(rows[0].events.all())
    return rows[0]


def _with_event_evidence(links):
    """After the record was put back, so that events which came back have public sources only."""
    cited = Citation.objects.public().select_related("source")
    events = [link.event for link in links]
    prefetch_related_objects(events, "host_country", Prefetch("citations", cited))


def context_of(initiative, known):
    """What the template of a record needs."""
    changes = list(initiative.status_changes.all())
    relatives = relatives_of(initiative, at=known.at)
    history = [_row(change, changes, relatives.others) for change in reversed(changes)]
    return {
        "initiative": initiative,
        "current": history[0] if history else None,
        "history": history,
        "relatives": relatives,
        "pairs": _pairs(initiative),
        "progress": Progress.of(initiative.milestones.all()),
        "slippage": Slippage.of(initiative),
        "timeline": timeline.of_initiative(initiative),
        "notes": [_note(finding) for finding in initiative.findings],
        "evidence": evidence_of(initiative),
        "shown_on": known.day or timezone.localdate(),
    }


def _row(change, changes, others):
    corrections = [later.number for later in changes if later.corrects_id == change.pk]
    return {
        "change": change,
        "continued_in": others.get(change.continued_in_id),
        "corrected_by": corrections,
    }


def _note(finding):
    return Flag(finding.flag).label, finding.sentence(timeline.date_in_words)


def _pairs(initiative):
    """Of each two parties; a country that has both roles of a party is one."""
    parties = {
        link.country_id: link.country
        for link in initiative.countries.all()
        if link.role in PARTY_ROLES
    }
    return list(combinations(parties.values(), 2))[:_PAIRS]
