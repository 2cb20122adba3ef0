"""Parameters that have one value, and are given several."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ONE_ONLY = gettext_noop("Give one value only.")


def repeated(query: QueryDict, names: Iterable[str]) -> dict[str, list[str]]:
    """What is wrong with those parameters among `names`, of which each has one value, that are
    given several."""
    several = [name for name in names if len({one.strip() for one in query.getlist(name)}) > 1]
    return {name: [_(ONE_ONLY)] for name in several}
