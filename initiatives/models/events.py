"""Events: where things are announced, decided, signed and reviewed."""

import uuid
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from initiatives.choices import EventKind, EventPublication, EventRelation, EventState, Language
from initiatives.fields import FoldedTextField, LineField, PartialDateField, ProseField
from initiatives.models.checks import CheckConstraint
from initiatives.models.initiatives import Initiative
from initiatives.models.queries import EventQuerySet
from initiatives.models.record import NaturalKeyManager, Record
from initiatives.models.reference import Country, Organisation


def known_time_zone(name: str) -> None:
    """Raises ValidationError unless `name` is in the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name[:40]})


class Event(Record):
    """`uid` and `sequence` are those of iCalendar (RFC 5545): stable, and rising with changes."""

    slug = models.SlugField(_("short name for addresses"), max_length=80, unique=True)
    kind = LineField(_("kind"), max_length=20, choices=EventKind.choices)
    state = LineField(
        _("state"), max_length=20, choices=EventState.choices, default=EventState.PLANNED
    )
    publication = LineField(
        _("publication"),
        max_length=12,
        choices=EventPublication.choices,
        default=EventPublication.DRAFT,
        help_text=_("A draft is public only where a published initiative names it."),
    )
    title = LineField(_("title"), max_length=250)
    start = PartialDateField(_("start"))
    end = PartialDateField(_("end"))
    start_time = models.TimeField(_("start time"), null=True, blank=True)
    end_time = models.TimeField(_("end time"), null=True, blank=True)
    time_zone = LineField(_("time zone"), max_length=50, blank=True, validators=[known_time_zone])
    place = LineField(_("place"), max_length=200, blank=True)
    host_country = models.ForeignKey(
        Country,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events_hosted",
        verbose_name=_("host country"),
    )
    countries = models.ManyToManyField(
        Country, blank=True, related_name="events", verbose_name=_("countries")
    )
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="events", verbose_name=_("organisations")
    )
    outcome = ProseField(_("outcome"), blank=True)
    uid = models.UUIDField(
        _("calendar identifier"), default=uuid.uuid4, unique=True, editable=False
    )
    sequence = models.PositiveIntegerField(_("calendar sequence"), default=0, editable=False)
    search_text = FoldedTextField(
        sources=tuple(
            f"{name}_{language}"
            for name in ("title", "place", "outcome")
            for language in Language.values
        )
    )

    # What an instance that was made of an edition has besides (editions/instances/).
    public_links: "list[InitiativeEvent]"

    objects = NaturalKeyManager.from_queryset(EventQuerySet)()
    natural_fields = ("slug",)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-start", "slug")
        constraints = [
            CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            CheckConstraint(condition=Q(state__in=EventState.values), name="event_state_known"),
            CheckConstraint(
                condition=Q(publication__in=EventPublication.values),
                name="event_publication_known",
            ),
            CheckConstraint(
                condition=Q(start_time__isnull=True) | ~Q(time_zone=""),
                name="event_time_has_a_zone",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.slug


class InitiativeEvent(Record):
    """What an event was for an initiative, and what it decided."""

    initiative = models.ForeignKey(
        Initiative, models.CASCADE, related_name="events", verbose_name=_("initiative")
    )
    event = models.ForeignKey(
        Event, models.PROTECT, related_name="initiatives", verbose_name=_("event")
    )
    relation = LineField(_("relation"), max_length=20, choices=EventRelation.choices)
    decision = ProseField(_("decision"), blank=True)
    protocol_reference = LineField(_("item of the protocol"), max_length=120, blank=True)

    objects = NaturalKeyManager()
    natural_fields = ("initiative__code", "event__slug", "relation")

    class Meta:
        verbose_name = _("event of an initiative")
        verbose_name_plural = _("events of an initiative")
        ordering = ("event__start", "event__slug")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "event", "relation"], name="event_once_per_relation"
            ),
            CheckConstraint(
                condition=Q(relation__in=EventRelation.values), name="event_relation_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_relation_display()} {self.event}"
