"""The lines of HTML by which others show a card of ours."""

from typing import Any

from django import template
from django.template import RequestContext
from django.utils.html import format_html

from initiatives.templatetags.page import absolute

register = template.Library()

_FRAME = (
    '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" '
    'referrerpolicy="no-referrer"></iframe>'
)


@register.inclusion_tag("partials/embed.html", takes_context=True)
def embed_block(context: RequestContext, path: str, title: str, height: int) -> dict[str, Any]:
    """A folded block with the frame of the card at `path`, which is `height` pixels high."""
    address = absolute(context["request"], str(path))
    return {"path": path, "code": format_html(_FRAME, address, title, height)}
