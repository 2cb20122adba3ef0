"""Rows of a list that are made once for as long as they tell the same.

Most of the time that a list costs went into its rows, and each stands in many lists.
"""

from typing import Any, cast

from django import template
from django.core.cache import caches
from django.template import Context, RequestContext, Template
from django.urls import get_script_prefix
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from initiatives.http.caching import digest
from initiatives.models import Initiative

register = template.Library()

CACHE = "rows"
LARGEST = 10_000  # letters of a row; a longer one is made anew each time


@register.simple_tag(takes_context=True)
def kept_row(context: RequestContext, name: str, initiative: Initiative) -> str:
    """What the template `name` makes of `initiative`, as `as_of.as_published` gives it.

    The template is given nothing else, neither the request nor what the list asks for. So the row
    depends on its edition, the check beside it and the day (all in `initiative.mark`), on names and
    program (`names_mark` of the page), on language and place of the site, and on nothing more. On a
    page that does not tell its mark, and of what is no edition, nothing is kept.
    """
    made_for = context.get("names_mark")
    if not (made_for and initiative.mark):
        return _made(context, name, initiative)
    key = digest(name, made_for, get_language(), get_script_prefix(), *initiative.mark)
    kept = caches[CACHE]
    row = kept.get(key)
    if row is None:
        row = _made(context, name, initiative)
        if len(row) <= LARGEST:
            kept.set(key, row)
    return mark_safe(row)


def _made(context: RequestContext, name: str, initiative: Initiative) -> str:
    engine = cast(Any, context.template).engine
    made_by: Template = engine.get_template(name)
    return mark_safe(made_by.render(Context({"initiative": initiative})).strip())
