"""Which public records a change of a working row may have changed: rather one too many."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from initiatives.choices import ChangeAction, EditionCause, EditionKind, Publication
from initiatives.kept_queries import KeptQuery, chunks, values_of
from initiatives.models import Change, Citation, Edition, Event, Funding, Initiative, StatusChange
from initiatives.publication.citations import CLAIMS

# What only the desk sees, however it changes.
_OF_THE_DESK = frozenset({"changerequest", "desk", "deskmember", "user"})
# Public records hold the keys of these and not their names.
_LISTS = {"country": "iso2", "sector": "slug", "organisation": "slug"}
_APPEARS = frozenset({"publication", "embargo_until", "status"})


class Affected:
    """Collects changes, and finds out at the end what they touch.

    What a change reaches beside its own record is asked in a fixed number of queries for each
    chunk of keys, however many records it reaches.
    """

    def __init__(self, cause: str) -> None:
        self.cause = cause
        self._codes: set[str] = set()
        self._slugs: set[str] = set()
        self._appearing: set[str] = set()  # codes of what may have become public, or no more is
        self._named: dict[str, set[str]] = defaultdict(set)  # keys of what records name, by model
        self._before: set[str] = set()  # codes of what moved parts belonged to
        self.turned: set[str] = set()  # sources that became public, or are no more
        self.evidence = False  # whether something is cited now, or no more

    def told(self, cause: str) -> None:
        """That a part of what is done has this cause: one that says more than “edited”."""
        if self.cause == EditionCause.EDIT:
            self.cause = cause

    def note(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.model not in _OF_THE_DESK:
                _NOTE.get(change.model, Affected._part)(self, change)

    def of_the_desk(self) -> set[str]:
        """The codes of the initiatives of which the desk may have to know something else, drafts
        too; those that cite the sources that `turned` come besides. Call it before
        `reach_the_public`, which forgets drafts."""
        return self._codes | self._before

    def reach_the_public(self) -> bool:
        """Whether more than drafts may be touched. From then on what is a draft is left out."""
        self._codes = self._known()
        self._appearing &= self._codes
        return bool(self._codes or self._slugs or any(self._named.values()))

    def _known(self) -> set[str]:
        """The codes of what is published or was. Whoever publishes a draft now waits for us, or
        we have waited for them: a save of any part locks the initiative."""
        now = timezone.now()
        found: set[str] = set()
        for codes in chunks(self._codes):
            found.update(code for (code,) in _PUBLISHED(codes, now))
            others = [code for code in codes if code not in found]
            found.update(code for (code,) in _REGISTERED(others, now))
        return found

    def codes(self) -> set[str]:
        """The codes of the initiatives whose public record may be another one now."""
        found: set[str | None] = set(self._codes)
        for rows in (self._beside(), self._citing(), self._with_event(), self._with_list()):
            for query in rows:
                found.update(query)
        return {code for code in found if code is not None}

    def slugs(self) -> set[str]:
        """The same of events."""
        found, events = self._slugs | self._let_out(), Event.objects.order_by()
        for sources in chunks(self._named["source"]):
            citing = events.filter(citations__source__slug__in=sources)
            found.update(citing.values_list("slug", flat=True))
        for model, paths in _USED_BY_EVENTS.items():
            for keys in chunks(self._named[model]):
                for path in paths:
                    using = events.filter(**{f"{path}__in": keys})
                    found.update(using.values_list("slug", flat=True))
        return found

    def _let_out(self) -> set[str]:
        """Events that are public because an initiative names them that may have appeared."""
        found: set[str] = set()
        for codes in chunks(self._appearing):
            linked = Event.objects.filter(initiatives__initiative__code__in=codes)
            found.update(linked.order_by().values_list("slug", flat=True))
        return found

    def _initiative(self, change: Change) -> None:
        self._part(change)
        self._codes.update(filter(None, change.fields.get("parent", ())))
        if change.action != ChangeAction.CHANGED or _APPEARS & change.fields.keys():
            self._appearing.add(change.key[0])

    def _part(self, change: Change) -> None:
        self._codes.add(change.key[0])
        self._before.update(filter(None, change.fields.get("initiative", ())))

    def _external_id(self, change: Change) -> None:
        """Its key is that of the other register and does not name the initiative."""
        if change.initiative is not None:
            self._codes.add(change.initiative.code)

    def _link_to_event(self, change: Change) -> None:
        self._part(change)
        self._slugs.update(filter(None, (change.key[1], *change.fields.get("event", ()))))

    def _citation(self, change: Change) -> None:
        """The key is that of the source and the place, then what is cited for and its key."""
        self.evidence = True
        of_event = change.key[2] == "event"
        (self._slugs if of_event else self._codes).add(change.key[3])
        for claim in ("initiative", "status_change"):
            keys = filter(None, change.fields.get(claim, ()))
            self._before.update(key.partition("/")[0] for key in keys)

    def _event(self, change: Change) -> None:
        names = {change.key[0], *filter(None, change.fields.get("slug", ()))}
        self._slugs |= names
        self._named["event"] |= names

    def _named_row(self, change: Change) -> None:
        keys = change.fields.get(_LISTS.get(change.model, "slug"), ())
        if change.model == "source" or keys:
            self._named[change.model].update(filter(None, (change.key[0], *keys)))

    def _source(self, change: Change) -> None:
        self._named_row(change)
        if change.action == ChangeAction.CHANGED and "is_public" in change.fields:
            self.turned.update(filter(None, (change.key[0], *change.fields.get("slug", ()))))

    def _beside(self) -> Iterator[Iterable[str | None]]:
        """The whole and the parts of each, what it carries on, and what carries it on."""
        rows = Initiative.objects.order_by()
        changes = StatusChange.objects.order_by().filter(continued_in__isnull=False)
        for codes in chunks(self._appearing):
            yield rows.filter(code__in=codes).values_list("parent__code", flat=True)
            yield rows.filter(parent__code__in=codes).values_list("code", flat=True)
            after = changes.filter(initiative__code__in=codes)
            yield after.values_list("continued_in__code", flat=True)
            before = changes.filter(continued_in__code__in=codes)
            yield before.values_list("initiative__code", flat=True)

    def _citing(self) -> Iterator[Iterable[str | None]]:
        for slugs in chunks(self._named["source"]):
            cited = Citation.objects.order_by().filter(source__slug__in=slugs)
            for claim, path in CLAIMS.items():
                of_claim = cited.filter(**{f"{claim}__isnull": False})
                yield of_claim.values_list(f"{path}__code", flat=True)
            rates = Funding.objects.order_by().filter(usd_rate_source__slug__in=slugs)
            yield rates.values_list("initiative__code", flat=True)

    def _with_event(self) -> Iterator[Iterable[str]]:
        rows = Initiative.objects.order_by()
        for slugs in chunks(self._named["event"]):
            yield rows.filter(events__event__slug__in=slugs).values_list("code", flat=True)
        # A status change names an event only as long as that is public.
        for slugs in chunks(self._slugs | self._let_out()):
            yield rows.filter(status_changes__event__slug__in=slugs).values_list("code", flat=True)

    def _with_list(self) -> Iterator[Iterable[str]]:
        for model, paths in _USES.items():
            for keys in chunks(self._named[model]):
                for path in paths:
                    rows = Initiative.objects.order_by().filter(**{f"{path}__in": keys})
                    yield rows.values_list("code", flat=True)


def _published(codes: list[str], now: datetime) -> QuerySet[Initiative, Any]:
    rows = Initiative.objects.filter(code__in=codes, publication=Publication.PUBLISHED)
    return values_of(rows.order_by(), "code")


def _registered(codes: list[str], now: datetime) -> QuerySet[Edition, Any]:
    editions = Edition.objects.of(EditionKind.INITIATIVE, *codes).order_by()
    return values_of(editions, "key").distinct()


_PUBLISHED = KeptQuery(_published, keys=str)
_REGISTERED = KeptQuery(_registered, keys=str)
_NOTE = {
    "initiative": Affected._initiative,
    "initiativeevent": Affected._link_to_event,
    "externalid": Affected._external_id,
    "citation": Affected._citation,
    "event": Affected._event,
    "source": Affected._source,
    "country": Affected._named_row,
    "sector": Affected._named_row,
    "organisation": Affected._named_row,
}
# Where a record may name a row of a list, to its key.
_USES = {
    "country": (
        "countries__country__iso2",
        "milestones__responsible__iso2",
        "status_changes__decided_by__iso2",
        "funding__provider_country__iso2",
    ),
    "sector": ("sectors__sector__slug",),
    "organisation": (
        "organisations__organisation__slug",
        "funding__provider__slug",
        "funding__receiver__slug",
    ),
}
_USED_BY_EVENTS = {
    "country": ("countries__iso2", "host_country__iso2"),
    "organisation": ("organisations__slug",),
}
