"""What became of the decisions of an event, in a sentence."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import npgettext

from initiatives.editions.index.decisions import Decisions
from initiatives.lifecycle import Status
from initiatives.templatetags.reading import of_several

register = template.Library()

# What is told first: what has ended, then what goes on.
_TOLD = (
    *(Status.IMPLEMENTED, Status.CANCELLED, Status.SUSPENDED),
    *(Status.IN_PROGRESS, Status.AGREED, Status.PLANNED),
)


@register.simple_tag
def decisions_sentence(found: Decisions) -> str:
    """For example “6 decisions: 2 implemented, 1 cancelled, 3 in progress”."""
    number = len(found.decided)
    said = npgettext("at an event", "%(number)s decision", "%(number)s decisions", number)
    counts = ((status, found.statuses.get(status, 0)) for status in _TOLD)
    parts = [f"{count} {str(of_several(status)).lower()}" for status, count in counts if count]
    words = {"decisions": said % {"number": number}, "statuses": ", ".join(parts)}
    return _("%(decisions)s: %(statuses)s") % words
