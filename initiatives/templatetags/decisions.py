"""What became of the decisions of an event, in a sentence."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import npgettext, pgettext

from initiatives.editions.index.decisions import Decisions
from initiatives.lifecycle import Status
from initiatives.templatetags.reading import of_several

register = template.Library()

# What was delivered is told first, then the statuses from the last one to the first.
_TOLD = (
    Status.IMPLEMENTED,
    *(status for status in reversed(Status) if status != Status.IMPLEMENTED),
)


@register.simple_tag
def decisions_sentence(found: Decisions) -> str:
    """For example “6 decisions: 2 implemented, 1 cancelled, 3 in progress”."""
    number = len(found.decided)
    said = npgettext("at an event", "%(number)s decision", "%(number)s decisions", number)
    parts = [
        _counted(status, found.statuses[status]) for status in _TOLD if status in found.statuses
    ]
    words = {"decisions": said % {"number": number}, "statuses": ", ".join(parts)}
    return _("%(decisions)s: %(statuses)s") % words


def _counted(status: Status, count: int) -> str:
    said = {"count": count, "status": str(of_several(status)).lower()}
    return pgettext("decisions by status", "%(count)s %(status)s") % said
