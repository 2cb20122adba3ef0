"""Events: what is to come, what was held, and what each was for."""

from django.db.models import Q
from django.utils import timezone

from initiatives.choices import EventState
from initiatives.models import Event
from initiatives.views import linked_data
from initiatives.views.pages import Page
from initiatives.views.scopes import found

TO_COME = (EventState.PLANNED, EventState.CONFIRMED, EventState.POSTPONED)


class EventIndex(Page):
    template_name = "initiatives/events.html"

    def get_context_data(self, **kwargs):
        events = Event.objects.published().defer("search_text")
        unknown = events.without_date_and_state()
        coming = Q(state__in=TO_COME, start__isnull=True) | Q(
            state__in=(*TO_COME, EventState.NOT_STATED), start__last__gte=timezone.localdate()
        )
        return super().get_context_data(
            coming=events.filter(coming).order_by("start", "slug"),
            past=events.exclude(coming).exclude(pk__in=unknown).order_by("-start", "slug"),
            unknown=unknown.order_by("slug"),
            follow=self.request.path.rstrip("/"),
            **kwargs,
        )


class EventPage(Page):
    template_name = "initiatives/event.html"

    def get_context_data(self, *, slug, **kwargs):
        event = found(Event.objects.published().for_detail(), slug=slug)
        address = self.request.build_absolute_uri(self.request.path)
        told = linked_data.in_script(linked_data.of_event(event, address))
        return super().get_context_data(event=event, linked_data=told, **kwargs)
