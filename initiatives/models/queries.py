"""The questions that the site asks of the data, each with one name.

`published()` is the only place that decides what the public may see.
"""

from functools import reduce
from operator import or_

from django.apps import apps
from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Subquery, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from initiatives import folding
from initiatives.choices import (
    PARTICIPANT_ROLES,
    PARTY_ROLES,
    EditionKind,
    EditionState,
    EventPublication,
    EventState,
    Publication,
)
from initiatives.lifecycle import OPEN


def _model(name):
    return apps.get_model("initiatives", name)


def _published_links(through, at=None, **link):
    """The published initiatives among the rows of a linking model, as a subquery condition."""
    initiatives = _model("Initiative").objects.published(at)
    return Exists(_model(through).objects.filter(initiative__in=initiatives, **link))


class InitiativeQuerySet(models.QuerySet):
    def published(self, at=None):
        """What the public may see, at the instant `at` (default: now)."""
        return self.filter(
            Q(embargo_until__isnull=True) | Q(embargo_until__lte=at or timezone.now()),
            publication=Publication.PUBLISHED,
        )

    def known_at(self, at):
        """What had a published edition at the instant `at`, with its status in `status_then`."""
        then = (
            _model("Edition")
            .objects.filter(kind=EditionKind.INITIATIVE, key=OuterRef("code"), since__lte=at)
            .annotate(
                told=Case(
                    When(
                        Q(state=EditionState.PUBLISHED) & ~Q(body=""),
                        then=KeyTextTransform("status", Cast("body", models.JSONField())),
                    )
                )
            )
            .order_by("-number")
        )
        known = self.annotate(status_then=Subquery(then.values("told")[:1]))
        return known.filter(status_then__isnull=False)

    def withdrawn(self):
        return self.filter(publication=Publication.WITHDRAWN)

    def open(self):
        return self.filter(status__in=OPEN)

    def in_country(self, *iso2):
        """Initiatives in which one of the countries takes part; an observer does not."""
        return self._with_country(PARTICIPANT_ROLES, iso2)

    def with_party(self, *iso2):
        """Initiatives of which one of the countries is a party or leads."""
        return self._with_country(PARTY_ROLES, iso2)

    def _with_country(self, roles, iso2):
        links = self._linked("InitiativeCountry", country__iso2__in=iso2, role__in=roles)
        return self.filter(pk__in=links)

    def only_observed_by(self, iso2):
        """Initiatives that the country observes without taking part in them."""
        observers = _model("InitiativeCountry").objects.exclude(role__in=PARTICIPANT_ROLES)
        observed = observers.filter(country__iso2=iso2).values("initiative")
        taking_part = self._linked(
            "InitiativeCountry", country__iso2=iso2, role__in=PARTICIPANT_ROLES
        )
        return self.filter(pk__in=observed).exclude(pk__in=taking_part)

    def in_sector(self, *slugs):
        """Initiatives in one of the sectors or in a part of it."""
        in_it = Q(sector__slug__in=slugs) | Q(sector__parent__slug__in=slugs)
        links = _model("InitiativeSector").objects.filter(in_it)
        return self.filter(pk__in=links.values("initiative"))

    def wholes(self) -> dict:
        """The whole of each part, by their primary keys. A chain may lead through drafts."""
        return dict(self.filter(parent__isnull=False).order_by().values_list("pk", "parent"))

    def with_organisation(self, *slugs):
        """Initiatives in which one of the organisations takes part, or of which it pays or receives
        money.
        """
        return self.filter(
            Q(pk__in=self._linked("InitiativeOrganisation", organisation__slug__in=slugs))
            | Q(pk__in=self._linked("Funding", provider__slug__in=slugs))
            | Q(pk__in=self._linked("Funding", receiver__slug__in=slugs))
        )

    def _linked(self, through, **condition):
        return _model(through).objects.filter(**condition).values("initiative")

    def active_in(self, first, last):
        """Initiatives whose known time, planned or actual, touches the days `first` to `last`.

        An end that is not known leaves the time open; a record without any date is never active.
        """
        began = Q(actual_start__first__lte=last) | Q(
            actual_start__isnull=True, planned_start__first__lte=last
        )
        unknown = Q(actual_start__isnull=True, planned_start__isnull=True)
        ended = Q(actual_end__last__gte=first) | Q(
            Q(planned_end__isnull=True) | Q(planned_end__last__gte=first), actual_end__isnull=True
        )
        only_end = Q(actual_end__last__gte=first, actual_end__first__lte=last) | Q(
            actual_end__isnull=True, planned_end__last__gte=first, planned_end__first__lte=last
        )
        return self.filter((began & ended) | (unknown & only_end))

    def with_flag(self, *flags, today=None):
        """Initiatives that have one of the flags on the day `today` (default: the site's today)."""
        # The conditions name models, which are built on this module.
        from initiatives.models.flags import condition

        today = today or timezone.localdate()
        none = Q(pk__in=[])
        return self.filter(reduce(or_, (condition(flag, today) for flag in flags), none))

    def search(self, text):
        """Rows that contain every word of `text`, whatever its script or apostrophes: in their own
        texts or in the names of who takes part, pays or receives."""
        words = folding.words(text)
        if not words:
            return self.none()
        found = self
        for word in words:
            found = found.filter(self._contains(word))
        return found

    def _contains(self, word):
        condition = Q(search_text__contains=word)
        for model, links in (
            ("Country", [("InitiativeCountry", "country")]),
            ("Sector", [("InitiativeSector", "sector")]),
            (
                "Organisation",
                [
                    ("InitiativeOrganisation", "organisation"),
                    ("Funding", "provider"),
                    ("Funding", "receiver"),
                ],
            ),
        ):
            hits = _model(model).objects.filter(search_text__contains=word)
            for through, name in links:
                condition |= Q(pk__in=self._linked(through, **{f"{name}__in": hits}))
        return condition

    def for_list(self):
        """With all that a row of a list, a card or an export shows."""
        return self.defer("internal_note", "search_text").prefetch_related(
            Prefetch("countries", _model("InitiativeCountry").objects.select_related("country")),
            Prefetch("sectors", _model("InitiativeSector").objects.select_related("sector")),
            Prefetch(
                "organisations",
                _model("InitiativeOrganisation").objects.select_related("organisation"),
            ),
            Prefetch("funding", _model("Funding").objects.select_related("provider", "receiver")),
        )

    def for_rules(self):
        """With all that `facts_of` reads. It may follow `for_list()`; `for_detail()` has it."""
        cited = Prefetch("citations", _model("Citation").objects.public().select_related("source"))
        changes = _model("StatusChange").objects.prefetch_related(cited)
        # A plain name would make django-modeltranslation build a class for every row.
        milestones = Prefetch("milestones", _model("Milestone").objects.all())
        return self.prefetch_related(
            cited, Prefetch("status_changes", changes), milestones, "funding", "sectors"
        )

    def for_detail(self):
        """With all that the page of one initiative shows; other initiatives only if published."""
        others = type(self)(_model("Initiative")).published()
        cited = Prefetch("citations", _model("Citation").objects.public().select_related("source"))

        def with_citations(name, *related):
            rows = _model(name).objects.select_related(*related)
            return rows.prefetch_related(cited)

        return self.for_list().prefetch_related(
            cited,
            Prefetch(
                "status_changes",
                with_citations("StatusChange", "decided_by", "corrects").prefetch_related(
                    # None where the public must not know of it: drafts may have events alone.
                    Prefetch("event", _model("Event").objects.published())
                ),
            ),
            Prefetch("milestones", with_citations("Milestone", "responsible")),
            Prefetch("date_revisions", with_citations("DateRevision", "milestone")),
            Prefetch("events", _model("InitiativeEvent").objects.select_related("event")),
            Prefetch(
                "funding",
                with_citations("Funding", "provider", "receiver", "provider_country"),
                to_attr="money",
            ),
            Prefetch("children", others.order_by("code"), to_attr="public_children"),
            "external_ids",
            "budgets",
            "classifications",
            "external_texts",
        )


class CountryQuerySet(models.QuerySet):
    def taking_part_in(self, initiatives):
        """Countries that take part in one of the initiatives, each once; an observer does not."""
        links = _model("InitiativeCountry").objects.filter(initiative__in=initiatives)
        return self.filter(pk__in=links.filter(role__in=PARTICIPANT_ROLES).values("country"))


class OrganisationQuerySet(models.QuerySet):
    def published(self):
        """Organisations that take part in what the public may see, or pay or receive for it."""
        links = _published_links("InitiativeOrganisation", organisation=OuterRef("pk"))
        pays = _published_links("Funding", provider=OuterRef("pk"))
        gets = _published_links("Funding", receiver=OuterRef("pk"))
        return self.filter(links | pays | gets | self._at_events())

    def _at_events(self):
        through = _model("Event").organisations.through
        events = _model("Event").objects.published()
        return Exists(through.objects.filter(organisation=OuterRef("pk"), event__in=events))


class EventQuerySet(models.QuerySet):
    def published(self, at=None):
        """Events that were published themselves, and those that a published initiative names, at
        the instant `at` (default: now).

        Never because no draft forbids it: what became of a draft must not let its event out.
        """
        named = _published_links("InitiativeEvent", at, event=OuterRef("pk"))
        return self.filter(Q(publication=EventPublication.PUBLISHED) | named)

    def without_date_and_state(self):
        """Events of which nobody stated when they begin, nor whether they were held."""
        return self.filter(start__isnull=True, state=EventState.NOT_STATED)


class CitationQuerySet(models.QuerySet):
    def public(self):
        return self.filter(source__is_public=True)
