"""Events: what is to come, what was held, and what each was for."""

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.views.generic import TemplateView

from initiatives.choices import EventState
from initiatives.models import Citation, Event, Initiative, InitiativeEvent
from initiatives.views.scopes import found

TO_COME = (EventState.PLANNED, EventState.CONFIRMED, EventState.POSTPONED)


def shown():
    """Public events with what their pages show; of their initiatives only the published ones."""
    links = InitiativeEvent.objects.filter(initiative__in=Initiative.objects.published())
    return (
        Event.objects.published()
        .select_related("host_country")
        .prefetch_related(
            "countries",
            "organisations",
            Prefetch("initiatives", links.select_related("initiative"), to_attr="public_links"),
            Prefetch("citations", Citation.objects.public().select_related("source")),
        )
    )


class EventIndex(TemplateView):
    template_name = "initiatives/events.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs):
        coming = Q(state__in=TO_COME) & (
            Q(start__isnull=True) | Q(start__last__gte=timezone.localdate())
        )
        events = shown()
        return super().get_context_data(
            coming=events.filter(coming).order_by("start", "slug"),
            past=events.exclude(coming).order_by("-start", "slug"),
            **kwargs,
        )


class EventPage(TemplateView):
    template_name = "initiatives/event.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, *, slug, **kwargs):
        return super().get_context_data(event=found(shown(), slug=slug), **kwargs)
