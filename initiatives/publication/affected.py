"""Which public records a change of a working row may have changed: rather one too many."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from initiatives.choices import ChangeAction, EditionCause
from initiatives.models import Change, Citation, Event, Funding, Initiative, StatusChange
from initiatives.models.evidence import TARGETS

# What only the desk sees, however it changes.
_OF_THE_DESK = frozenset({"changerequest", "statusrequest", "desk", "deskmember"})
# Public records hold the keys of these and not their names.
_LISTS = {"country": "iso2", "sector": "slug", "organisation": "slug"}
_APPEARS = frozenset({"publication", "embargo_until"})


class Affected:
    """Collects changes, and finds out at the end what they touch.

    The edit of a record asks nothing. What else a change reaches is asked in a fixed number of
    queries, however many records it reaches.
    """

    def __init__(self, cause: str) -> None:
        self.cause = cause
        self._codes: set[str] = set()
        self._slugs: set[str] = set()
        self._appearing: set[str] = set()  # codes of what may have become public, or no more is
        self._named: dict[str, set[str]] = defaultdict(set)  # keys of what records name, by model

    def told(self, cause: str) -> None:
        """That a part of what is done has this cause: one that says more than “edited”."""
        if self.cause == EditionCause.EDIT:
            self.cause = cause

    def note(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.model not in _OF_THE_DESK:
                _NOTE.get(change.model, Affected._part)(self, change)

    def codes(self) -> set[str]:
        """The codes of the initiatives whose public record may be another one now."""
        found = set(self._codes)
        for query in (*self._beside(), *self._citing(), *self._with_event(), *self._with_list()):
            found.update(query)
        return found - {None}

    def slugs(self) -> set[str]:
        """The same of events."""
        found, events = set(self._slugs), Event.objects.order_by()
        if self._appearing:
            linked = events.filter(initiatives__initiative__code__in=self._appearing)
            found.update(linked.values_list("slug", flat=True))
        if sources := self._named.get("source"):
            citing = events.filter(citations__source__slug__in=sources)
            found.update(citing.values_list("slug", flat=True))
        for model, name in (("country", "countries"), ("organisation", "organisations")):
            if keys := self._named.get(model):
                using = events.filter(**{f"{name}__{_LISTS[model]}__in": keys})
                found.update(using.values_list("slug", flat=True))
        return found

    def _initiative(self, change: Change) -> None:
        self._part(change)
        self._codes.update(filter(None, change.fields.get("parent", ())))
        was_there = change.action == ChangeAction.CHANGED
        if not was_there or _APPEARS & change.fields.keys() or "status" in change.fields:
            self._appearing.add(change.key[0])

    def _part(self, change: Change) -> None:
        self._codes.add(change.key[0])

    def _link_to_event(self, change: Change) -> None:
        self._part(change)
        self._slugs.update(filter(None, (change.key[1], *change.fields.get("event", ()))))

    def _citation(self, change: Change) -> None:
        """The key is that of the source and the place, then what is cited for and its key."""
        of_event = change.key[2] == "event"
        (self._slugs if of_event else self._codes).add(change.key[3])

    def _event(self, change: Change) -> None:
        names = {change.key[0], *filter(None, change.fields.get("slug", ()))}
        self._slugs |= names
        self._named["event"] |= names

    def _named_row(self, change: Change) -> None:
        keys = change.fields.get(_LISTS.get(change.model, "slug"), ())
        if change.model == "source" or keys:
            self._named[change.model].update(filter(None, (change.key[0], *keys)))

    def _beside(self) -> Iterator[Iterable[str | None]]:
        """The whole and the parts of each, what it carries on, and what carries it on."""
        if not (codes := self._appearing):
            return
        rows = Initiative.objects.order_by()
        yield rows.filter(code__in=codes).values_list("parent__code", flat=True)
        yield rows.filter(parent__code__in=codes).values_list("code", flat=True)
        changes = StatusChange.objects.order_by().filter(continued_in__isnull=False)
        after = changes.filter(initiative__code__in=codes)
        yield after.values_list("continued_in__code", flat=True)
        before = changes.filter(continued_in__code__in=codes)
        yield before.values_list("initiative__code", flat=True)

    def _citing(self) -> Iterator[Iterable[str | None]]:
        if not (slugs := self._named.get("source")):
            return
        citations = Citation.objects.order_by().filter(source__slug__in=slugs)
        for target in TARGETS:
            if target != "event":
                path = (
                    "initiative__code" if target == "initiative" else f"{target}__initiative__code"
                )
                yield citations.filter(**{f"{target}__isnull": False}).values_list(path, flat=True)
        rates = Funding.objects.order_by().filter(usd_rate_source__slug__in=slugs)
        yield rates.values_list("initiative__code", flat=True)

    def _with_event(self) -> Iterator[Iterable[str]]:
        if slugs := self._named.get("event"):
            rows = Initiative.objects.order_by()
            yield rows.filter(events__event__slug__in=slugs).values_list("code", flat=True)
            yield rows.filter(status_changes__event__slug__in=slugs).values_list("code", flat=True)

    def _with_list(self) -> Iterator[Iterable[str]]:
        for model, paths in _USES.items():
            if keys := self._named.get(model):
                for path in paths:
                    rows = Initiative.objects.order_by().filter(**{f"{path}__in": keys})
                    yield rows.values_list("code", flat=True)


_NOTE = {
    "initiative": Affected._initiative,
    "initiativeevent": Affected._link_to_event,
    "citation": Affected._citation,
    "event": Affected._event,
    "source": Affected._named_row,
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
