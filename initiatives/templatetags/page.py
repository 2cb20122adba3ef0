"""What the frame of every page needs: its title twice, and its address in all languages."""

from contextlib import suppress
from dataclasses import dataclass

from django import template
from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.template import Context, NodeList, RequestContext
from django.template.base import Parser, Token
from django.urls import NoReverseMatch, reverse
from django.utils.encoding import iri_to_uri
from django.utils.safestring import mark_safe
from django.utils.translation import (
    get_language,
    get_language_from_path,
    gettext_lazy,
    override,
)

from initiatives.public.filtersets import unknown
from initiatives.translatable import Translatable

register = template.Library()

# The sections of the site: their address, their name, and what else belongs to them.
_SECTIONS = (
    ("list", gettext_lazy("Initiatives"), ()),
    ("slipped", gettext_lazy("What slipped"), ()),
    ("countries", gettext_lazy("Countries"), ("/pairs/",)),
    ("sectors", gettext_lazy("Sectors"), ()),
    ("organisations", gettext_lazy("Organisations"), ()),
    ("events", gettext_lazy("Events"), ()),
    ("changes", gettext_lazy("Changes"), ()),
)


@register.simple_tag(takes_context=True)
def site_sections(context: RequestContext) -> list[tuple[str, Translatable, str]]:
    """[(address, name, `aria-current`)]: “page” on the section itself, “true” below it, or ""."""
    path = context["request"].path if context.get("request") else ""
    return [_section(path, *section) for section in _SECTIONS]


@register.simple_tag(takes_context=True)
def site_search(context: RequestContext) -> str:
    """Where the search box of the header leads; "" on the pages that have a box of their own."""
    path = context["request"].path if context.get("request") else ""
    own = (reverse(f"initiatives:{name}") for name in ("home", "list", "organisations"))
    return "" if path in own else reverse("initiatives:list")


def _section(
    path: str, name: str, words: Translatable, others: tuple[str, ...]
) -> tuple[str, Translatable, str]:
    address = reverse(f"initiatives:{name}")
    inside = path.startswith(address) or any(other in path for other in others)
    return address, words, "page" if path == address else "true" if inside else ""


class KeepNode(template.Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name, self.nodelist = name, nodelist

    def render(self, context: Context) -> str:
        words = " ".join(self.nodelist.render(context).split())
        # Blocks are escaped already; only the quotes of translated texts are not.
        context[self.name] = mark_safe(words.replace('"', "&quot;"))
        return ""


@register.tag
def keep(parser: Parser, token: Token) -> KeepNode:
    """`{% keep name %}…{% endkeep %}`: keep what is between as the variable `name`, in one line.

    A block can stand in a template only once, and a page's title is needed in several elements.
    """
    _, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return KeepNode(name, nodelist)


@dataclass(frozen=True)
class LanguageLink:
    """This page in a language; `address` keeps the query string, `canonical` has none."""

    code: str
    name: str
    address: str
    canonical: str
    current: bool


@register.simple_tag(takes_context=True)
def language_links(context: RequestContext) -> list[LanguageLink]:
    """This page in each language; an address that is nowhere leads to the front page."""
    request = context.get("request")
    return [_link(request, code, name) for code, name in settings.LANGUAGES]


def _link(request: HttpRequest | None, code: str, name: str) -> LanguageLink:
    query = iri_to_uri(request.META.get("QUERY_STRING", "")) if request else ""
    there = _in_language(request, code)
    return LanguageLink(
        code=code,
        name=name,
        address=f"{there}?{query}" if query else there,
        canonical=absolute(request, there) if request else there,
        current=code == get_language(),
    )


def _in_language(request: HttpRequest | None, code: str) -> str:
    """As `translate_url`, which would look for the view of the address once for each language."""
    match, there = getattr(request, "resolver_match", None), request.path if request else ""
    with override(code):
        if match:
            with suppress(NoReverseMatch):
                there = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        return there if get_language_from_path(there) == code else reverse("initiatives:home")


@register.simple_tag(takes_context=True)
def neutral_address(context: RequestContext) -> str:
    """This page without a language: there the site chooses by cookie and browser (`x-default`)."""
    request = context["request"]
    language = get_language_from_path(request.path)
    path = request.path.removeprefix(f"/{language}") if language else request.path
    return absolute(request, path)


def absolute(request: HttpRequest, path: str) -> str:
    """The full address; the path alone where the request names a host that is not ours.

    Such a request is refused, and the page that says so has a frame as well.
    """
    try:
        return request.build_absolute_uri(path)
    except DisallowedHost:
        return path


@register.simple_tag(takes_context=True)
def unknown_parameters(context: RequestContext) -> dict[str, list[str]]:
    """What is wrong with each parameter that the page does not take; see `filtersets.names`."""
    request: HttpRequest | None = context.get("request")
    match = getattr(request, "resolver_match", None)
    takes = getattr(getattr(match and match.func, "view_class", None), "takes", None)
    return {} if request is None or takes is None else unknown(request, takes)
