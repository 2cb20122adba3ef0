"""The same templates from objects that are ready: what a page costs if nothing had to be found."""

from django.http import HttpResponse
from django.template import loader
from django.template.base import Template
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import instrumented_test_render

from benchmarks.large.cases import forget_answers

_OF_THE_REQUEST = {"request", "csrf_token", "user", "perms", "messages", "True", "False", "None"}
# Without it no row of a list is taken from what is kept.
_OF_THE_REQUEST |= {"names_mark"}
_NEAR = 0.1  # of the bytes may differ, since the address of the page stands in it
_pages: dict[str, tuple[str, dict]] = {}


def ready_page(request, name: str) -> HttpResponse:
    template, context = _pages[name]
    return HttpResponse(loader.render_to_string(template, context, request))


def prepare(name: str, page: str) -> str:
    """The address at which the template of `page` is rendered from what it showed a moment ago.

    Empty where that shows something else, since an object can be read only once. What template
    tags ask the database for, they ask for again: the names of countries, for example.
    """
    content, found = _rendered(page)
    if not found:
        return ""
    template, context = found[0]
    flat = {key: value for key, value in context.items() if key not in _OF_THE_REQUEST}
    _pages[name] = template.name, flat
    address = f"/en/bench/ready/{name}/"
    again = Client().get(address, secure=True).content
    return address if abs(len(again) - len(content)) < _NEAR * len(content) else ""


def _rendered(page: str):
    forget_answers()
    found = []

    def note(sender, template, context, **kwargs) -> None:
        found.append((template, context.flatten()))

    plain = Template._render
    template_rendered.connect(note)
    Template._render = instrumented_test_render
    try:
        content = Client().get(page, secure=True).content
    finally:
        Template._render = plain
        template_rendered.disconnect(note)
    return content, found
