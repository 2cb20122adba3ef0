"""Calendars (RFC 5545) of events, milestone deadlines and planned ends."""

from initiatives.public.calendars.views import CalendarView

__all__ = ["CalendarView"]
