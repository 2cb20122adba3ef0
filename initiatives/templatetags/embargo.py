"""The embargo of a record as a badge, beside its name wherever the desk names it."""

from django import template
from django.utils.html import format_html

from initiatives.models import Initiative
from initiatives.timeline.embargo import embargo_in_words

register = template.Library()


@register.simple_tag
def embargo(initiative: Initiative) -> str:
    """A badge with the day; nothing where no embargo is ahead."""
    words = embargo_in_words(initiative.embargo_until)
    return format_html('<span class="desk-embargo">{}</span>', words) if words else ""
