"""Parameters that have one value, and are given several.

A blank says nothing, and the same twice is one: `page=2&page=` asks for page 2.
"""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ONE_ONLY = gettext_noop("Give one value only.")


def repeated(query: QueryDict, names: Iterable[str]) -> dict[str, list[str]]:
    """What is wrong with those parameters among `names`, of which each has one value, that are
    given several."""
    return {name: [_(ONE_ONLY)] for name in names if len({*_given(query, name)}) > 1}


def single_value(query: QueryDict, name: str) -> str:
    """The value of a parameter that has one, without blanks around it; "" if it has none.

    Of several, which `repeated` refuses, the last one.
    """
    return next(reversed(_given(query, name)), "")


def _given(query: QueryDict, name: str) -> list[str]:
    texts = (text.strip() for text in query.getlist(name))
    return [text for text in texts if text]
