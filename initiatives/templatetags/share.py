"""How others show what is ours: the picture of a page, and the lines of HTML for a card."""

from typing import Any

from django import template
from django.template import RequestContext
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from initiatives.public.images import SHARED_HEIGHT, SHARED_WIDTH
from initiatives.templatetags.page import absolute

register = template.Library()

_FRAME = (
    '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" '
    'referrerpolicy="no-referrer"></iframe>'
)


@register.filter
def feed_page(feed: Any) -> str:
    """The address of the page beside the feed at the path `feed`, which begins with a language."""
    path, _sign, query = str(feed).partition("?")
    root = get_script_prefix()
    language, place = path.removeprefix(root).removesuffix(".atom").split("/", 1)
    there = f"{root}{language}/feeds/{place}/"
    return f"{there}?{query}" if query else there


@register.inclusion_tag("partials/embed.html", takes_context=True)
def embed_block(context: RequestContext, path: str, title: str, height: int) -> dict[str, Any]:
    """A folded block with the frame of the card at `path`, which is `height` pixels high."""
    address = absolute(context["request"], str(path))
    return {"path": path, "code": format_html(_FRAME, address, title, height)}


@register.inclusion_tag("partials/share_image.html", takes_context=True)
def share_image(context: RequestContext, path: Any, alt: str = "") -> dict[str, Any]:
    """What networks show beside the address of the page: the picture at `path`; `alt` says in words
    what it shows."""
    return {
        "address": absolute(context["request"], str(path)),
        "width": SHARED_WIDTH,
        "height": SHARED_HEIGHT,
        "alt": alt or _("Cooperation tracker"),
    }


@register.inclusion_tag("partials/chart_files.html")
def chart_files(name: str, query: str = "", *args: str, table: Any = "") -> dict[str, Any]:
    """Links below a chart to it as a picture and as a table, under the `query` of the page; `args`
    say what it is about where its address names that. A `table` that has more than the numbers of
    the chart stands for these."""
    tail = f"?{query}" if query else ""
    files = {
        kind: f"{reverse(f'follow:chart-{name}-{kind}', args=args)}{tail}"
        for kind in ("png", "csv")
    }
    return {"picture": files["png"], "table": table or files["csv"]}
